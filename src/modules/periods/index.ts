export { CloseByCommand } from './app/close-by-command.js';
export { Reopenings } from './app/reopen-period.js';
export { PERIOD_SENTENCES } from './periods.errors.js';
export { PeriodsModule } from './periods.module.js';
