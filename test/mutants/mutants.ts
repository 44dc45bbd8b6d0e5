import { DATES } from './dates.js';
import type { Mutant } from './mutant.js';
import { NUMBERS } from './numbers.js';
import { SCOPE } from './scope.js';

/** All that are tried one by one. */
export const MUTANTS: readonly Mutant[] = [...NUMBERS, ...DATES, ...SCOPE];
