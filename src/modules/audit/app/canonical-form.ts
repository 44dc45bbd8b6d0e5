import { createHash } from 'node:crypto';

/**
 * An entry of the chain, every part as text: what `verify` needs and nothing else. `at` is UTC to the microsecond,
 * `before` and `after` are JSON whose values are texts, so that no decimal is read or written as a binary number.
 */
export interface Entry {
  readonly form: number;
  readonly mine: string;
  /** From 1, without a gap. */
  readonly seq: string;
  readonly at: string;
  readonly actor: string;
  readonly address: string | null;
  readonly request: string | null;
  readonly action: string;
  readonly subject: string;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly previous: string;
  readonly hash: string;
}

export const FORM = 1;

/** What the first entry of a chain follows. */
export const ORIGIN_HASH = '0'.repeat(64);

/** A part's length in bytes and itself, or `-` for none: no two lists of parts read the same. */
const part = (text: string | null) => (text === null ? '-' : `${Buffer.byteLength(text)}:${text}`);

/**
 * The hash that an entry should have: SHA-256, in hexadecimal, of form 1. The database hashes the same form (migration
 * 1700000000009, `audit_chain`), which a test compares. Null: of a form that is not known here.
 */
export function hashOf(entry: Omit<Entry, 'hash'>): string | null {
  if (entry.form !== FORM) return null;
  const { mine, seq, at, actor, address, request, action, subject, key, before, after, previous } = entry;
  const parts = [
    String(entry.form),
    mine,
    seq,
    at,
    actor,
    address,
    request,
    action,
    subject,
    key,
    before,
    after,
    previous,
  ];
  return createHash('sha256').update(parts.map(part).join('')).digest('hex');
}

const TEXTS = ['mine', 'at', 'actor', 'action', 'subject', 'key', 'previous', 'hash'] as const;
const TEXTS_OR_NULL = ['address', 'request', 'before', 'after'] as const;

/** Whether something read from a file is an entry, and nothing else: a part that no hash covers could say anything. */
export function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  return (
    Object.keys(entry).length === TEXTS.length + TEXTS_OR_NULL.length + 2 &&
    typeof entry.form === 'number' &&
    typeof entry.seq === 'string' &&
    /^[1-9]\d{0,17}$/.test(entry.seq) &&
    TEXTS.every((name) => typeof entry[name] === 'string') &&
    TEXTS_OR_NULL.every((name) => entry[name] === null || typeof entry[name] === 'string')
  );
}
