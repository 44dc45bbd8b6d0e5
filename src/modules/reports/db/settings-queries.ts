import type { Said } from '../../../../analytics/report/model.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface OutputDriver {
  /** A driver of the mine's volumes. */
  readonly driver: string;
  /** How many tonnes one of its units is: `1000` where it counts 千吨. A plain decimal above zero. */
  readonly tonnesPerUnit: string;
  /** What tonnage it is. */
  readonly basis: Said;
}

export interface ReportSettings {
  readonly outputDriver: OutputDriver | null;
  /** Day of the month on which the month before is drafted; null: never. */
  readonly draftDay: number | null;
  readonly committeeSees: 'all' | 'final';
  /** Without a slash at its end; '' makes the links of documents relative. */
  readonly baseUrl: string;
}

const SAID_NOTHING: ReportSettings = { outputDriver: null, draftDay: null, committeeSees: 'all', baseUrl: '' };

export async function loadSettings(tx: Tx, mine: string): Promise<ReportSettings> {
  const [row] = await tx.rows<ReportSettings>(
    `SELECT CASE WHEN output_driver IS NOT NULL THEN json_build_object('driver', output_driver,
         'tonnesPerUnit', trim_scale(output_tonnes_per_unit)::text, 'basis', json_build_object('zh', output_basis_zh, 'en', output_basis_en)) END AS "outputDriver",
       draft_day AS "draftDay", committee_sees AS "committeeSees", base_url AS "baseUrl"
     FROM report_settings WHERE mine_id = $1`,
    [mine],
  );
  return row ?? SAID_NOTHING;
}

/** A new day of drafting holds from `today` on: what it would have drafted before is left alone. */
export async function saveSettings(tx: Tx, mine: string, settings: ReportSettings, today: string): Promise<void> {
  const { outputDriver, draftDay, committeeSees, baseUrl } = settings;
  await tx.rows(
    `INSERT INTO report_settings AS s (mine_id, output_driver, output_basis_zh, output_basis_en, draft_day, drafted_on,
       committee_sees, base_url, output_tonnes_per_unit)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $5::smallint IS NOT NULL THEN $6::date END, $7, $8, $9)
     ON CONFLICT (mine_id) DO UPDATE SET output_driver = excluded.output_driver,
       output_basis_zh = excluded.output_basis_zh, output_basis_en = excluded.output_basis_en,
       output_tonnes_per_unit = excluded.output_tonnes_per_unit,
       draft_day = excluded.draft_day, committee_sees = excluded.committee_sees, base_url = excluded.base_url,
       drafted_on = CASE WHEN s.draft_day IS DISTINCT FROM excluded.draft_day THEN excluded.drafted_on
         ELSE s.drafted_on END`,
    [
      ...[mine, outputDriver?.driver ?? null, outputDriver?.basis.zh ?? null, outputDriver?.basis.en ?? null],
      ...[draftDay, today, committeeSees, baseUrl, outputDriver?.tonnesPerUnit ?? '1'],
    ],
  );
}

/** A mine whose draft is due, the day it was due on, and its last period that had ended by then. */
export interface DueDraft {
  readonly mine: string;
  readonly on: string;
  /** null: there is none, or it is closed and wants no draft. */
  readonly period: string | null;
}

/** Over all mines. Due is the drafting day of this month once it has come, if drafts are not done up to it. */
export function dueDrafts(tx: Tx, today: string): Promise<DueDraft[]> {
  return tx.rows<DueDraft>(
    `SELECT s.mine_id AS mine, d.day::text AS on, (SELECT CASE WHEN p.status <> 'closed' THEN p.code END
         FROM periods p WHERE p.mine_id = s.mine_id AND p.end_date < d.day ORDER BY p.end_date DESC LIMIT 1) AS period
     FROM report_settings s
     CROSS JOIN LATERAL (SELECT (date_trunc('month', $1::date)::date + s.draft_day - 1) AS day) d
     WHERE s.draft_day IS NOT NULL AND d.day <= $1::date AND s.drafted_on < d.day ORDER BY s.mine_id`,
    [today],
  );
}

export async function markDrafted(tx: Tx, mine: string, on: string): Promise<void> {
  await tx.rows('UPDATE report_settings SET drafted_on = $2 WHERE mine_id = $1 AND drafted_on < $2::date', [mine, on]);
}
