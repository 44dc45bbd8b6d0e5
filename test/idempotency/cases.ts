import { randomBytes } from 'node:crypto';
import { defaultTemplate } from '../../src/modules/reports/render/docx/default-template.js';
import { ITEM, PDF, form, reason, row, v1 } from '../authorization/asking.js';
import type { Headers, Wish } from '../authorization/client.js';
import { csv, recordRow, OPEN_DAY } from '../authorization/folder.js';
import type { House } from '../authorization/house.js';
import { OPERATIONS } from '../authorization/operations.js';
import { CODE } from '../authorization/places.js';

/** A request that succeeds, and who sends it. */
export interface Case {
  readonly by: Headers;
  readonly wish: Omit<Wish, 'method'>;
}

type Make = (desk: Desk) => Promise<Case>;

/** Makes what a request needs, anew for each. */
export class Desk {
  private made = 0;

  constructor(readonly house: House) {}

  get staff() {
    return this.house.staff;
  }

  /** Any text that was not used yet. */
  fresh(letter: string): string {
    this.made += 1;
    return `${letter}-${this.made}`;
  }

  post<Body = Record<string, string>>(path: string, by: Headers, json: unknown): Promise<Body> {
    return this.house.client.must<Body>({ method: 'POST', path: v1(path), json }, by);
  }

  async record(state: 'draft' | 'submitted' | 'posted', change: object = {}): Promise<string> {
    const id = this.fresh('idem');
    const query = state === 'draft' ? '' : '?submit=true';
    await this.post(`/records${query}`, this.staff.clerk, { ...row('CM1', id), ...change });
    if (state === 'posted') {
      await this.post(`/records/${id}/approve`, this.staff.reviewer, {});
      await this.post(`/records/${id}/approve`, this.staff.finance, {});
    }
    return id;
  }

  file() {
    const id = this.fresh('file');
    return form(`${id}.csv`, csv('records.csv', recordRow('CM1', id, OPEN_DAY, '1.00')), { kind: 'records' });
  }

  /** An import that waits; answers its number and that of its submission. */
  async import(): Promise<{ id: string; submission: string }> {
    const { client, running } = this.house;
    const { id } = await client.must<{ id: string }>(
      { method: 'POST', path: v1('/imports'), form: this.file() },
      this.staff.clerk,
    );
    for (;;) {
      const [found] = await running.query<{ id: string }>(
        `SELECT id FROM submissions WHERE mine_id = 'chaili' AND subject = 'import' AND key = $1`,
        [id],
      );
      if (found !== undefined) return { id, submission: found.id };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /**
   * A final report of the closed month that nobody has signed. By hand: what is signed is a hash, and to write documents
   * for each request would take minutes.
   */
  async report(): Promise<{ id: string; sha256: string }> {
    const sha256 = randomBytes(32).toString('hex');
    const [made] = await this.house.running.query<{ id: string }>(
      `INSERT INTO reports (mine_id, period_from, period_to, state, version, closings, model_sha256, made_by)
       SELECT c.mine_id, c.period, c.period, 'final', 1 + (SELECT count(*) FROM reports WHERE state = 'final'),
         jsonb_build_array(jsonb_build_object('period', c.period, 'version', max(c.version))), $1, 'test'
       FROM closings c WHERE c.mine_id = 'chaili' AND c.period = '2023-01' GROUP BY 1, 2 RETURNING id`,
      [sha256],
    );
    return { id: made!.id, sha256 };
  }

  /** Puts a template of the office's own in force. */
  async template(): Promise<void> {
    const wish = { method: 'POST', path: v1('/report-template'), form: await template(this) };
    await this.house.client.must(wish, this.staff.finance);
  }

  async user(): Promise<string> {
    const username = this.fresh('idem');
    await this.post('/users', this.staff.admin, { username, displayName: username, grants: GRANTS });
    return username;
  }
}

const send = (by: Headers, path: string, json: unknown): Case => ({ by, wish: { path: v1(path), json } });

const GRANTS = [{ role: 'reviewer', department: CODE.CM1 }];

/** A person, signed in with a one-time password. */
async function newcomer(desk: Desk): Promise<{ by: Headers; password: string }> {
  const username = desk.fresh('person');
  const user = { username, displayName: username, grants: GRANTS };
  const { oneTimePassword } = await desk.post('/users', desk.staff.admin, user);
  const login = { username, password: oneTimePassword };
  const { accessToken } = await desk.post('/auth/login', { 'X-Mine': 'chaili' }, login);
  return { by: { Authorization: `Bearer ${accessToken}` }, password: oneTimePassword! };
}

/** Only people leave their roles to one another. */
async function delegation(desk: Desk): Promise<Case> {
  const { by, password } = await newcomer(desk);
  const path = v1('/auth/password');
  const json = { current: password, next: 'quite long enough' };
  await desk.house.client.must({ method: 'POST', path, json }, by);
  const days = { validFrom: '2099-01-01', validTo: '2099-01-02' };
  return send(by, '/delegations', { to: await desk.user(), ...days, ...reason });
}

const stepsOf = (
  step: string,
  needs: 'draft' | 'submitted' | 'posted',
  by: (desk: Desk) => Headers,
): Readonly<Record<string, Make>> => {
  const said = step === 'return' || step === 'reverse' ? reason : {};
  return {
    [`POST /records/${step}`]: async (desk) =>
      send(by(desk), `/records/${step}`, { ...said, ids: [await desk.record(needs), await desk.record(needs)] }),
    [`POST /records/{id}/${step}`]: async (desk) =>
      send(by(desk), `/records/${await desk.record(needs)}/${step}`, said),
  };
};

const decisionsOf = (step: string, by: (desk: Desk) => Headers): Readonly<Record<string, Make>> => {
  const said = step === 'return' ? reason : {};
  return {
    [`POST /submissions/${step}`]: async (desk) =>
      send(by(desk), `/submissions/${step}`, { ...said, ids: [(await desk.import()).submission] }),
    [`POST /submissions/{id}/${step}`]: async (desk) =>
      send(by(desk), `/submissions/${(await desk.import()).submission}/${step}`, said),
  };
};

/** Under a name of its own, so that it is another each time. */
const template = async (desk: Desk) => ({
  ...{ name: `${desk.fresh('template')}.docx`, content: Buffer.from(await defaultTemplate()), fields: {} },
});

const clerk = ({ staff }: Desk) => staff.clerk;
const reviewer = ({ staff }: Desk) => staff.reviewer;

const RECORDS: Readonly<Record<string, Make>> = {
  'PUT /records/{id}': async (desk) => {
    const id = await desk.record('draft');
    return send(desk.staff.clerk, `/records/${id}`, { ...row('CM1', id), summary: 'again' });
  },
  ...stepsOf('submit', 'draft', clerk),
  ...stepsOf('withdraw', 'draft', clerk),
  ...stepsOf('approve', 'submitted', reviewer),
  ...stepsOf('return', 'submitted', reviewer),
  ...stepsOf('reverse', 'posted', clerk),
  'POST /records/{id}/evidence': async (desk) => ({
    ...{ by: desk.staff.clerk },
    wish: { path: v1(`/records/${await desk.record('submitted')}/evidence`), form: form('e.pdf', PDF) },
  }),
  'POST /imports/{id}/evidence': async (desk) => ({
    ...{ by: desk.staff.clerk },
    wish: { path: v1(`/imports/${(await desk.import()).id}/evidence`), form: form('e.pdf', PDF) },
  }),
  'POST /imports': (desk) =>
    Promise.resolve({ by: desk.staff.clerk, wish: { path: v1('/imports'), form: desk.file() } }),
  ...decisionsOf('approve', reviewer),
  ...decisionsOf('return', reviewer),
  ...decisionsOf('withdraw', clerk),
};

const PERIODS: Readonly<Record<string, Make>> = {
  'POST /periods/{code}/declarations': async (desk) => {
    await desk.post('/periods/2023-03/declarations/withdraw', desk.staff.clerk, { departments: [CODE.CM1] });
    return send(desk.staff.clerk, '/periods/2023-03/declarations', { departments: [CODE.CM1] });
  },
  'POST /periods/{code}/declarations/withdraw': async (desk) => {
    await desk.post('/periods/2023-03/declarations', desk.staff.clerk, { departments: [CODE.CM1] });
    return send(desk.staff.clerk, '/periods/2023-03/declarations/withdraw', { departments: [CODE.CM1] });
  },
  'POST /periods/{code}/waivers': async (desk) => {
    // Priced by a baseline, and without a quantity.
    await desk.record('posted', { quantity: '' });
    return send(desk.staff.finance, '/periods/2023-04/waivers', { code: 'missing_quantity', ...reason });
  },
  'POST /periods/{code}/cancel-closing': async (desk) => {
    await desk.post('/periods/2023-06/begin-closing', desk.staff.finance, {});
    return send(desk.staff.finance, '/periods/2023-06/cancel-closing', {});
  },
  'POST /periods/{code}/begin-closing': ({ staff }) =>
    Promise.resolve(send(staff.finance, '/periods/2023-07/begin-closing', {})),
  'POST /periods/{code}/close': ({ staff }) => Promise.resolve(send(staff.finance, '/periods/2023-08/close', {})),
};

const PEOPLE: Readonly<Record<string, Make>> = {
  'POST /auth/password': async (desk) => {
    const { by, password } = await newcomer(desk);
    return send(by, '/auth/password', { current: password, next: 'quite long enough' });
  },
  'PUT /users/{username}/grants': async (desk) => {
    const grants = [{ role: 'clerk', department: CODE.CM1 }];
    return send(desk.staff.admin, `/users/${await desk.user()}/grants`, { grants });
  },
  'POST /users/{username}/disable': async (desk) => send(desk.staff.admin, `/users/${await desk.user()}/disable`, {}),
  'POST /users/{username}/enable': async (desk) => {
    const username = await desk.user();
    await desk.post(`/users/${username}/disable`, desk.staff.admin, {});
    return send(desk.staff.admin, `/users/${username}/enable`, {});
  },
  'POST /users/{username}/one-time-password': async (desk) =>
    send(desk.staff.admin, `/users/${await desk.user()}/one-time-password`, {}),
  'POST /delegations': delegation,
  'POST /delegations/{id}/revoke': async (desk) => {
    const { by, wish } = await delegation(desk);
    const { id } = await desk.house.client.must<{ id: string }>({ method: 'POST', ...wish }, by);
    return send(by, `/delegations/${id}/revoke`, {});
  },
};

const MINE: Readonly<Record<string, Make>> = {
  'PUT /profiles/{name}': (desk) => {
    const name = desk.fresh('p');
    const wish = { path: v1(`/profiles/${name}`), json: { title: '方案', formats: [], source: name } };
    return Promise.resolve({ by: desk.staff.finance, wish });
  },
  'POST /profiles/{name}/mappings': ({ staff }) =>
    Promise.resolve(
      send(staff.finance, '/profiles/ledger/mappings', { accounts: [{ account: '5301', is: 'cost', item: '31' }] }),
    ),
  'POST /baselines': (desk) => {
    const baseline = { ...ITEM, code: desk.fresh('B'), department: CODE.CM1, category: 'market', basis: 'contract' };
    return Promise.resolve(send(desk.staff.finance, '/baselines', { ...baseline, unit_price: '2' }));
  },
  'POST /approval-path': async (desk) => {
    await proposal(desk, 'none');
    return send(desk.staff.finance, '/approval-path', PATH);
  },
  'POST /approval-path/withdraw': async (desk) => {
    await proposal(desk, 'one');
    return send(desk.staff.finance, '/approval-path/withdraw', {});
  },
};

const PATH = { steps: [], evidenceFromWan: '9' };

/** There is one proposal at most at a time; the house begins with one. */
async function proposal({ house, staff }: Desk, wanted: 'one' | 'none'): Promise<void> {
  const path = wanted === 'one' ? '/approval-path' : '/approval-path/withdraw';
  const { status } = await house.client.send({ method: 'POST', path: v1(path), json: PATH }, staff.finance);
  if (status >= 300 && status !== 404 && status !== 409) throw new Error(`${path}: ${status}`);
}

const REPORTS: Readonly<Record<string, Make>> = {
  'POST /reports': async (desk) => {
    const texts = [{ text: desk.fresh('措施') }];
    const path = v1('/report-texts');
    await desk.house.client.must({ method: 'PUT', path, json: { period: '2023-03', texts } }, desk.staff.finance);
    return send(desk.staff.finance, '/reports', { period: '2023-03' });
  },
  'POST /reports/{id}/sign': async (desk) => {
    const { id, sha256 } = await desk.report();
    return send(desk.staff.finance, `/reports/${id}/sign`, { role: 'prepare', sha256 });
  },
  'POST /report-template': async (desk) => ({
    ...{ by: desk.staff.finance },
    wish: { path: v1('/report-template'), form: await template(desk) },
  }),
  'POST /report-template/reset': async (desk) => {
    await desk.template();
    return send(desk.staff.finance, '/report-template/reset', {});
  },
};

const CASES: Readonly<Record<string, Make>> = { ...RECORDS, ...PERIODS, ...PEOPLE, ...MINE, ...REPORTS };

/** The case of an operation: its own, or what the matrix of rights asks. @throws Error for one that nobody thought of */
export async function caseOf(name: string, desk: Desk): Promise<Case> {
  const own = CASES[name];
  if (own !== undefined) return own(desk);
  const operation = OPERATIONS.find((each) => each.name === name);
  if (operation === undefined) throw new Error(`${name} has no case: add one to test/idempotency/cases.ts`);
  const by = await desk.house.running.callerWith(operation.roles[0]!);
  const nth = 1_000 + Number(desk.fresh('n').slice(2));
  return { by, wish: operation.wish(operation.places[0]!, desk.house.things, nth) };
}
