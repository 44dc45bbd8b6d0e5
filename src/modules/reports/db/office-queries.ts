import type { ControlItem, OfficeText } from '../../../../analytics/report/input.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A text without its place. */
export type WrittenText = Omit<OfficeText, 'id'>;

export interface OfficeTexts {
  readonly texts: readonly OfficeText[];
  readonly writtenBy: string | null;
  readonly writtenAt: Date | null;
}

interface TextsRow extends Omit<OfficeTexts, 'texts'> {
  readonly texts: readonly WrittenText[];
}

/** The office's words for the report of some periods; their ids are their places, from 1. */
export async function loadTexts(tx: Tx, mine: string, { from, to }: PeriodRange): Promise<OfficeTexts> {
  const [row] = await tx.rows<TextsRow>(
    `SELECT texts, written_by AS "writtenBy", written_at AS "writtenAt" FROM report_texts
     WHERE mine_id = $1 AND period_from = $2 AND period_to = $3`,
    [mine, from, to],
  );
  if (row === undefined) return { texts: [], writtenBy: null, writtenAt: null };
  return { ...row, texts: row.texts.map((text, place) => ({ id: String(place + 1), ...text })) };
}

export async function saveTexts(
  tx: Tx,
  mine: string,
  { from, to }: PeriodRange,
  texts: readonly WrittenText[],
  by: string,
): Promise<void> {
  await tx.rows(
    `INSERT INTO report_texts (mine_id, period_from, period_to, texts, written_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (mine_id, period_from, period_to)
     DO UPDATE SET texts = excluded.texts, written_by = excluded.written_by, written_at = now()`,
    [mine, from, to, JSON.stringify(texts), by],
  );
}

/** Explicit ones first, each part by place. */
export function loadControlItems(tx: Tx, mine: string): Promise<ControlItem[]> {
  return tx.rows<ControlItem>(
    `SELECT part AS "group", code, name, items, measure, owner FROM control_items
     WHERE mine_id = $1 ORDER BY part, place`,
    [mine],
  );
}

const CONTROL_COLUMNS = ['mine_id', 'part', 'place', 'code', 'name', 'items', 'measure', 'owner'];

/** In the order in which each part names them. */
export async function replaceControlItems(tx: Tx, mine: string, items: readonly ControlItem[]): Promise<void> {
  await tx.rows('DELETE FROM control_items WHERE mine_id = $1', [mine]);
  const rows = (['explicit', 'implicit'] as const).flatMap((part) =>
    items
      .filter(({ group }) => group === part)
      .map((item, at) => [mine, part, at + 1, item.code, item.name, item.items, item.measure, item.owner]),
  );
  await insertRows(tx, 'control_items', CONTROL_COLUMNS, rows);
}

/** Of some codes those that are no implicit item of the mine. */
export async function notImplicit(tx: Tx, mine: string, codes: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `SELECT DISTINCT c.code FROM unnest($2::text[]) AS c (code) WHERE NOT EXISTS (SELECT FROM items i
       WHERE i.mine_id = $1 AND i.code = c.code AND i.nature <> 'explicit') ORDER BY 1`,
    [mine, codes],
  );
  return rows.map(({ code }) => code);
}
