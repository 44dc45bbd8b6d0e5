import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ReportState = 'draft' | 'final';

export interface ClosingOf {
  readonly period: string;
  readonly version: number;
}

export interface NewReport {
  readonly periods: PeriodRange;
  readonly state: ReportState;
  /** 1 is the first final report of the periods; 0 a draft. */
  readonly version: number;
  readonly closings: readonly ClosingOf[];
  readonly modelSha256: string;
  /** '' is the built-in template. */
  readonly templateSha256: string;
  readonly baseUrl: string;
  readonly madeBy: string;
}

export interface StoredReport extends NewReport {
  readonly id: string;
  readonly madeAt: Date;
}

const COLUMNS = `r.id, json_build_object('from', r.period_from, 'to', r.period_to) AS periods, r.state, r.version,
  r.closings, r.model_sha256 AS "modelSha256", r.template_sha256 AS "templateSha256", r.base_url AS "baseUrl",
  r.made_by AS "madeBy", r.made_at AS "madeAt"`;

/** null where one of its version or of its content is there already. */
export async function insertReport(tx: Tx, mine: string, report: NewReport): Promise<StoredReport | null> {
  const { periods, state, version, closings, modelSha256, templateSha256, baseUrl, madeBy } = report;
  const [row] = await tx.rows<StoredReport>(
    `INSERT INTO reports AS r (mine_id, period_from, period_to, state, version, closings, model_sha256, template_sha256,
       base_url, made_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [
      ...[mine, periods.from, periods.to, state, version, JSON.stringify(closings)],
      ...[modelSha256, templateSha256, baseUrl, madeBy],
    ],
  );
  return row ?? null;
}

export async function findReport(tx: Tx, mine: string, id: string): Promise<StoredReport | null> {
  const [row] = await tx.rows<StoredReport>(`SELECT ${COLUMNS} FROM reports r WHERE r.mine_id = $1 AND r.id = $2`, [
    mine,
    id,
  ]);
  return row ?? null;
}

type Content = Pick<NewReport, 'modelSha256' | 'templateSha256' | 'baseUrl'>;

export async function findReportOf(
  tx: Tx,
  mine: string,
  { modelSha256, templateSha256, baseUrl }: Content,
): Promise<StoredReport | null> {
  const [row] = await tx.rows<StoredReport>(
    `SELECT ${COLUMNS} FROM reports r
     WHERE r.mine_id = $1 AND r.model_sha256 = $2 AND r.template_sha256 = $3 AND r.base_url = $4`,
    [mine, modelSha256, templateSha256, baseUrl],
  );
  return row ?? null;
}

export interface LastFinal extends StoredReport {
  /** By all four, the committee last. */
  readonly isSigned: boolean;
  /** Its periods were not reopened since. */
  readonly isStanding: boolean;
}

/** A closing that a report rests on was followed by another, or taken back. */
const REOPENED = `EXISTS (SELECT FROM jsonb_to_recordset(r.closings) AS k (period text, version int)
  JOIN closings c ON c.mine_id = r.mine_id AND c.period = k.period
  WHERE c.version > k.version OR c.version = k.version AND c.reopened_at IS NOT NULL)`;

/** The final report of the highest version. */
export async function lastFinal(tx: Tx, mine: string, { from, to }: PeriodRange): Promise<LastFinal | null> {
  const [row] = await tx.rows<LastFinal>(
    `SELECT ${COLUMNS}, NOT ${REOPENED} AS "isStanding",
       EXISTS (SELECT FROM report_signatures s
         WHERE s.mine_id = r.mine_id AND s.report_id = r.id AND s.role = 'committee') AS "isSigned"
     FROM reports r WHERE r.mine_id = $1 AND r.period_from = $2 AND r.period_to = $3 AND r.state = 'final'
     ORDER BY r.version DESC LIMIT 1`,
    [mine, from, to],
  );
  return row ?? null;
}

export interface ReportFilter {
  readonly periods: PeriodRange | null;
  readonly isFinalOnly: boolean;
  /** The id of the last one given out; null: from the newest on. */
  readonly before: string | null;
}

export interface ListedReport extends StoredReport {
  readonly signatures: number;
}

/** Newest first. */
export function listReports(tx: Tx, mine: string, filter: ReportFilter, limit: number): Promise<ListedReport[]> {
  const { periods, isFinalOnly, before } = filter;
  return tx.rows<ListedReport>(
    `SELECT ${COLUMNS}, (SELECT count(*)::int FROM report_signatures s
       WHERE s.mine_id = r.mine_id AND s.report_id = r.id) AS signatures
     FROM reports r WHERE r.mine_id = $1 AND ($2::bigint IS NULL OR r.id < $2)
       AND ($3::text IS NULL OR r.period_from = $3 AND r.period_to = $4) AND ($5 = false OR r.state = 'final')
     ORDER BY r.id DESC LIMIT $6`,
    [mine, before, periods?.from ?? null, periods?.to ?? null, isFinalOnly, limit],
  );
}

/** When any of some periods was last closed after a moment; null: none was. */
export async function lastClosed(tx: Tx, mine: string, periods: readonly string[], after: Date): Promise<Date | null> {
  const [row] = await tx.rows<{ at: Date | null }>(
    'SELECT max(closed_at) AS at FROM closings WHERE mine_id = $1 AND period = ANY ($2) AND closed_at > $3',
    [mine, periods, after],
  );
  return row!.at;
}
