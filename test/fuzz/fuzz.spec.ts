import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultTemplate } from '../../src/modules/reports/render/docx/default-template.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { buildHouse, type House } from '../authorization/house.js';
import { runFolder } from '../support/database.js';
import { FuzzCallers } from './callers.js';
import { Description, type OpenApi } from './document.js';
import { Judge } from './judge.js';
import { Lanes, type Finding, type Outcome } from './lanes.js';
import { requests, type Drawn } from './requests.js';
import type { Known } from './values.js';

/** One request as it was found; then nothing else is sent. */
const PATH = process.env.FUZZ_PATH;
/** npm run test:fuzz: 200,000 requests over eight connections; every operation is then answered well at least once. */
const REQUESTS = PATH === undefined ? Number(process.env.FUZZ_REQUESTS ?? 150) : 1;
const IS_LONG = REQUESTS >= 50_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const CONNECTIONS = 8;
/** The audit chain grows with what is sent, and with it the time of whoever reads all of it: then another house is built. */
const REQUESTS_OF_HOUSE = 5_000;
const HOUSES = Math.ceil(REQUESTS / REQUESTS_OF_HOUSE);
/** Each connection draws from a seed of its own. */
const SEEDS = Array.from({ length: HOUSES }, (_, at) => SEED + at * CONNECTIONS);

/** Without a provider of single sign-on nobody comes back from it. */
const NEVER_WELL = ['startSso', 'callbackSso'];

let house: House;
let description: Description;
let judge: Judge;
let callers: FuzzCallers;
let lanes: Lanes;

const lanesOf = (drawing: fc.Arbitrary<Drawn>): Lanes =>
  new Lanes(Number(new URL(house.running.url).port), description, judge, callers, drawing);

/** With the report of the month that is closed. */
async function knownIn({ client, staff, things }: House): Promise<Known> {
  const wish = { method: 'POST', path: '/api/v1/reports', json: { period: '2023-01' } };
  const report = await client.must<Known['report']>(wish, staff.finance);
  return { ...things, report, template: { name: 't.docx', content: await defaultTemplate() } };
}

/** Operations that were answered well in any house. */
const wellAnswered = new Set<string>();

function note({ counts }: Outcome): void {
  for (const [id, statuses] of counts) {
    if ([...statuses.keys()].some((status) => /^[23]/.test(status))) wellAnswered.add(id);
  }
}

function print(seed: number, { requests: sent, seconds, waited, counts, findings }: Outcome): void {
  const statuses = [...counts].map(([id, by]) => {
    const shown = [...by].sort().map(([status, count]) => `${status}×${count}`);
    return `${id.padEnd(28)} ${shown.join(' ')}`;
  });
  const rate = Math.round(sent / seconds);
  const total =
    `fuzz: seed ${seed}, ${sent} requests to ${counts.size} operations, ${rate}/s, ` +
    `${waited} told to wait, ${findings.length} findings`;
  console.log([total, ...(IS_LONG ? statuses.sort() : [])].join('\n'));
}

describe.each(SEEDS)('any request, drawn from %i on', (seed) => {
  beforeAll(async () => {
    house = await buildHouse();
    description = new Description(await house.client.must<OpenApi>({ method: 'GET', path: '/api/openapi.json' }, {}));
    judge = new Judge(description, [process.cwd(), runFolder()]);
    callers = await FuzzCallers.hire(house);
    lanes = lanesOf(requests(description, await knownIn(house)));
  }, 300_000);
  afterAll(() => house.running.stop(), 120_000);

  if (PATH !== undefined) {
    it('as it was found', async () => console.log(await lanes.replay(seed, PATH)));
    return;
  }

  it('is answered as the description says, and never with an error of the service', async () => {
    const outcome = await lanes.run(seed, Math.ceil(REQUESTS / HOUSES), CONNECTIONS);
    print(seed, outcome);
    note(outcome);
    expect(outcome.findings satisfies readonly Finding[]).toEqual([]);
  }, 3_600_000);

  // Once is enough.
  if (seed !== SEED) return;
  const ready = {
    caller: 'nobody',
    method: 'GET',
    target: '/health/ready',
    headers: [],
    body: null,
    as: 'whole',
  } as const;
  it.each([
    [
      'one that answers outside its schema',
      () => Promise.resolve({ isReady: true, checks: { x: { status: 'sideways' } } }),
      /schema/,
    ],
    ['one that throws', () => Promise.reject(new Error('planted')), /^status 500 internal_error$/],
  ] as const)('control: of two handlers, %s is found, and how to ask it again', async (_, look, complaint) => {
    const readiness = house.running.app.get(Readiness);
    const real = readiness.look.bind(readiness);
    readiness.look = look as typeof real;
    const { findings } = await lanesOf(fc.constant(ready)).run(SEED, 1, 1);
    readiness.look = real;
    expect(findings).toMatchObject([
      { operation: 'readyHealth', replay: expect.stringContaining(`FUZZ_SEED=${SEED} `) },
    ]);
    expect(findings[0]!.complaints[0]).toMatch(complaint);
  });
});

(IS_LONG ? it : it.skip)('every operation was answered well', () => {
  const ids = description.operations.map(({ id }) => id);
  expect(ids.filter((id) => !wellAnswered.has(id)).sort()).toEqual([...NEVER_WELL].sort());
});
