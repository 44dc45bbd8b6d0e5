import type { Guard } from '../guards/guard.js';

/**
 * One token of the code that reads numbers and dates or decides who sees what, made wrong: the text that stands once in
 * its file, what it is turned into, and the specs that must notice.
 */
export type Mutant = Guard;

type Change = readonly [name: string, from: string, to: string];

/** Changes of one file that the same specs must notice. */
export const of = (file: string, specs: readonly string[], ...changes: readonly Change[]): Mutant[] =>
  changes.map(([name, from, to]) => ({ name, file, from, to, specs }));

/** As `of`, where a spec is long and only some of its tests are meant (jest's -t). */
export const ofTests = (file: string, spec: string, only: string, ...changes: readonly Change[]): Mutant[] =>
  of(file, [spec], ...changes).map((mutant) => ({ ...mutant, only }));
