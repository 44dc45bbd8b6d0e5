import type { HttpAppUnderTest } from '../support/http-app.js';
import type { Client, Headers } from './client.js';
import { CLOSED_DAY, OPEN_DAY, csv, recordRow } from './folder.js';
import type { Staff } from './house.js';
import { BOOKING, CODE, MINE, OTHER_MINE, secretOf, type Booking, type Place } from './places.js';

type ByPlace = Partial<Record<Place, string>>;

/** Ids of real things, by what they are and whose. */
export interface Things {
  readonly draft: ByPlace;
  readonly submitted: ByPlace;
  readonly posted: ByPlace;
  /** Imports: one that superseded another, one that waits, one that was refused. */
  readonly corrected: ByPlace;
  readonly waiting: ByPlace;
  readonly refused: ByPlace;
  readonly recordSubmission: ByPlace;
  readonly importSubmission: ByPlace;
  readonly recordEvidence: ByPlace;
  readonly importEvidence: ByPlace;
  readonly users: readonly string[];
  readonly apiKey: string;
  readonly delegation: string;
}

type Row = Readonly<Record<string, string>>;
type Body = Record<string, string>;

/** Fills both mines over HTTP, with the hands of their staff. */
export async function fillHouse(running: HttpAppUnderTest, client: Client, staff: Staff, away: Staff): Promise<Things> {
  const here = new Filling(running, client, staff, MINE);
  const there = new Filling(running, client, away, OTHER_MINE);
  const things = { ...emptyThings(), users: ['zhang', 'li'] };
  for (const of of BOOKING) await here.fill(of, things);
  await there.fill('away', things);
  await here.bothAndMine(things);
  await here.closeTwice();
  await here.comparatives();
  const { apiKey, delegation } = await here.accounts(things.users);
  return { ...things, apiKey, delegation };
}

const emptyThings = () => ({
  ...{ draft: {}, submitted: {}, posted: {}, corrected: {}, waiting: {}, refused: {}, recordSubmission: {} },
  ...{ importSubmission: {}, recordEvidence: {}, importEvidence: {} },
});
type Filled = Readonly<Record<keyof ReturnType<typeof emptyThings>, ByPlace>>;

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';

class Filling {
  constructor(
    private readonly running: HttpAppUnderTest,
    private readonly client: Client,
    private readonly staff: Staff,
    private readonly mine: string,
  ) {}

  /** Records and imports of one department in every state, with evidence and a declaration. */
  async fill(of: Booking | 'away', things: Filled): Promise<void> {
    const name = of === 'away' ? 'CM1' : of;
    const { reviewer } = this.staff;
    const clerk = await this.running.callerWith('clerk', [CODE[of]], this.mine);
    // A draft is no hindrance to closing, and stands in the list of what was found then.
    await this.post('/records', clerk, recordRow(of, `R-${name}-early`, CLOSED_DAY, '1.00'));
    for (const state of ['draft', 'submitted', 'posted'] as const) {
      const id = `R-${name}-${state}`;
      const submit = state === 'draft' ? '' : '?submit=true';
      await this.post(`/records${submit}`, clerk, recordRow(of, id, OPEN_DAY, '1.00'));
      things[state][of] = id;
    }
    await this.approveRecord(things.posted[of]!);
    await this.post(`/records?submit=true`, clerk, recordRow(of, `R-${name}-back`, OPEN_DAY, '1.00'));
    await this.post(`/records/R-${name}-back/return`, reviewer, { reason: `why ${secretOf(of)}` });

    const first = await this.take(clerk, of, `I-${name}-1`, '1.00');
    await this.approveImport(first);
    const second = await this.take(clerk, of, `I-${name}-1`, '2.00', { supersedes: first });
    await this.approveImport(second);
    things.corrected[of] = second;
    things.waiting[of] = await this.take(clerk, of, `I-${name}-2`, '3.00');
    things.refused[of] = await this.takeRows(clerk, of, [
      { ...recordRow(of, `I-${name}-3`, OPEN_DAY, '4.00'), item: `no-${secretOf(of)}` },
    ]);
    things.recordSubmission[of] = await this.submissionOf('record', things.submitted[of]!);
    things.importSubmission[of] = await this.submissionOf('import', things.waiting[of]);
    const evidenceOf = async (path: string) => (await this.file(clerk, path, `e-${secretOf(of)}.pdf`, PDF)).id!;
    things.recordEvidence[of] = await evidenceOf(`/records/${things.submitted[of]!}/evidence`);
    things.importEvidence[of] = await evidenceOf(`/imports/${things.waiting[of]}/evidence`);
    await this.post('/periods/2023-03/declarations', clerk, { departments: [CODE[of]] });
  }

  /** An import of two departments, one of the mine as a whole, a profile and another path, all of which wait. */
  async bothAndMine(things: Filled): Promise<void> {
    const rows = (['CM1', 'JD'] as const).map((of) => ({
      ...recordRow(of, `I-both-${of}`, OPEN_DAY, '6.00'),
      ...{ voucher: '', summary: '' },
    }));
    things.waiting.both = await this.takeRows(this.staff.clerk, 'both', rows);
    const rates = csv('rates.csv', { item: 'ENERGY_LEAK', unit: 'kWh', rate: '0.6', basis: '合同' });
    const sent = await this.file(this.staff.clerk, '/imports', `${secretOf('mine')}.csv`, rates, { kind: 'rates' });
    things.waiting.mine = await this.finished(sent.id!);
    for (const place of ['both', 'mine'] as const) {
      things.importSubmission[place] = await this.submissionOf('import', things.waiting[place]!);
    }
    await this.client.must({ method: 'PUT', path: '/api/v1/profiles/p1', json: PROFILE }, this.staff.finance);
    await this.post('/approval-path', this.staff.finance, { steps: STEPS });
  }

  /** 2023-01 closed, opened again for one more record of JD, and closed once more. */
  async closeTwice(): Promise<void> {
    const { clerk, finance, otherFinance } = this.staff;
    const period = '/periods/2023-01';
    await this.post(`${period}/declarations`, clerk, { departments: Object.values(CODE).slice(0, 4) });
    await this.close();
    const { submissionId } = await this.post(`${period}/reopen`, finance, { reason: '漏报' });
    await this.post(`/submissions/${submissionId}/approve`, otherFinance, {});
    await this.post('/records?submit=true', clerk, recordRow('JD', 'R-JD-late', CLOSED_DAY, '12.00'));
    await this.approveRecord('R-JD-late');
    await this.close();
  }

  async comparatives(): Promise<void> {
    for (const [at, of] of BOOKING.entries()) {
      await this.running.query(
        `INSERT INTO comparatives (mine_id, import_id, row_no, period, code, name, department)
         SELECT mine_id, min(id), $2, '2023-03', $3, $4, $5 FROM imports WHERE mine_id = $1 AND actor = 'founder'
         GROUP BY mine_id`,
        [this.mine, at + 1, `c-${secretOf(of)}`, `指标 ${secretOf(of)}`, CODE[of]],
      );
    }
  }

  async accounts(users: readonly string[]): Promise<{ apiKey: string; delegation: string }> {
    const { admin } = this.staff;
    for (const username of users) {
      await this.post('/users', admin, {
        ...{ username, displayName: `${username} ${secretOf('mine')}` },
        grants: [{ role: 'reviewer', department: CODE.JD }],
      });
    }
    // By hand: only people leave their roles to one another, and the staff of this house are programs.
    const [delegation] = await this.running.query<{ id: string }>(
      `INSERT INTO delegations (mine_id, from_user, to_user, valid_from, valid_to, reason, created_by)
       VALUES ($1, $2, $3, current_date - 1, current_date + 1, $4, $2) RETURNING id`,
      [this.mine, ...users, secretOf('mine')],
    );
    const key = { name: secretOf('mine'), expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
    const grants = [{ role: 'integration', department: CODE.JD }];
    const apiKey = await this.post('/api-keys', admin, { ...key, grants });
    return { apiKey: apiKey.id!, delegation: delegation!.id };
  }

  private async close(): Promise<void> {
    const { causes } = await this.client.must<{ causes: { code: string; blocks: boolean; isWaivable: boolean }[] }>(
      { method: 'GET', path: '/api/v1/periods/2023-01/checklist' },
      this.staff.finance,
    );
    for (const { code, blocks, isWaivable } of causes) {
      if (blocks && isWaivable)
        await this.post('/periods/2023-01/waivers', this.staff.finance, { code, reason: '如此' });
    }
    await this.post('/periods/2023-01/close', this.staff.finance, {});
  }

  private async approveRecord(id: string): Promise<void> {
    await this.post(`/records/${id}/approve`, this.staff.reviewer, {});
    await this.post(`/records/${id}/approve`, this.staff.finance, {});
  }

  private async approveImport(id: string): Promise<void> {
    const submission = await this.submissionOf('import', id);
    await this.post(`/submissions/${submission}/approve`, this.staff.reviewer, {});
    await this.post(`/submissions/${submission}/approve`, this.staff.finance, {});
    await this.finished(id);
  }

  private take(by: Headers, of: Booking | 'away', id: string, amount: string, fields: Headers = {}): Promise<string> {
    return this.takeRows(by, of, [recordRow(of, id, OPEN_DAY, amount)], fields);
  }

  /** Hands a file in and answers its import once it was read. */
  private async takeRows(by: Headers, of: Place, rows: readonly Row[], fields: Headers = {}): Promise<string> {
    const text = csv('records.csv', ...rows);
    const sent = await this.file(by, '/imports', `${secretOf(of)}.csv`, text, { kind: 'records', ...fields });
    return this.finished(sent.id!);
  }

  private async finished(id: string): Promise<string> {
    for (;;) {
      const [row] = await this.running.query<{ status: string; isPosting: boolean }>(
        `SELECT i.status, EXISTS (SELECT FROM submissions s WHERE s.mine_id = i.mine_id AND s.subject = 'import'
           AND s.key = i.id::text AND s.state = 'posting') AS "isPosting"
         FROM imports i WHERE i.mine_id = $1 AND i.id = $2`,
        [this.mine, id],
      );
      if (!['queued', 'running'].includes(row!.status) && !row!.isPosting) return id;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async submissionOf(subject: string, key: string): Promise<string> {
    const [row] = await this.running.query<{ id: string }>(
      'SELECT id FROM submissions WHERE mine_id = $1 AND subject = $2 AND key = $3',
      [this.mine, subject, key],
    );
    return row!.id;
  }

  private file(by: Headers, path: string, name: string, content: string, fields: Headers = {}): Promise<Body> {
    return this.client.must<Body>({ method: 'POST', path: `/api/v1${path}`, form: { name, content, fields } }, by);
  }

  private post(path: string, headers: Headers, json: unknown): Promise<Body> {
    return this.client.must<Body>({ method: 'POST', path: `/api/v1${path}`, json }, headers);
  }
}

const PROFILE = { title: '方案', formats: [], source: 'p1' };
/** Not the path that there is: records over 50 万元 pass the committee, too. */
const STEPS = [
  { kind: 'records', fromWan: '0', role: 'reviewer' },
  { kind: 'records', fromWan: '0', role: 'finance' },
  { kind: 'records', fromWan: '50', role: 'reviewer' },
  { kind: 'records', fromWan: '50', role: 'finance' },
  { kind: 'records', fromWan: '50', role: 'committee' },
];
