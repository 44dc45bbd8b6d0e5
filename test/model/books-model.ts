/**
 * What the contract and issue 4 promise of one mine, in a few arrays: no code of the service. Every method answers the
 * status, and the code of the problem, that the service is expected to answer, and changes the model as it should change.
 */
import { PERIODS, reaches, scopeOf, scopeOfRole, type Actor, type Department, type Period } from './cast.js';
import {
  FORBIDDEN,
  OK,
  ROW_REFUSED,
  refused,
  type BookRecord,
  type Expected,
  type NewRow,
  type PeriodState,
  type Planted,
  type Submission,
} from './entries.js';
import { reportedIn, type Row } from './figures.js';

export class Books {
  /** Those that stand: what was withdrawn is gone and its id is free. */
  readonly records = new Map<string, BookRecord>();
  readonly submissions: Submission[] = [];
  readonly periods = new Map<Period, PeriodState>(
    PERIODS.map((code) => [code, { status: 'open', declared: new Set(), closings: [] }]),
  );

  /** `planted`: a deliberate error of the model, which a sequence must find. */
  constructor(private readonly planted: Planted | null = null) {}

  enter(actor: Actor, row: NewRow, isSubmitted: boolean): Expected {
    const scope = scopeOf(actor, 'enter');
    if (scope === null) return FORBIDDEN;
    const isLate = this.statusOf(row.posted) === 'closed';
    if (!reaches(scope, [row.department]) || this.records.has(row.id) || isLate) return ROW_REFUSED;
    if (isSubmitted && !this.mayHandIn(actor, row)) return ROW_REFUSED;
    const record: BookRecord = { ...row, maker: actor, state: 'draft', reverses: null };
    this.records.set(row.id, record);
    if (isSubmitted) this.handIn(record);
    return { status: 201 };
  }

  submit(actor: Actor, id: string): Expected {
    const record = this.ownOf(actor, id);
    if ('status' in record) return record;
    if (record.state !== 'draft') return refused(409, 'not_a_draft');
    if (!this.mayHandIn(actor, record)) return ROW_REFUSED;
    this.handIn(record);
    return OK;
  }

  withdrawRecord(actor: Actor, id: string): Expected {
    const record = this.ownOf(actor, id);
    if ('status' in record) return record;
    if (record.state === 'posted') return refused(409, 'already_posted');
    if (record.state !== 'draft') this.newest('record', id)!.state = 'withdrawn';
    this.records.delete(id);
    return OK;
  }

  /** `date` is in that month; null: left to the service, which is asked so only while the record's own month is open. */
  reverse(actor: Actor, id: string, date: Period | null): Expected {
    const scope = scopeOf(actor, 'enter');
    if (scope === null) return FORBIDDEN;
    const record = this.records.get(id);
    if (record === undefined || !reaches(scope, [record.department])) return refused(404, 'unknown_record');
    if (record.state !== 'posted') return refused(409, 'not_posted');
    if (record.reverses !== null) return refused(409, 'is_a_reversal');
    if ([...this.records.values()].some(({ reverses }) => reverses === id)) return refused(409, 'already_reversed');
    const posted = date ?? record.posted;
    if (!this.mayHandIn(actor, { ...record, posted })) return ROW_REFUSED;
    const { department, valued, units, fen } = record;
    const opposite: BookRecord = {
      ...{ id: `${id}-R`, department, posted, valued, units: -units, fen: -fen },
      ...{ maker: actor, state: 'draft', reverses: id },
    };
    this.records.set(opposite.id, opposite);
    this.handIn(opposite);
    return OK;
  }

  /** A file that was checked: it waits, or was refused. */
  check(actor: Actor, rows: readonly NewRow[]): 'waits' | 'refused' {
    const scope = scopeOf(actor, 'enter');
    const isRight = (row: NewRow) => reaches(scope, [row.department]) && this.mayHandIn(actor, row);
    if (!rows.every(isRight) || !this.canPost(rows)) return 'refused';
    const departments = distinct(rows.map(({ department }) => department));
    const periods = distinct(rows.flatMap(({ posted, valued }) => [posted, valued]));
    const key = String(this.submissions.filter(({ kind }) => kind === 'import').length);
    this.put({ kind: 'import', key, maker: actor, departments, periods, steps: ['reviewer', 'finance'], rows });
    return 'waits';
  }

  withdrawSubmission(actor: Actor, submission: Submission): Expected {
    if (submission.maker !== actor) return refused(404, 'unknown_submission');
    if (submission.state !== 'open') return refused(409, 'already_decided');
    submission.state = 'withdrawn';
    if (submission.kind === 'record') this.records.delete(submission.key);
    return OK;
  }

  /** One step of what was handed in under a record's id, by whoever. */
  decideRecord(actor: Actor, id: string, deed: 'approve' | 'return'): Expected {
    const scope = scopeOf(actor, 'decide');
    if (scope === null) return FORBIDDEN;
    const submission = this.newest('record', id);
    if (submission !== undefined) {
      const expected = this.decide(actor, submission, deed);
      return expected.status === 404 ? refused(404, 'unknown_record') : expected;
    }
    const record = this.records.get(id);
    const isSeen = record !== undefined && reaches(scope, [record.department]);
    return isSeen ? refused(409, 'not_submitted') : refused(404, 'unknown_record');
  }

  decide(actor: Actor, submission: Submission, deed: 'approve' | 'return'): Expected {
    const scope = scopeOf(actor, 'decide');
    if (scope === null) return FORBIDDEN;
    const isSeen = submission.maker === actor || reaches(scope, submission.departments);
    if (!isSeen) return refused(404, 'unknown_submission');
    const objection = this.objectionTo(actor, submission);
    if (objection !== null) return refused(409, objection);
    if (deed === 'return') this.sendBack(submission);
    else return this.advance(actor, submission);
    return OK;
  }

  /** Why somebody may not take the next step; null: they may. */
  objectionTo(actor: Actor, { state, maker, took, steps, done, departments }: Submission): string | null {
    if (state !== 'open') return 'already_decided';
    if (maker === actor && this.planted !== 'makers_approve') return 'own_work';
    if (took.includes(actor)) return 'approved_before';
    return reaches(scopeOfRole(actor, steps[done]!), departments) ? null : 'not_your_step';
  }

  /** What waits for somebody. */
  waitingFor(actor: Actor): Submission[] {
    return this.submissions.filter((submission) => this.objectionTo(actor, submission) === null);
  }

  declare(actor: Actor, period: Period, department: Department, isWithdrawn: boolean): Expected {
    const state = this.periods.get(period)!;
    if (state.status === 'closed') return refused(409, 'period_already_closed');
    if (!reaches(scopeOf(actor, 'declare'), [department])) return refused(404, 'no_such_department');
    if (isWithdrawn) state.declared.delete(department);
    else state.declared.add(department);
    return OK;
  }

  turnClosing(actor: Actor, period: Period, to: 'closing' | 'open'): Expected {
    if (scopeOf(actor, 'close') === null) return FORBIDDEN;
    const state = this.periods.get(period)!;
    const from = to === 'closing' ? 'open' : 'closing';
    if (state.status !== from) return refused(409, `period_not_${from}`);
    state.status = to;
    return OK;
  }

  close(actor: Actor, period: Period): Expected {
    if (scopeOf(actor, 'close') === null) return FORBIDDEN;
    const state = this.periods.get(period)!;
    if (state.status === 'closed') return refused(409, 'period_already_closed');
    const isPending = this.submissions.some(({ state: of, periods }) => of === 'open' && periods.includes(period));
    const isDeclared =
      this.planted === 'undeclared_closes' || this.expectedIn(period).every((one) => state.declared.has(one));
    if (isPending || !isDeclared) return refused(409, 'not_ready_to_close');
    state.status = 'closed';
    state.closings.push(this.posted().filter(({ posted }) => posted === period));
    return OK;
  }

  askToReopen(actor: Actor, period: Period): Expected {
    if (scopeOf(actor, 'close') === null) return FORBIDDEN;
    const hindrance = this.hindranceOf(period);
    if (hindrance !== null) return refused(409, hindrance);
    if (this.newest('reopening', period)?.state === 'open') return refused(409, 'already_submitted');
    const of = { kind: 'reopening', key: period, maker: actor, departments: null, periods: [period] } as const;
    this.put({ ...of, steps: ['finance'], rows: [] });
    return { status: 202 };
  }

  /** COV-4: departments with a record that counts or is on its way in a period, by its date or by what it corrects. */
  expectedIn(period: Period): Department[] {
    const rows = [...this.records.values()].filter(({ posted, valued }) => posted === period || valued === period);
    return distinct(rows.map(({ department }) => department));
  }

  posted(): BookRecord[] {
    const isCounted = ({ state }: BookRecord) => state === 'posted';
    return [...this.records.values()].filter(isCounted);
  }

  /** Rows as reported: what the last closing of a month froze, else what counts now. */
  reported(): Row[] {
    return PERIODS.flatMap((period) => this.periods.get(period)!.closings.at(-1) ?? reportedIn(this.posted(), period));
  }

  private statusOf(period: Period) {
    return this.periods.get(period)!.status;
  }

  /** A record of the actor's own, or why they may do nothing with it. */
  private ownOf(actor: Actor, id: string): BookRecord | Expected {
    const scope = scopeOf(actor, 'enter');
    if (scope === null) return FORBIDDEN;
    const record = this.records.get(id);
    if (record === undefined || !reaches(scope, [record.department])) return refused(404, 'unknown_record');
    return record.maker === actor ? record : refused(403, 'not_the_maker');
  }

  /** Into a month that is being closed only finance hands in. */
  private mayHandIn(actor: Actor, { posted, department }: Pick<Row, 'posted' | 'department'>): boolean {
    const status = this.statusOf(posted);
    return status === 'open' || (status === 'closing' && reaches(scopeOfRole(actor, 'finance'), [department]));
  }

  private handIn(record: BookRecord): void {
    const { id: key, department, posted, valued } = record;
    const of = { kind: 'record', key, departments: [department], periods: distinct([posted, valued]) } as const;
    this.put({ ...of, maker: record.maker, steps: ['reviewer', 'finance'], rows: [] });
    record.state = 'submitted';
  }

  /** What came back to its maker begins another round in the same place. */
  private put(of: Omit<Submission, 'done' | 'took' | 'state'>): void {
    const last = this.newest(of.kind, of.key);
    const begun: Submission = { ...of, done: 0, took: [], state: 'open' };
    if (last?.state === 'returned' && last.maker === of.maker) this.submissions[this.submissions.indexOf(last)] = begun;
    else this.submissions.push(begun);
  }

  /** The last under a key. */
  newest(kind: Submission['kind'], key: string): Submission | undefined {
    return this.submissions.findLast((each) => each.kind === kind && each.key === key);
  }

  private sendBack(submission: Submission): void {
    submission.state = 'returned';
    const record = submission.kind === 'record' ? this.records.get(submission.key) : undefined;
    if (record) record.state = this.planted === 'returned_counts' ? 'posted' : 'draft';
  }

  private advance(actor: Actor, submission: Submission): Expected {
    const { kind, key, rows, steps, maker } = submission;
    const isLast = submission.done + 1 === steps.length;
    const hindrance = isLast && kind === 'reopening' ? this.hindranceOf(key as Period) : null;
    if (hindrance !== null) return refused(422, hindrance);
    submission.done += 1;
    submission.took.push(actor);
    if (kind === 'record') this.records.get(key)!.state = isLast ? 'posted' : 'reviewed';
    if (!isLast) return OK;
    // The world may have changed since a file was checked: then it comes back.
    submission.state = kind === 'import' && !this.canPost(rows) ? 'returned' : 'posted';
    if (kind === 'reopening') this.periods.get(key as Period)!.status = 'open';
    if (kind !== 'import' || submission.state === 'returned') return OK;
    for (const row of rows) this.records.set(row.id, { ...row, maker, state: 'posted', reverses: null });
    return OK;
  }

  private canPost(rows: readonly NewRow[]): boolean {
    const isFree = ({ id, posted }: NewRow) => !this.records.has(id) && this.statusOf(posted) !== 'closed';
    return distinct(rows.map(({ id }) => id)).length === rows.length && rows.every(isFree);
  }

  private hindranceOf(period: Period): string | null {
    if (this.statusOf(period) !== 'closed') return 'period_not_closed';
    const isCorrectedIn = (other: Period) =>
      other !== period &&
      this.statusOf(other) === 'closed' &&
      this.periods
        .get(other)!
        .closings.at(-1)!
        .some(({ valued }) => valued === period);
    return PERIODS.some(isCorrectedIn) ? 'corrected_by_closed_period' : null;
  }
}

const distinct = <One extends string>(all: readonly One[]): One[] => [...new Set(all)].sort();
