export { compareWithBooks } from './app/answer-reconciliation.js';
export { checkTotals, type TotalsCheck, type TotalsProblem } from './app/check-totals.js';
export { keepReconciliation } from './app/keep-reconciliation.js';
export { separateTotals, type StagedBooks } from './app/separate-totals.js';
export { ReconciliationModule } from './reconciliation.module.js';
