import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Callers } from '../../src/modules/access/index.js';
import { buildHouse, type House } from './house.js';
import { everyCell, nameOf, oneOf, someCells, type Cell, type Scope } from './cells.js';
import { pullDownSecondWall } from './contents.js';
import { ask } from './matrix.js';
import type { Operation } from './operation.js';
import { OPERATIONS } from './operations.js';
import { describedOperations, routesOf } from './routes.js';
import { seeded } from './seed.js';

/**
 * `SEED=… npm test -- test/authorization` draws the same part again; `MATRIX=all` asks every question; with
 * `ASKING='GET /records,GET /records/{id}'` those about some operations.
 */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const isAll = process.env.MATRIX === 'all';
const AT_A_TIME = 2_000;
/** Where the reach decides what is seen. */
const FIRST_WALL: readonly Scope[] = ['own', 'below', 'other', 'away'];

let house: House;
beforeAll(async () => {
  house = await buildHouse();
}, 300_000);
afterAll(() => house.running.stop(), 120_000);

/** Fastify's own pages: the description of the interface, for whoever asks. */
const PAGES = /^\/api\/(docs|openapi\.json)/;

describe('every route', () => {
  it('is described, declares its right, and is in the matrix', async () => {
    const described = describedOperations(await house.client.must({ method: 'GET', path: '/api/openapi.json' }, {}));
    const routes = routesOf(house.running).filter((route) => !PAGES.test(route.split(' ')[1]!));
    expect(routes).toEqual(described.map(({ route }) => route).sort());
    expect(described.filter(({ right }) => right === undefined)).toEqual([]);
    const isPublic = described.filter(({ right }) => right === 'public').map(({ name }) => name);
    expect(isPublic.sort()).toEqual(
      OPERATIONS.filter(({ about }) => about === 'public')
        .map(({ name }) => name)
        .sort(),
    );
    expect(OPERATIONS.map(({ name }) => name).sort()).toEqual(described.map(({ name }) => name).sort());
  });
});

const LISTS = OPERATIONS.filter(({ about }) => about === 'list');
const THINGS = OPERATIONS.filter(({ about }) => about === 'thing' || about === 'bulk');

/** Asks part by part, prints what came of it, and answers the leaks. */
async function leaksOf(title: string, cells: readonly Cell[]): Promise<string[]> {
  const started = Date.now();
  const leaks: string[] = [];
  // Access tokens last ten minutes: no part may take longer.
  for (let at = 0; at < cells.length; at += AT_A_TIME)
    leaks.push(...(await ask(house, cells.slice(at, at + AT_A_TIME))));
  const operations = new Set(cells.map(({ operation }) => operation.name)).size;
  const seconds = Math.round((Date.now() - started) / 1000);
  const drawn = isAll ? 'all' : `seed ${seed}`;
  console.log(
    `${title}: ${operations} operations, ${cells.length} combinations (${drawn}), ${leaks.length} leaks, ${seconds} s`,
  );
  return leaks;
}

const asking = process.env.ASKING?.split(',');

function cellsOf(all: readonly Operation[]): Cell[] {
  const operations = all.filter(({ name }) => asking === undefined || asking.includes(name));
  return isAll ? everyCell(operations) : someCells(operations, seeded(seed));
}

describe('every operation × role × scope', () => {
  it('is answered as far as the caller may see, and no further', async () => {
    expect(await leaksOf('both walls', cellsOf(OPERATIONS))).toEqual([]);
  }, 3_600_000);

  it('control: were every role good for the whole mine, each thing of others would be reported', async () => {
    const callers = house.running.app.get(Callers, { strict: false });
    const of = callers.of.bind(callers);
    callers.of = async (headers) => {
      const caller = await of(headers);
      return { ...caller, roles: caller.roles.map((held) => ({ ...held, departments: null })) };
    };
    const random = seeded(seed);
    const isOfOthers = ({ scope, operation, role }: Cell) =>
      scope === 'other' && operation.onlyTheirOwn !== true && role !== null && operation.roles.includes(role);
    const cells = THINGS.flatMap((thing) => oneOf(everyCell([thing]).filter(isOfOthers), random));
    const leaks = await leaksOf('control', cells).finally(() => (callers.of = of));
    expect(cells.map(nameOf).filter((name) => !leaks.some((leak) => leak.startsWith(name)))).toEqual([]);
    expect(cells.length).toBeGreaterThan(20);
  }, 3_600_000);

  it('the first wall stands alone: with row-level security off, queries show no more', async () => {
    await pullDownSecondWall(house.running);
    const cells = cellsOf([...LISTS, ...THINGS])
      .filter(({ scope }) => FIRST_WALL.includes(scope))
      // In the ordinary run half of them: the first test asked behind both walls.
      .filter((_, at) => isAll || at % 2 === 0);
    expect(await leaksOf('first wall alone', cells)).toEqual([]);
  }, 3_600_000);
});
