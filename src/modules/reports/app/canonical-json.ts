import { invariant } from '../../../../analytics/kernel/invariant.js';

/**
 * The one text of a value (after RFC 8785): members in the order of their names' code units, nothing between them, none
 * that is undefined. A report holds texts and whole numbers only, so that two programs cannot write a number differently.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const texts = members.sort(byName).map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${texts.join(',')}}`;
  }
  const isPlain = value === null || typeof value === 'string' || typeof value === 'boolean';
  invariant(isPlain || Number.isSafeInteger(value), `no value of canonical JSON: ${String(value)}`);
  return JSON.stringify(value);
}

/** By UTF-16 code units, as `<` compares. */
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;
