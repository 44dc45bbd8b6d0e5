export { Reopenings } from './app/reopen-period.js';
export { SealPeriod } from './app/seal-period.js';
export { PERIOD_SENTENCES } from './periods.errors.js';
export { PeriodsModule } from './periods.module.js';
