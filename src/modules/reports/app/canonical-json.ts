import { invariant } from '../../../../analytics/kernel/invariant.js';

/**
 * The one text of a value (after RFC 8785): members in the order of their names' code units, nothing between them, none
 * that is undefined. A report holds texts and whole numbers only, so that two programs cannot write a number differently.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value === 'object' && value !== null) return membersInOrder(value as Readonly<Record<string, unknown>>);
  const isPlain = value === null || typeof value === 'string' || typeof value === 'boolean';
  invariant(isPlain || Number.isSafeInteger(value), `no value of canonical JSON: ${String(value)}`);
  return value;
}

function membersInOrder(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  // Without an order of its own, `sort` goes by UTF-16 code units.
  for (const name of Object.keys(value).sort()) {
    invariant(!NOT_KEPT.test(name), `no member of canonical JSON: ${name}`);
    if (value[name] !== undefined) members[name] = inOrder(value[name]);
  }
  return members;
}

/** An object would hold whole numbers before all other names, and the last of these not at all. */
const NOT_KEPT = /^(\d+|__proto__)$/;
