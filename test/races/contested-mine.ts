/** A mine whose January is about to be closed, and what must hold of it whatever the order in which people act. */
import { expect } from '@jest/globals';
import { yuan, type Actor, type Department } from '../model/cast.js';
import type { Answer, RunningMine, ServiceOfMines } from '../model/running-mine.js';

export const JANUARY = '2024-01';
export const FEBRUARY = '2024-02';

export interface NewRecord {
  readonly id: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly fen: bigint;
  readonly department?: Department;
  readonly corrects?: string;
}

/** What somebody was answered: the code of the problem, or the status. */
export const outcomeOf = ({ status, body }: Answer): string =>
  status >= 400 ? (errorOf(body) ?? String(status)) : String(status);

/** Of a refused row what is wrong with it. */
function errorOf(body: unknown): string | undefined {
  const { code, errors } = body as { readonly code?: string; readonly errors?: readonly { readonly code: string }[] };
  return code === 'row_refused' ? errors?.map((each) => each.code).join(' ') : code;
}

/** From here on, in yuan, a record waits for a reviewer and for finance; below it counts at once, as do prices. */
export const APPROVED_FROM = 100n;

const PATHS = [
  `UPDATE approval_steps SET from_yuan = ${APPROVED_FROM} WHERE mine_id = $1 AND kind = 'records'`,
  `DELETE FROM approval_steps WHERE mine_id = $1 AND kind = 'baselines'`,
];

const COLUMNS =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary,corrects_period';

export class ContestedMine {
  private constructor(
    readonly service: ServiceOfMines,
    readonly mine: RunningMine,
  ) {}

  static async found(service: ServiceOfMines): Promise<ContestedMine> {
    const mine = await service.found();
    for (const path of PATHS) await service.running.query(path, [mine.code]);
    return new ContestedMine(service, mine);
  }

  enter(record: NewRecord, by: Actor = 'clerk1'): Promise<Answer> {
    return this.mine.post(by, '/records?submit=true', fieldsOf(record));
  }

  /** Enters a draft and answers nothing. */
  async draft(record: NewRecord): Promise<void> {
    expect(await this.mine.post('clerk1', '/records', fieldsOf(record))).toMatchObject({ status: 201 });
  }

  /** One that only the last step is missing of. */
  async enterReviewed(record: NewRecord): Promise<void> {
    expect(await this.enter(record)).toMatchObject({ status: 201, body: { status: 'submitted' } });
    expect(await this.mine.post('reviewer', `/records/${record.id}/approve`, {})).toMatchObject({ status: 200 });
  }

  /** Hands a file in and waits for what its check says; answers the import. */
  async send(records: readonly NewRecord[]): Promise<string> {
    const { status, body } = await this.mine.send('clerk1', csvOf(records));
    expect(status).toBe(202);
    await this.service.untilEnded(this.mine.code, body.id, 1);
    return body.id;
  }

  /** A file that only the last step is missing of: its import and its submission. */
  async sendReviewed(records: readonly NewRecord[]): Promise<{ importId: string; submissionId: string }> {
    const importId = await this.send(records);
    const { body } = await this.mine.get<{ approval: { submissionId: string } }>('clerk1', `/imports/${importId}`);
    const { submissionId } = body.approval;
    expect(await this.mine.post('reviewer', `/submissions/${submissionId}/approve`, {})).toMatchObject({ status: 200 });
    return { importId, submissionId };
  }

  /** The last step of a file, and what became of its import. */
  async approveFile({ importId, submissionId }: { importId: string; submissionId: string }): Promise<string> {
    const answer = await this.mine.post('finance', `/submissions/${submissionId}/approve`, {});
    if (answer.status !== 200) return outcomeOf(answer);
    await this.service.untilEnded(this.mine.code, importId, 2);
    return this.fateOf(importId);
  }

  async fateOf(importId: string): Promise<string> {
    const { body } = await this.mine.get<{ status: string }>('finance', `/imports/${importId}`);
    if (body.status !== 'refused') return body.status;
    const issues = await this.mine.get<{ data: { code: string }[] }>('finance', `/imports/${importId}/issues`);
    return [...new Set(issues.body.data.map(({ code }) => code))].join(' ');
  }

  async declare(month: string): Promise<void> {
    const body = { departments: ['D1', 'D2'] };
    expect(await this.mine.post('finance', `/periods/${month}/declarations`, body)).toMatchObject({ status: 200 });
  }

  async close(month: string): Promise<string> {
    return outcomeOf(await this.mine.post('chief', `/periods/${month}/close`));
  }

  /** What there is, without times, numbers and versions: what two orders of the same deeds are compared by. */
  async state(): Promise<string> {
    const [{ kept }] = (await this.service.running.query<{ kept: object }>(KEPT, [this.mine.code])) as [
      { kept: object },
    ];
    const figures = [await this.figures('known'), await this.figures('reported')];
    return JSON.stringify({ kept, figures }, null, 1);
  }

  /** Guarantees 1 and 5, by what the tables say: see what each column must be. */
  async expectSealed(): Promise<void> {
    const [found] = await this.service.running.query<Record<string, string>>(SEALED, [this.mine.code]);
    const { records, amount, ...rest } = found!;
    expect(rest).toEqual({ late: '0', departed: '0', unfrozen: '0', summed: records, sums: amount, cells: amount });
  }

  private async figures(view: string): Promise<unknown> {
    const { body } = await this.mine.get<{ rows: unknown; total: unknown }>(
      ...(['finance', `/synergy?by=department,period&asOf=${view}`] as const),
    );
    return [body.rows, body.total];
  }
}

export const fieldsOf = ({ id, month, fen, department = 'D1', corrects }: NewRecord) => ({
  ...{ id, date: `${month}-05`, department, category: 'resource', item: '0104', nature: 'explicit', unit: '件' },
  ...{ quantity: '3', amount: yuan(fen), ...(corrects === undefined ? {} : { corrects_period: corrects }) },
});

function csvOf(records: readonly NewRecord[]): string {
  const lines = records.map((record) => {
    const fields: Readonly<Record<string, string>> = fieldsOf(record);
    return COLUMNS.split(',')
      .map((column) => fields[column] ?? '')
      .join(',');
  });
  return `${COLUMNS}\n${lines.join('\n')}\n`;
}

const KEPT = `SELECT json_build_object(
  'periods', (SELECT json_agg(json_build_array(code, status) ORDER BY code) FROM periods WHERE mine_id = $1),
  'records', (SELECT json_agg(json_build_array(id, status, posted_period, valued_period) ORDER BY id, status)
    FROM records WHERE mine_id = $1),
  'submissions', (SELECT json_agg(json_build_array(subject, state, steps_done) ORDER BY subject, id)
    FROM submissions WHERE mine_id = $1),
  'imports', (SELECT json_agg(status ORDER BY status) FROM imports WHERE mine_id = $1),
  'closings', (SELECT json_agg(json_build_array(period, version, reopened_at IS NULL) ORDER BY period, version)
    FROM closings WHERE mine_id = $1),
  'frozen', (SELECT json_agg(json_build_array(reported_in, closing_version, period, department, m_explicit_actual,
    m_synergy_value) ORDER BY reported_in, closing_version, period, department) FROM closed_cells WHERE mine_id = $1)) AS kept`;

/**
 * late: posted records of a closed month that its closing does not precede. departed: closed months whose live cells are
 * not what their last closing froze. unfrozen: closed months whose frozen actual is not the sum of their records.
 */
const SEALED = `WITH standing AS (
    SELECT c.period, c.version, c.closed_at FROM closings c WHERE c.mine_id = $1 AND c.reopened_at IS NULL),
  posted AS (SELECT * FROM records WHERE mine_id = $1 AND status = 'posted'),
  frozen AS (SELECT k.* FROM closed_cells k JOIN standing s ON s.period = k.reported_in AND s.version = k.closing_version
    WHERE k.mine_id = $1),
  live AS (SELECT c.* FROM cells c JOIN standing s ON s.period = c.reported_in WHERE c.mine_id = $1)
  SELECT (SELECT count(*) FROM posted p JOIN standing s ON s.period = p.posted_period WHERE p.posted_at > s.closed_at) AS late,
    (SELECT count(*) FROM (SELECT reported_in, period, department, m_explicit_actual, m_price_base, m_synergy_value FROM live
        EXCEPT ALL SELECT reported_in, period, department, m_explicit_actual, m_price_base, m_synergy_value FROM frozen) d) AS departed,
    (SELECT count(*) FROM standing s
      WHERE (SELECT coalesce(sum(amount), 0) FROM posted p WHERE p.posted_period = s.period)
        <> (SELECT coalesce(sum(m_explicit_actual), 0) FROM frozen f WHERE f.reported_in = s.period)) AS unfrozen,
    (SELECT count(*) FROM posted) AS records,
    (SELECT coalesce(sum(quantified + unquantified), 0) FROM cell_sums WHERE mine_id = $1) AS summed,
    (SELECT trim_scale(coalesce(sum(amount), 0)) FROM posted) AS amount,
    (SELECT trim_scale(coalesce(sum(amount_of_quantified + amount_of_unquantified), 0)) FROM cell_sums
      WHERE mine_id = $1) AS sums,
    (SELECT trim_scale(coalesce(sum(m_explicit_actual), 0)) FROM cells WHERE mine_id = $1) AS cells`;
