import type { Caller } from './http-client.js';
import { recordRows, yuan, type RecordRow } from './record-rows.js';

/** A month of a mine into which records are posted. */
export interface PostedMonth {
  readonly caller: Caller;
  readonly month: string;
  /** The figure as it was last read, in fen. */
  lastFen?: bigint;
}

/** How long one record took to become a figure, in milliseconds. */
export interface Posted {
  readonly postMs: number;
  readonly readMs: number;
  readonly wholeMs: number;
  /** Reads that did not show it yet; there should be none. */
  readonly lateReads: number;
}

/** Records to post, without end: explicit ones with every figure, so that the total to expect is known beforehand. */
export function* recordsToPost(seed: string, months: readonly string[], accounts: number): Generator<RecordRow, never> {
  for (const row of recordRows({ seed, count: Infinity, idPrefix: `${seed}-`, months, accounts })) {
    if (row.nature === 'explicit' && row.quantity !== '') yield row;
  }
  throw new Error('the records came to an end');
}

/** Posts a record and reads the month's figures until they show it. */
export async function postOne(place: PostedMonth, row: RecordRow): Promise<Posted> {
  const { caller } = place;
  const path = `/api/v1/synergy?period=${place.month}&by=department,category`;
  place.lastFen ??= figureOf(await caller.get(path));
  const expected = place.lastFen + fenOf(row.amount);
  const body = Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));
  const begun = performance.now();
  await caller.post('/api/v1/records', body);
  const postedAt = performance.now();
  for (let lateReads = 0; ; lateReads += 1) {
    const answer = await caller.get(path);
    const readAt = performance.now();
    const figure = figureOf(answer);
    if (figure === expected) {
      place.lastFen = figure;
      return { postMs: postedAt - begun, readMs: readAt - postedAt, wholeMs: readAt - begun, lateReads };
    }
    if (lateReads > 100) throw new Error(`explicit_actual is ${yuan(figure)}, not ${yuan(expected)}`);
  }
}

/** Explicit costs of the month, in fen: they rise by just what was posted. */
function figureOf(answer: Buffer): bigint {
  const { total } = JSON.parse(answer.toString()) as { total: { explicit_actual: string } };
  return fenOf(total.explicit_actual);
}

const fenOf = (text: string): bigint => BigInt(text.replace('.', ''));
