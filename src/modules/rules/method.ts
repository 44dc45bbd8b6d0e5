import { DEFAULT_METHOD, type Method } from '../../../analytics/synergy/types.js';
import type { Problem } from './problem.js';

export const METHOD_FILE = 'method.json';

const VALUES = ['within', 'beside'] as const;

/** Reads a folder's `method.json`; without one the default method holds. Unknown switches and values are refused. */
export function readMethod(bytes: Uint8Array | undefined): { value: Method; isGiven: boolean; problems: Problem[] } {
  if (!bytes) return { value: DEFAULT_METHOD, isGiven: false, problems: [] };
  const wrong = (column: string, code: string): Problem[] => [{ file: METHOD_FILE, row: 0, column, code, params: {} }];
  const refused = (problems: Problem[]) => ({ value: DEFAULT_METHOD, isGiven: false, problems });
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refused(wrong('', 'invalid_json'));
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return refused(wrong('', 'invalid_json'));
  const problems = Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(DEFAULT_METHOD, name)) return wrong(name, 'unknown_column');
    return VALUES.some((known) => known === value) ? [] : wrong(name, 'unknown_choice');
  });
  if (problems.length > 0) return refused(problems);
  return { value: { ...DEFAULT_METHOD, ...(given as Partial<Method>) }, isGiven: true, problems: [] };
}
