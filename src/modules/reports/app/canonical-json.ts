import { invariant } from '../../../../analytics/kernel/invariant.js';

/**
 * The one text of a value (after RFC 8785): members in the order of their names' code units, nothing between them, none
 * that is undefined. A report holds texts and whole numbers only, so that two programs cannot write a number differently.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return objectText(value as Readonly<Record<string, unknown>>);
  const isPlain = value === null || typeof value === 'string' || typeof value === 'boolean';
  invariant(isPlain || Number.isSafeInteger(value), `no value of canonical JSON: ${String(value)}`);
  return JSON.stringify(value);
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  // Without an order of its own, `sort` goes by UTF-16 code units.
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}
