/** What the actors do, as fast-check commands: each is done in the model and over HTTP, and both must say the same. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { ACTOR_NAMES, DEPARTMENTS, PERIODS, scopeOf, type Actor, type Department, type Period } from './cast.js';
import type { Books } from './books-model.js';
import type { Expected, NewRow, Submission } from './entries.js';
import type { Answer } from './running-mine.js';
import type { Desk } from './desk.js';

type Command = fc.AsyncCommand<Books, Desk>;

/** A command told from its name and its choices, which fast-check prints for a sequence that fails. */
function command(name: string, choices: object, run: (books: Books, desk: Desk) => Promise<void>): Command {
  return {
    check: () => true,
    run,
    toString: () =>
      `${name}(${JSON.stringify(choices, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))})`,
  };
}

/** The status, and the code of the problem, as predicted. */
function expectAnswer({ status, body }: Answer, expected: Expected): void {
  const { code } = body as { readonly code?: string };
  expect(status >= 400 ? { status, code } : { status }).toEqual(expected);
}

const actor = fc.constantFrom<Actor[]>(...ACTOR_NAMES);
/** Mostly somebody who may. */
const entering = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Actor[]>('clerk1', 'clerk2', 'desk1', 'finance') },
  { weight: 1, arbitrary: actor },
);
const closing = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Actor[]>('finance', 'chief') },
  { weight: 1, arbitrary: actor },
);
const department = fc.constantFrom<Department[]>(...DEPARTMENTS);
const period = fc.constantFrom<Period[]>(...PERIODS);
/** Few ids, so that they meet. */
const id = fc.constantFrom('R1', 'R2', 'R3', 'R4', 'R5');
const nth = fc.nat(20);

const row: fc.Arbitrary<NewRow> = fc
  .record({
    id,
    department,
    posted: period,
    corrected: fc.option(period, { freq: 4 }),
    units: fc.bigInt(1n, 9n),
    fen: fc.bigInt(1n, 20_000n),
  })
  .map(({ corrected, ...rest }) => ({ ...rest, valued: corrected ?? rest.posted }));

/** One of several by its place, whatever the number. */
const pick = <One>(all: readonly One[], at: number): One | undefined => all[at % Math.max(all.length, 1)];

const enter = fc
  .record({ by: entering, row, then: fc.constantFrom('draft', 'submit', 'submit', 'post', 'post', 'post') })
  .map((choices) =>
    command('enter', choices, async (books, desk) => {
      const { by, then } = choices;
      // Whoever may enter there, four times of five; the rest tries where they may not.
      const entered = { ...choices.row, department: ownDepartment(by, choices.row) };
      const expected = books.enter(by, entered, then !== 'draft');
      expectAnswer(await desk.enter(by, entered, then !== 'draft'), expected);
      if (expected.status !== 201 || then !== 'post') return;
      await carry(books, desk, books.submissions.at(-1)!);
    }),
  );

function ownDepartment(by: Actor, { department: named, units }: NewRow): Department {
  const scope = scopeOf(by, 'enter');
  return units !== 5n && Array.isArray(scope) && scope[0] !== 'D3' ? (scope[0] as Department) : named;
}

const submit = fc.record({ id, by: fc.option(actor) }).map((choices) =>
  command('submit', choices, async (books, desk) => {
    const by = choices.by ?? books.records.get(choices.id)?.maker ?? 'clerk1';
    const expected = books.submit(by, choices.id);
    expectAnswer(await desk.mine.post(by, `/records/${choices.id}/submit`), expected);
  }),
);

/** Records of the pool and what takes them back. */
const anyRecord = fc.tuple(id, fc.boolean()).map(([of, isReversal]) => (isReversal ? `${of}-R` : of));

const withdraw = fc.record({ id: anyRecord, by: fc.option(actor) }).map((choices) =>
  command('withdraw', choices, async (books, desk) => {
    const by = choices.by ?? books.records.get(choices.id)?.maker ?? 'clerk1';
    const expected = books.withdrawRecord(by, choices.id);
    expectAnswer(await desk.mine.post(by, `/records/${choices.id}/withdraw`), expected);
  }),
);

const reverse = fc.record({ id, by: entering, date: fc.option(period), then: fc.boolean() }).map((choices) =>
  command('reverse', choices, async (books, desk) => {
    const record = books.records.get(choices.id);
    const isOpen = record !== undefined && books.periods.get(record.posted)!.status === 'open';
    // Left out, the date would be today's where the month is not open.
    const date = choices.date ?? (isOpen ? null : PERIODS[2]);
    const by = record?.maker ?? choices.by;
    const expected = books.reverse(by, choices.id, date);
    const wish = { reason: '多记', ...(date === null ? {} : { date: `${date}-09` }) };
    expectAnswer(await desk.mine.post(by, `/records/${choices.id}/reverse`, wish), expected);
    if (expected.status === 200 && choices.then) await carry(books, desk, books.submissions.at(-1)!);
  }),
);

const deed = fc.constantFrom<('approve' | 'return')[]>('approve', 'approve', 'return');
const WHY = { reason: '再核对' };

const decideRecord = fc.record({ id: anyRecord, by: actor, deed }).map((choices) =>
  command('decideRecord', choices, async (books, desk) => {
    const expected = books.decideRecord(choices.by, choices.id, choices.deed);
    expectAnswer(await desk.mine.post(choices.by, `/records/${choices.id}/${choices.deed}`, WHY), expected);
  }),
);

/** Those that the service finds by their keys. */
const newest = (books: Books) => books.submissions.filter((each) => books.newest(each.kind, each.key) === each);

/** By anybody, or by the maker. */
const decide = fc.record({ nth, by: fc.option(actor, { freq: 3 }), deed }).map((choices) =>
  command('decide', choices, async (books, desk) => {
    const submission = pick(newest(books), choices.nth);
    if (submission === undefined) return;
    const path = `/submissions/${await desk.numberOf(submission)}`;
    await step(books, desk, { by: choices.by ?? submission.maker, submission, path, what: choices.deed });
  }),
);

/** By the first who may, to the end. */
const finish = fc.record({ nth, deed }).map((choices) =>
  command('finish', choices, async (books, desk) => {
    const open = books.submissions.filter(({ state }) => state === 'open');
    const submission = pick(open, choices.nth);
    if (submission !== undefined) await carry(books, desk, submission, choices.deed);
  }),
);

async function carry(books: Books, desk: Desk, submission: Submission, what: 'approve' | 'return' = 'approve') {
  const { kind, key } = submission;
  const path = kind === 'record' ? `/records/${key}` : `/submissions/${await desk.numberOf(submission)}`;
  while (submission.state === 'open') {
    const by = ACTOR_NAMES.find((each) => books.objectionTo(each, submission) === null);
    // Where the maker and the one other checker are all there are, nobody is left for the second step.
    if (by === undefined) return;
    const expected = await step(books, desk, { by, submission, path, what });
    if (expected.status !== 200) return;
  }
}

interface Step {
  readonly by: Actor;
  readonly submission: Submission;
  readonly path: string;
  readonly what: 'approve' | 'return';
}

async function step(books: Books, desk: Desk, { by, submission, path, what }: Step): Promise<Expected> {
  const ends = desk.endsOf(submission);
  const expected = books.decide(by, submission, what);
  expectAnswer(await desk.mine.post(by, `${path}/${what}`, WHY), expected);
  if (expected.status === 200 && submission.state !== 'open') await desk.untilPosted(submission, ends);
  return expected;
}

const takeBack = fc.record({ nth, by: fc.option(actor, { freq: 2 }) }).map((choices) =>
  command('takeBack', choices, async (books, desk) => {
    const submission = pick(newest(books), choices.nth);
    if (submission === undefined) return;
    const by = choices.by ?? submission.maker;
    const number = await desk.numberOf(submission);
    const expected = books.withdrawSubmission(by, submission);
    expectAnswer(await desk.mine.post(by, `/submissions/${number}/withdraw`), expected);
  }),
);

const approveMany = fc.record({ by: actor }).map((choices) =>
  command('approveMany', choices, async (books, desk) => {
    const open = books.submissions.filter(({ state }) => state === 'open');
    // Of two files with one record, the jobs decide which comes first.
    const files = open.filter(({ kind }) => kind === 'import').slice(1);
    const chosen = open.filter((each) => !files.includes(each));
    if (chosen.length > 0) await desk.approveMany(books, choices.by, chosen);
  }),
);

const send = fc
  .record({ by: entering, rows: fc.array(row, { minLength: 1, maxLength: 3 }), then: fc.boolean() })
  .map((choices) =>
    command('import', choices, async (books, desk) => {
      const { by } = choices;
      const rows = choices.rows.map((each) => ({ ...each, department: ownDepartment(by, each) }));
      const sent = await desk.send(by, rows);
      if (scopeOf(by, 'enter') === null) return expectAnswer(sent, { status: 403, code: 'forbidden' });
      expect(sent).toMatchObject({ status: 202, body: { isNew: true } });
      const became = books.check(by, rows);
      await desk.expectChecked(by, sent.body.id, became);
      if (became === 'waits' && choices.then) await carry(books, desk, books.submissions.at(-1)!);
    }),
  );

/** The bytes of an earlier file once more. */
const sendAgain = fc.record({ nth, by: actor }).map((choices) =>
  command('sendAgain', choices, async (books, desk) => {
    const submission = pick(
      books.submissions.filter(({ kind }) => kind === 'import'),
      choices.nth,
    );
    const stands = submission !== undefined && (submission.state === 'open' || submission.state === 'posted');
    if (stands) await desk.sendAgain(choices.by, submission);
  }),
);

const declare = fc.record({ by: actor, period, department, isWithdrawn: fc.boolean() }).map((choices) =>
  command('declare', choices, async (books, desk) => {
    const { by, isWithdrawn } = choices;
    const expected = books.declare(by, choices.period, choices.department, isWithdrawn);
    const path = `/periods/${choices.period}/declarations${isWithdrawn ? '/withdraw' : ''}`;
    expectAnswer(await desk.mine.post(by, path, { departments: [choices.department] }), expected);
  }),
);

const turnClosing = fc
  .record({ by: closing, period, to: fc.constantFrom<('closing' | 'open')[]>('closing', 'open') })
  .map((choices) =>
    command('turnClosing', choices, async (books, desk) => {
      const expected = books.turnClosing(choices.by, choices.period, choices.to);
      const path = choices.to === 'closing' ? 'begin-closing' : 'cancel-closing';
      expectAnswer(await desk.mine.post(choices.by, `/periods/${choices.period}/${path}`), expected);
    }),
  );

/** Mostly when everything was decided and declared before, as one does. */
const close = fc.record({ by: closing, period, isPrepared: fc.oneof(fc.constant(true), fc.boolean()) }).map((choices) =>
  command('close', choices, async (books, desk) => {
    const { by, period: code } = choices;
    if (choices.isPrepared) await prepare(books, desk, code);
    const expected = books.close(by, code);
    expectAnswer(await desk.mine.post(by, `/periods/${code}/close`), expected);
  }),
);

async function prepare(books: Books, desk: Desk, code: Period): Promise<void> {
  const pending = books.submissions.filter(({ state, periods }) => state === 'open' && periods.includes(code));
  for (const submission of pending) await carry(books, desk, submission);
  const departments = books.expectedIn(code);
  if (departments.length === 0 || books.periods.get(code)!.status === 'closed') return;
  for (const each of departments) books.declare('finance', code, each, false);
  expectAnswer(await desk.mine.post('finance', `/periods/${code}/declarations`, { departments }), { status: 200 });
}

const reopen = fc.record({ by: closing, period, then: fc.boolean() }).map((choices) =>
  command('reopen', choices, async (books, desk) => {
    const code = choices.then ? closedOr(books, choices.period) : choices.period;
    const expected = books.askToReopen(choices.by, code);
    expectAnswer(await desk.reopen(choices.by, code), expected);
    if (expected.status === 202 && choices.then) await carry(books, desk, books.newest('reopening', code)!);
  }),
);

const closedOr = (books: Books, code: Period): Period =>
  [code, ...PERIODS].find((each) => books.periods.get(each)!.status === 'closed') ?? code;

/** A month is opened again for a record that was forgotten, and closed once more. */
const restate = fc.record({ by: closing, period, row }).map((choices) =>
  command('restate', choices, async (books, desk) => {
    const code = closedOr(books, choices.period);
    const asked = books.askToReopen('finance', code);
    expectAnswer(await desk.reopen('finance', code), asked);
    const reopening = books.newest('reopening', code);
    if (reopening?.state === 'open') await carry(books, desk, reopening);
    const forgotten = { ...choices.row, id: `F${books.submissions.length}`, posted: code };
    const expected = books.enter('clerk1', { ...forgotten, department: 'D1' }, true);
    expectAnswer(await desk.enter('clerk1', { ...forgotten, department: 'D1' }, true), expected);
    await prepare(books, desk, code);
    const closed = books.close(choices.by, code);
    expectAnswer(await desk.mine.post(choices.by, `/periods/${code}/close`), closed);
  }),
);

const query = fc
  .record({ by: actor, view: fc.constantFrom<('known' | 'reported')[]>('known', 'reported') })
  .map((choices) => command('query', choices, (books, desk) => desk.expectFigures(books, choices.by, choices.view)));

const workList = fc
  .record({ by: actor })
  .map((choices) => command('workList', choices, (books, desk) => desk.expectWorkList(books, choices.by)));

/** Named more than once where sequences need more of it to come to anything. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  ...[enter, enter, enter, enter, submit, withdraw, reverse, decideRecord, decide, finish, finish, takeBack],
  ...[approveMany, send, send, sendAgain, declare, turnClosing, close, close, reopen, restate, query, workList],
];
