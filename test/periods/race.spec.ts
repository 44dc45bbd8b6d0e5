/** Guarantee 5: no race lets a late row into a closed month, nor a row out of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/modules/approval/index.js';
import { EnterRecord } from '../../src/modules/intake/app/enter-record.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { closePeriod } from '../../src/modules/periods/app/close-period.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import { departedFromClosing } from '../../src/modules/synergy/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { AppError } from '../../src/platform/errors/app-error.js';
import { csvOf, type Fields } from '../db/kept-books.js';
import { Paused, WithoutPeriodLocks } from '../db/steered.js';
import { Door, takeRowOf } from '../support/door.js';
import { Random } from '../support/random-folder/random.js';
import { FEBRUARY, JANUARY, MATERIAL, PRICE, TwoMonths } from './two-months.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const RACES = Number(process.env.RACES ?? 8);

let door: Door;
beforeAll(async () => {
  door = await Door.open(12);
});
afterAll(() => door.close());

/** Codes of what was refused; nothing where it came in. */
type Write = (uow: UnitOfWork, mine: string) => Promise<string[]>;

const enter =
  (row: Fields): Write =>
  async (uow, mine) => {
    const by = { mine, actor: 'clerk', reach: wholeMine(mine, 'clerk'), roles: [] };
    const entering = new EnterRecord(uow, new Approvals(uow), new Clock());
    return refusals(entering.enter(by, rowValues('records', row), { submit: false }));
  };

const change =
  (row: Fields): Write =>
  (uow, mine) =>
    refusals(takeRowOf(uow).take(wholeMine(mine, 'clerk'), 'baselines', rowValues('baselines', row)));

async function refusals(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.findings.length > 0 ? error.findings.map(({ code }) => code) : [error.code];
  }
}

function close(uow: UnitOfWork, mine: string, month: string): Promise<number> {
  const reach = wholeMine(mine, 'finance1');
  return uow.run(reach, (tx) => closePeriod(tx, reach, month));
}

/** An import that is not read to its end yet may be about the month, and holds its closing up. */
async function closeAtLast(mine: string, month: string): Promise<number> {
  for (;;) {
    try {
      return await close(door.uow, mine, month);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_ready_to_close') throw error;
      expect(error.findings.map(({ code }) => code)).toEqual(['pending_approvals']);
    }
  }
}

/** Waits until somebody waits for a lock: who is to wait does, and has not passed. */
async function untilSomebodyWaits(): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const [row] = await door.query<{ waiting: string }>(
      `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (row!.waiting !== '0') return;
    await sleep(5);
  }
  throw new Error('nobody waits for a lock');
}

/** The closed month reports what its records and cells say; answers the amount of its records in yuan. */
async function expectSealed(mine: string, month: string): Promise<string> {
  const departed = await door.uow.run(wholeMine(mine), (tx) =>
    departedFromClosing(tx, mine, [month], [month, JANUARY, FEBRUARY]),
  );
  expect(departed).toEqual([]);
  const [sums] = await door.query<{ frozen: string; isAll: boolean }>(
    `SELECT posted = frozen AS "isAll", frozen FROM (
       SELECT coalesce(sum(amount), 0) AS posted FROM records
       WHERE mine_id = $1 AND posted_period = $2 AND status = 'posted' AND nature = 'explicit') r,
       (SELECT coalesce(sum(m_explicit_actual), 0) AS frozen FROM closed_cells
        WHERE mine_id = $1 AND reported_in = $2) c`,
    [mine, month],
  );
  expect(sums!.isAll).toBe(true);
  return sums!.frozen;
}

/** By name: a write, and what it is refused with when January was closed first; a correction reports in February. */
const WRITES: Readonly<Record<string, readonly [Write, readonly string[]]>> = {
  'a record': [enter(MATERIAL(JANUARY, 'W1')), ['period_closed']],
  'a correction': [enter(MATERIAL(FEBRUARY, 'W2', { corrects_period: JANUARY })), []],
  'the price of a baseline': [change({ ...PRICE(JANUARY), unit_price: '95' }), ['closed_period_changed']],
};

describe.each(Object.entries(WRITES))('%s and the closing of its month', (name, [write, late]) => {
  it('the write is first: the closing waits for it and reports it', async () => {
    const books = await TwoMonths.open(door);
    await books.declare(JANUARY);
    const before = await books.reported(JANUARY);
    const paused = new Paused(door.dataSource);
    const writing = write(paused, books.mine);
    await paused.isDone;
    const closing = close(door.uow, books.mine, JANUARY);
    await untilSomebodyWaits();
    paused.commit();
    expect(await writing).toEqual([]);
    expect(await closing).toBe(1);
    // A correction is in the reports of its own month alone.
    const isReported = (await books.reported(JANUARY)) !== before.replaceAll('"complete"', '"closed"');
    expect(isReported).toBe(name !== 'a correction');
    await expectSealed(books.mine, JANUARY);
  });

  it('the closing is first: the write waits for it and is late', async () => {
    const books = await TwoMonths.open(door);
    await books.declare(JANUARY);
    const paused = new Paused(door.dataSource);
    const closing = close(paused, books.mine, JANUARY);
    await paused.isDone;
    const writing = write(door.uow, books.mine);
    await untilSomebodyWaits();
    paused.commit();
    expect(await closing).toBe(1);
    expect(await writing).toEqual(late);
    // 900 + 1,900 + 1,000
    expect(await expectSealed(books.mine, JANUARY)).toBe('3800');
  });
});

it('a write that breaks off while the closing waits for it is not reported', async () => {
  const books = await TwoMonths.open(door);
  await books.declare(JANUARY);
  let breakOff: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (breakOff = resolve));
  let sayHeld: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (sayHeld = resolve));
  class BreakingOff extends UnitOfWork {
    override run: UnitOfWork['run'] = (sight, work) =>
      super.run(sight, async (tx) => {
        await work(tx);
        sayHeld();
        await told;
        throw new Error('broke off');
      });
  }
  const writing = enter(MATERIAL(JANUARY, 'W1'))(new BreakingOff(door.dataSource), books.mine);
  await held;
  const closing = close(door.uow, books.mine, JANUARY);
  await untilSomebodyWaits();
  breakOff();
  await expect(writing).rejects.toThrow('broke off');
  expect(await closing).toBe(1);
  expect(await expectSealed(books.mine, JANUARY)).toBe('3800');
});

it('of two closings of a month the second waits, and finds it closed', async () => {
  const books = await TwoMonths.open(door);
  await books.declare(JANUARY);
  const paused = new Paused(door.dataSource);
  const first = close(paused, books.mine, JANUARY);
  await paused.isDone;
  const second = refusals(close(door.uow, books.mine, JANUARY));
  await untilSomebodyWaits();
  paused.commit();
  expect([await first, await second]).toEqual([1, ['period_already_closed']]);
});

it('control: a writer that takes no lock on periods comes in late', async () => {
  const books = await TwoMonths.open(door);
  await books.declare(JANUARY);
  const paused = new Paused(door.dataSource);
  const closing = close(paused, books.mine, JANUARY);
  await paused.isDone;
  const writing = enter(MATERIAL(JANUARY, 'W1'))(new WithoutPeriodLocks(door.dataSource), books.mine);
  await untilSomebodyWaits();
  paused.commit();
  expect(await closing).toBe(1);
  expect(await writing).toEqual([]);
  await expect(expectSealed(books.mine, JANUARY)).rejects.toThrow(JANUARY);
});

it(
  `${RACES} random races of records, a baseline, a file and a closing leave no late row (seed ${SEED})`,
  async () => {
    const random = new Random(SEED);
    const books = await TwoMonths.open(door);
    const { mine } = books;
    const outcomes = new Map<string, number>();
    for (let race = 0; race < RACES; race += 1) {
      const month = `${2030 + Math.floor(race / 12)}-${String((race % 12) + 1).padStart(2, '0')}`;
      const row = (id: string) => ({ ...MATERIAL(month, `${id}-${month}`), amount: `${random.between(1, 900)}.37` });
      const price = { ...PRICE(JANUARY), code: `B-${month}`, valid_from: `${month}-01`, valid_to: `${month}-28` };
      await books.takeOne('records', row('FIRST'));
      await books.declare(month, ['CM1']);
      const soon = () => sleep(random.below(25));
      const late = [
        ...[enter(row('A')), enter(row('B')), change(price)].map((write) => soon().then(() => write(door.uow, mine))),
        soon().then(async () =>
          books.codes(await door.takeFile(mine, 'records', csvOf('records', [row('C'), row('D')]))),
        ),
      ];
      const closing = soon().then(() => closeAtLast(mine, month));
      const refused = await Promise.all(late);
      expect(await closing).toBe(1);
      for (const code of refused.flatMap((codes) => (codes.length === 0 ? ['in'] : codes.slice(0, 1)))) {
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      }
      await expectSealed(mine, month);
    }
    expect(
      [...outcomes.keys()].filter((code) => !['in', 'period_closed', 'closed_period_changed'].includes(code)),
    ).toEqual([]);
    process.stderr.write(`seed ${SEED}: ${JSON.stringify(Object.fromEntries(outcomes))}\n`);
  },
  60_000 + RACES * 1_000,
);
