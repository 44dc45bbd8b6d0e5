export { applyReference, type ReferenceChange } from './app/apply-reference.js';
export { overlappingStaged } from './app/check-calendar.js';
export { checkReferences } from './app/check-references.js';
export { markRecordedVouchers, settleChanges, type Stale } from './app/settle-changes.js';
export { closedIn, keepClosed, requireNotClosed, type PlacedProblem } from './app/closed-periods.js';
export {
  lockMine,
  lockPeriods,
  markData,
  openPeriods,
  statusOf,
  type PeriodStatus,
  type PeriodStatuses,
} from './app/open-periods.js';
export { REFERENCE_KINDS, netOfTax, type ReferenceKind } from './db/reference-tables.js';
export { referenceChangesBetween, type ReferenceDifference, type ReferenceTexts } from './db/reference-changes.js';
export { findReference, type ShownRow } from './db/reference-queries.js';
export { HTTP_KINDS, REFERENCE_DTOS, nameOfKind } from './http/reference.dto.js';
export { withoutKey } from './http/reference-lists.js';
export { ReferenceModule } from './reference.module.js';
