/** The service as the commands ask it, and what it must answer by the model. */
import { expect } from '@jest/globals';
import type { Books } from './books-model.js';
import { PERIODS, reaches, scopeOf, yuan, type Actor, type Period, type Department } from './cast.js';
import type { BookRecord, NewRow, Submission } from './entries.js';
import { SHOWN, figures, measuresOf, type FigureRow } from './figures.js';
import type { Answer, RunningMine } from './running-mine.js';

interface Listed {
  readonly data: readonly { readonly id: string; readonly subject: string; readonly key: string }[];
}

interface ImportAnswer {
  readonly status: string;
  readonly approval: { readonly submissionId: string; readonly state: string } | null;
}

interface Restatement {
  readonly totals: readonly { readonly measure: string; readonly difference: string }[];
  readonly causes: { readonly records: readonly { readonly change: string; readonly id: string }[] };
}

const CSV_COLUMNS =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary,corrects_period';

export class Desk {
  /** Numbers that the service gave submissions of files and reopenings, by their keys in the model. */
  private readonly numbers = new Map<string, string>();
  /** Those of the files' imports. */
  private readonly imports: string[] = [];
  private readonly csvs: string[] = [];
  private files = 0;

  constructor(readonly mine: RunningMine) {}

  enter(by: Actor, row: NewRow, isSubmitted: boolean): Promise<Answer> {
    return this.mine.post(by, `/records${isSubmitted ? '?submit=true' : ''}`, fieldsOf(row));
  }

  /** Every file has content of its own: its number stands in the summaries. */
  async send(by: Actor, rows: readonly NewRow[]) {
    const csv = csvOf(rows, String((this.files += 1)));
    const sent = await this.mine.send(by, csv);
    if (sent.status === 202) this.csvs.push(csv);
    return sent;
  }

  /** What was checked waits under a submission, which is found by it from here on. */
  async expectChecked(by: Actor, id: string, became: 'waits' | 'refused'): Promise<void> {
    await this.mine.service.untilEnded(this.mine.code, id, 1);
    const { body } = await this.mine.get<ImportAnswer>(by, `/imports/${id}`);
    const state = body.approval?.state ?? null;
    const expected =
      became === 'waits' ? { status: 'accepted', state: 'submitted' } : { status: 'refused', state: null };
    expect({ status: body.status, state }).toEqual(expected);
    if (became === 'refused') return void this.csvs.pop();
    this.numbers.set(String(this.imports.length), body.approval!.submissionId);
    this.imports.push(id);
  }

  /** The same content is the same import for whoever may see it. */
  async sendAgain(by: Actor, { key, maker, departments }: Submission): Promise<void> {
    const sent = await this.mine.send(by, this.csvs[Number(key)]!);
    const scope = scopeOf(by, 'enter');
    if (scope === null) return expect(sent).toMatchObject({ status: 403 });
    const isSeen = maker === by || reaches(scope, departments);
    const same = { status: 202, body: { id: this.imports[Number(key)], isNew: false } };
    expect(sent).toMatchObject(isSeen ? same : { status: 409, body: { code: 'same_content_elsewhere' } });
  }

  /** Asks for the reopening of a month. */
  async reopen(by: Actor, period: Period): Promise<Answer> {
    const answer = await this.mine.post<{ submissionId: string }>(by, `/periods/${period}/reopen`, { reason: '漏报' });
    if (answer.status === 202) this.numbers.set(period, answer.body.submissionId);
    return answer;
  }

  /** The number that the service gave the newest submission of its key. */
  async numberOf({ kind, key, maker }: Submission): Promise<string> {
    if (kind !== 'record') return this.numbers.get(key)!;
    const { body } = await this.mine.get<Listed>(maker, '/submissions?maker=me&subject=record&limit=200');
    return body.data.find((each) => each.key === key)!.id;
  }

  endsOf({ kind, key }: Submission): number {
    return kind === 'import' ? this.mine.service.endsOf(this.mine.code, this.imports[Number(key)]!) : 0;
  }

  /** An approved file is posted by a job; what became of it, the model says too. */
  async untilPosted(submission: Submission, endsBefore: number): Promise<void> {
    if (submission.kind !== 'import') return;
    const id = this.imports[Number(submission.key)]!;
    await this.mine.service.untilEnded(this.mine.code, id, endsBefore + 1);
    const { body } = await this.mine.get<ImportAnswer>(submission.maker, `/imports/${id}`);
    const status = submission.state === 'posted' ? 'accepted' : 'refused';
    expect(body).toMatchObject({ status, approval: { state: submission.state } });
  }

  /** Each by itself succeeds or is refused. */
  async approveMany(books: Books, by: Actor, open: readonly Submission[]): Promise<void> {
    const ids: string[] = [];
    for (const submission of open) ids.push(await this.numberOf(submission));
    const ends = open.map((submission) => this.endsOf(submission));
    const { status, body } = await this.mine.post<{ data: { id: string; outcome: string; code?: string }[] }>(
      ...([by, '/submissions/approve', { ids }] as const),
    );
    if (scopeOf(by, 'decide') === null) return expect(status).toBe(403);
    // Records are posted before a job comes to the files.
    const inOrder = [...open].sort((a, b) => Number(a.kind === 'import') - Number(b.kind === 'import'));
    const expected = new Map(inOrder.map((each) => [each, outcomeOf(books, by, each)]));
    expect(body.data.map(({ outcome, code }) => code ?? outcome)).toEqual(open.map((each) => expected.get(each)));
    for (const [at, each] of open.entries()) {
      if (each.state !== 'open') await this.untilPosted(each, ends[at]!);
    }
  }

  async expectFigures(books: Books, by: Actor, view: 'known' | 'reported'): Promise<void> {
    const path = `/synergy?by=department,period${view === 'known' ? '' : '&asOf=reported'}`;
    const { status, body } = await this.mine.get<{ rows: FigureRow[]; total: FigureRow['measures'] }>(by, path);
    const shown = body.rows.map((row) => ({ ...row, measures: pickShown(row.measures), ratios: undefined }));
    const rows = view === 'known' ? books.posted() : books.reported();
    const expected = figures(rows, view, scopeOf(by, 'read'), stateIn(books));
    expect({ status, rows: shown, total: pickShown(body.total) }).toEqual({ status: 200, ...expected });
  }

  async expectWorkList(books: Books, by: Actor): Promise<void> {
    const { body } = await this.mine.get<{ counts: { total: number; byKind: object } }>(by, '/worklist');
    const waiting = books.waitingFor(by);
    const count = (kind: Submission['kind']) => waiting.filter((each) => each.kind === kind).length;
    const byKind = { record: count('record'), import: count('import'), reopening: count('reopening') };
    expect(body.counts).toMatchObject({ total: waiting.length, byKind });
  }

  /** At the end of a sequence: the figures of the whole mine, the longest work list, and every month and record. */
  async expectAll(books: Books): Promise<void> {
    await this.expectFigures(books, 'finance', 'known');
    await this.expectFigures(books, 'finance', 'reported');
    await this.expectWorkList(books, 'chief');
    const touched = PERIODS.filter((period) => books.periods.get(period)!.closings.length > 0);
    for (const period of touched) await this.expectPeriod(books, period);
    await this.expectRecords(books);
  }

  private async expectPeriod(books: Books, period: Period): Promise<void> {
    const { status, closings } = books.periods.get(period)!;
    const { body } = await this.mine.get('clerk2', `/periods/${period}`);
    expect(body).toMatchObject({ status, closings: closings.length });
    if (closings.length > 1) await this.expectRestated(period, closings.at(-2)!, closings.at(-1)!);
  }

  /** The table of a second closing: each difference to the first, and the records behind it. */
  private async expectRestated(
    period: Period,
    before: readonly BookRecord[],
    after: readonly BookRecord[],
  ): Promise<void> {
    const { body } = await this.mine.get<Restatement>('finance', `/periods/${period}/restatement`);
    const fresh = after.filter((record) => !before.includes(record));
    const differences = measuresOf(fresh);
    const shown = SHOWN.map((name) => [
      name,
      body.totals.find(({ measure }) => measure === name)?.difference ?? '0.00',
    ]);
    expect(Object.fromEntries(shown)).toEqual(differences);
    const causes = body.causes.records.map(({ change, id }) => ({ change, id }));
    expect(causes).toEqual(expect.arrayContaining(fresh.map(({ id }) => ({ change: 'posted', id }))));
    expect(causes).toHaveLength(fresh.length);
  }

  private async expectRecords(books: Books): Promise<void> {
    for (const { id, state, maker, reverses } of books.records.values()) {
      const { body } = await this.mine.get<{ status: string; maker: string; reverses: string | null }>(
        'chief',
        `/records/${id}`,
      );
      const shown = { id, status: body.status, maker: this.mine.actorOf.get(body.maker), reverses: body.reverses };
      expect(shown).toEqual({ id, status: state, maker, reverses });
    }
  }
}

function outcomeOf(books: Books, by: Actor, submission: Submission): string {
  const { status, code } = books.decide(by, submission, 'approve');
  if (status !== 200) return code!;
  if (submission.state === 'open') return 'reviewed';
  return submission.kind === 'import' ? 'posting' : 'posted';
}

const stateIn = (books: Books) => (period: Period, department: Department) => {
  const { status, declared } = books.periods.get(period)!;
  return status === 'closed' ? 'closed' : declared.has(department) ? 'complete' : 'provisional';
};

const pickShown = (measures: FigureRow['measures']) =>
  Object.fromEntries(SHOWN.map((name) => [name, measures[name]])) as FigureRow['measures'];

const fieldsOf = ({ id, department, posted, valued, units, fen }: NewRow) => ({
  ...{ id, date: `${posted}-05`, department, category: 'resource', item: '0104', nature: 'explicit', unit: '件' },
  ...{ quantity: String(units), amount: yuan(fen), ...(valued === posted ? {} : { corrects_period: valued }) },
});

function csvOf(rows: readonly NewRow[], summary: string): string {
  const columns = CSV_COLUMNS.split(',');
  const lines = rows.map((row) => {
    const fields: Readonly<Record<string, string>> = { ...fieldsOf(row), summary };
    return columns.map((column) => fields[column] ?? '').join(',');
  });
  return `${CSV_COLUMNS}\n${lines.join('\n')}\n`;
}
