/**
 * Two people act on one month, steered by where their transactions stand and by whom the database says that they wait for.
 * Whatever the steering, what is there afterwards is what one of the two orders leaves when nobody meets anybody.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ServiceOfMines } from '../model/running-mine.js';
import { ContestedMine, FEBRUARY, JANUARY, fieldsOf, outcomeOf } from './contested-mine.js';
import { Gates, type Place } from './gates.js';

let service: ServiceOfMines;
let gates: Gates;
beforeAll(async () => {
  service = await ServiceOfMines.start();
  gates = new Gates(service.running, service.running.app.get(UnitOfWork));
});
afterAll(() => service.stop());

/** Answers what became of it. */
type Deed = (contested: ContestedMine) => Promise<string>;

interface Party {
  readonly deed: Deed;
  /** The statement by which it takes hold of the month. */
  readonly lock: string;
}

interface Meeting {
  /** What stands before; answers the two who meet. */
  readonly prepare: (contested: ContestedMine) => Promise<readonly [Party, Party]>;
  /** Whoever comes second decides by what it reads before it would wait: nobody waits here. */
  readonly isReadAhead?: true;
  /** What became of both, by who was first. */
  readonly outcomes: readonly [firstFirst: readonly [string, string], secondFirst: readonly [string, string]];
}

const WRITER = 'ORDER BY code FOR NO KEY UPDATE';
const STATUS = 'FOR UPDATE';

const closing: Party = { deed: (contested) => contested.close(JANUARY), lock: STATUS };
const small = (id: string, month = JANUARY) => ({ id, month, fen: 1_234n });
const large = (id: string) => ({ id, month: JANUARY, fen: 123_456n });

async function declared(contested: ContestedMine): Promise<void> {
  await contested.enter(small('FIRST'));
  await contested.declare(JANUARY);
}

const MEETINGS: Readonly<Record<string, Meeting>> = {
  'a record that nobody approves, and the closing of its month': {
    async prepare(contested) {
      await declared(contested);
      return [{ deed: async (same) => outcomeOf(await same.enter(small('R'))), lock: WRITER }, closing];
    },
    outcomes: [
      ['201', '200'],
      ['period_closed', '200'],
    ],
  },
  'the last approval of a record, and the closing': {
    async prepare(contested) {
      await declared(contested);
      await contested.enterReviewed(large('R'));
      const deed: Deed = async ({ mine }) => outcomeOf(await mine.post('finance', '/records/R/approve', {}));
      return [{ deed, lock: WRITER }, closing];
    },
    outcomes: [
      ['200', '200'],
      ['200', 'not_ready_to_close'],
    ],
  },
  'an approved file, and the closing': {
    async prepare(contested) {
      await declared(contested);
      const file = await contested.sendReviewed([large('F1'), large('F2')]);
      return [{ deed: (same) => same.approveFile(file), lock: WRITER }, closing];
    },
    outcomes: [
      ['accepted', '200'],
      ['accepted', 'not_ready_to_close'],
    ],
  },
  'the check of a file, and the closing': {
    async prepare(contested) {
      await declared(contested);
      const deed: Deed = async (same) => same.fateOf(await same.send([large('F1')]));
      return [{ deed, lock: WRITER }, closing];
    },
    outcomes: [
      ['accepted', 'not_ready_to_close'],
      ['period_closed', '200'],
    ],
  },
  'another price of a baseline, and the closing': {
    async prepare(contested) {
      await declared(contested);
      const price = { code: 'B1', category: 'resource', item: '0104', nature: 'explicit', basis: 'budget', unit: '件' };
      const deed: Deed = async ({ mine }) =>
        outcomeOf(await mine.post('finance', '/baselines', { ...price, unit_price: '9.5' }));
      return [{ deed, lock: 'pg_advisory_xact_lock(' }, closing];
    },
    outcomes: [
      ['201', '200'],
      ['closed_period_changed', '200'],
    ],
  },
  'a correction, and the closing of what it corrects': {
    async prepare(contested) {
      await declared(contested);
      const correction = { ...small('R', FEBRUARY), corrects: JANUARY };
      return [{ deed: async (same) => outcomeOf(await same.enter(correction)), lock: WRITER }, closing];
    },
    outcomes: [
      ['201', '200'],
      ['201', '200'],
    ],
  },
  'a correction, and the closing of the month that reports it': {
    async prepare(contested) {
      await contested.enter(small('FIRST', FEBRUARY));
      await contested.declare(FEBRUARY);
      const correction = { ...small('R', FEBRUARY), corrects: JANUARY };
      const ofFebruary: Party = { deed: (same) => same.close(FEBRUARY), lock: STATUS };
      return [{ deed: async (same) => outcomeOf(await same.enter(correction)), lock: WRITER }, ofFebruary];
    },
    outcomes: [
      ['201', '200'],
      ['period_closed', '200'],
    ],
  },
  'a draft that is handed in, and the closing': {
    async prepare(contested) {
      await declared(contested);
      await contested.draft(large('R'));
      const deed: Deed = async ({ mine }) => outcomeOf(await mine.post('clerk1', '/records/R/submit'));
      return [{ deed, lock: 'INSERT INTO submissions' }, closing];
    },
    outcomes: [
      ['200', 'not_ready_to_close'],
      ['period_closed', '200'],
    ],
  },
  'a record, and the reopening of its month': {
    isReadAhead: true,
    async prepare(contested) {
      await declared(contested);
      expect(await contested.close(JANUARY)).toBe('200');
      const { body } = await contested.mine.post<{ submissionId: string }>('finance', `/periods/${JANUARY}/reopen`, {
        reason: '漏报',
      });
      const deed: Deed = async ({ mine }) =>
        outcomeOf(await mine.post('chief', `/submissions/${body.submissionId}/approve`, {}));
      const posting = async (same: ContestedMine) =>
        outcomeOf(await same.mine.post('finance', '/records', fieldsOf(small('R'))));
      return [
        { deed: posting, lock: WRITER },
        { deed, lock: STATUS },
      ];
    },
    outcomes: [
      ['period_closed', '200'],
      ['201', '200'],
    ],
  },
};

/** Both deeds one after the other, in a mine of its own: what is there then. */
async function inTurn(meeting: Meeting, order: readonly [0, 1] | readonly [1, 0]): Promise<string> {
  const contested = await ContestedMine.found(service);
  const parties = await meeting.prepare(contested);
  const became: [string, string] = ['', ''];
  for (const at of order) became[at] = await parties[at].deed(contested);
  expect(became).toEqual(meeting.outcomes[order[0]]);
  return contested.state();
}

/** One is held at its lock, before it has it or while it holds it, and the other comes. */
async function meet(meeting: Meeting, held: 0 | 1, when: Place['when']) {
  const contested = await ContestedMine.found(service);
  const parties = await meeting.prepare(contested);
  const other = held === 0 ? 1 : 0;
  const gate = gates.shutAt(contested.mine.code, { when, statement: parties[held].lock });
  const first = parties[held].deed(contested);
  // Null: it was refused on its way there.
  const pid = await Promise.race([gate.reached, first.then(() => null)]);
  const second = parties[other].deed(contested);
  // Who comes to a month that is held waits for it, or was decided without it; who meets nobody goes through.
  const went = pid === null ? 'over' : await gates.untilWaitedFor(pid, second);
  gate.open();
  const became: [string, string] = ['', ''];
  became[held] = await first;
  became[other] = await second;
  await contested.expectSealed();
  return { went, became, state: await contested.state() };
}

describe.each(Object.entries(MEETINGS))('%s', (_, meeting) => {
  let orders: string[];
  beforeAll(async () => {
    orders = [await inTurn(meeting, [0, 1]), await inTurn(meeting, [1, 0])];
  });

  it.each([
    [0, 'before'],
    [0, 'after'],
    [1, 'before'],
    [1, 'after'],
  ] as const)('%i is held %s it locks: as if one came after the other', async (held, when) => {
    const { went, became, state } = await meet(meeting, held, when);
    if (when === 'after' && meeting.isReadAhead === undefined) expect(went).toBe('waits');
    expect(meeting.outcomes).toContainEqual(became);
    expect(orders).toContain(state);
  });
});
