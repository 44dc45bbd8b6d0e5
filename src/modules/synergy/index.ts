export { recomputeGroups } from './app/recompute-groups.js';
export { recomputeAdjustments, remarkDoubleCounts } from './app/recompute-adjustments.js';
export * from './app/posting-sums.js';
export type { GroupKey } from './db/group-inputs.js';
export { BASELINE_COLUMNS, baselineOf, loadMethod, type BaselineRow } from './db/group-inputs.js';
export { datedRecords, valuationProblems, valuedRecords } from './db/valuation-sql.js';
export { SynergyModule } from './synergy.module.js';
export { answerSynergy, type SynergyAnswer } from './app/answer-synergy.js';
export {
  brokenSeals,
  closedCorrectionsOf,
  departedFromClosing,
  freezeCells,
  sealCells,
  type Seal,
} from './db/closed-cells.js';
export { conservation, type Conserved } from './db/conservation.js';
