import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildHouse, type House } from '../authorization/house.js';
import { runFolder } from '../support/database.js';
import { FuzzCallers } from './callers.js';
import { Description, type OpenApi } from './document.js';
import { Judge } from './judge.js';
import { Lanes, type Finding, type Outcome } from './lanes.js';
import { requests } from './requests.js';

/** npm run test:fuzz: 200,000 requests over eight connections; every operation is then answered well at least once. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1_500);
const IS_LONG = REQUESTS >= 50_000;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const CONNECTIONS = 8;

/** Without a provider of single sign-on nobody comes back from it. */
const NEVER_WELL = ['startSso', 'callbackSso'];

let house: House;
let description: Description;
let judge: Judge;
let lanes: Lanes;
beforeAll(async () => {
  house = await buildHouse();
  description = new Description(await house.client.must<OpenApi>({ method: 'GET', path: '/api/openapi.json' }, {}));
  judge = new Judge(description, [process.cwd(), runFolder()]);
  const callers = await FuzzCallers.hire(house);
  const port = Number(new URL(house.running.url).port);
  lanes = new Lanes(port, description, judge, callers, requests(description, house.things));
}, 300_000);
afterAll(() => house.running.stop(), 120_000);

const wellAnswered = ({ counts }: Outcome, id: string): boolean =>
  [...(counts.get(id) ?? new Map<string, number>()).keys()].some((status) => /^[23]/.test(status));

function print({ requests: sent, seconds, waited, counts, findings }: Outcome): void {
  const statuses = [...counts].map(([id, by]) => {
    const shown = [...by].sort().map(([status, count]) => `${status}×${count}`);
    return `${id.padEnd(28)} ${shown.join(' ')}`;
  });
  const rate = Math.round(sent / seconds);
  const total =
    `fuzz: seed ${SEED}, ${sent} requests to ${counts.size} operations, ${rate}/s, ` +
    `${waited} told to wait, ${findings.length} findings`;
  console.log([total, ...(IS_LONG ? statuses.sort() : [])].join('\n'));
}

describe('any request', () => {
  const path = process.env.FUZZ_PATH;
  if (path !== undefined) {
    it('as it was found', async () => console.log(await lanes.replay(SEED, path)));
    return;
  }

  it('is answered as the description says, and never with an error of the service', async () => {
    const outcome = await lanes.run(SEED, REQUESTS, CONNECTIONS);
    print(outcome);
    expect(outcome.findings satisfies readonly Finding[]).toEqual([]);
    const ids = description.operations.map(({ id }) => id);
    if (IS_LONG) expect(ids.filter((id) => !wellAnswered(outcome, id)).sort()).toEqual([...NEVER_WELL].sort());
  }, 3_600_000);
});
