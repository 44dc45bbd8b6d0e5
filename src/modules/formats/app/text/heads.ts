import { headRows } from '../../../../platform/csv/head-rows.js';
import { isSepLine } from '../../../../platform/csv/header.js';
import { type ByteChunks, DELIMITERS, type Delimiter } from '../../../../platform/csv/tokenizer.js';
import { HEAD_ROWS, type HeadRow } from '../layout/find-header.js';

/** A text whose delimiter is still to be found: how its first rows read under each. */
export interface Heads {
  readonly chunks: () => ByteChunks;
  /** 1 where the first row is a line `sep=;`, which spreadsheets write for themselves, else 0. */
  readonly sepRows: number;
  /** The first rows below that line; blank ones and those with a fault are left out. */
  readonly rows: ReadonlyMap<Delimiter, readonly HeadRow[]>;
}

export async function headsOf(chunks: () => ByteChunks): Promise<Heads> {
  const all = new Map<Delimiter, readonly HeadRow[]>();
  for (const delimiter of DELIMITERS) all.set(delimiter, await headRows(chunks(), delimiter, HEAD_ROWS + 1));
  const sepRows = [...all.values()].some(([first]) => first?.row === 1 && isSepLine(first.fields)) ? 1 : 0;
  const below = [...all].map(([delimiter, rows]) => [delimiter, rows.filter(({ row }) => row > sepRows)] as const);
  return { chunks, sepRows, rows: new Map(below) };
}
