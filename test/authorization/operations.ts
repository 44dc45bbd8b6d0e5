import type { Operation } from './operation.js';
import { FIGURES, PERIODS, REFERENCES } from './operations-of-mine.js';
import { ACCOUNTS, APPROVAL, AUDIT, OWN, PUBLIC } from './operations-of-people.js';
import { REPORTS } from './operations-of-reports.js';
import { IMPORTS, PAPERS, RECORDS } from './operations-of-records.js';

/** Every operation of the service; the matrix fails for one that the description has and this has not. */
export const OPERATIONS: readonly Operation[] = [
  ...[...PUBLIC, ...OWN, ...FIGURES, ...RECORDS, ...PAPERS, ...IMPORTS],
  ...[...PERIODS, ...REFERENCES, ...APPROVAL, ...ACCOUNTS, ...AUDIT, ...REPORTS],
];
