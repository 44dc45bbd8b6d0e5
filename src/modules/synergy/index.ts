export { recomputeGroups } from './app/recompute-groups.js';
export { recomputeAdjustments, remarkDoubleCounts } from './app/recompute-adjustments.js';
export * from './app/posting-sums.js';
export type { GroupKey } from './db/group-inputs.js';
export { BASELINE_COLUMNS, baselineOf, loadMethod, type BaselineRow } from './db/group-inputs.js';
export { datedRecords, valuationProblems, valuedRecords } from './db/valuation-sql.js';
export { SynergyModule } from './synergy.module.js';
export {
  answerSynergy,
  methodsUsed,
  takeStandpoint,
  type Standpoint,
  type SynergyAnswer,
} from './app/answer-synergy.js';
export { loadIssues, sumCells, type CellSum } from './db/cell-queries.js';
export { sumTargets } from './db/target-queries.js';
export {
  brokenSeals,
  closedCorrectionsOf,
  departedFromClosing,
  freezeCells,
  sealCells,
  type Seal,
} from './db/closed-cells.js';
export { conservation, type Conserved } from './db/conservation.js';
export { listLines, type Line } from './app/list-lines.js';
export { LineDto } from './http/synergy-answer.dto.js';
export { SYNERGY_SENTENCES } from './synergy.errors.js';
