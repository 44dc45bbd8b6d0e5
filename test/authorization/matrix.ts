import { type Cell, callerOf, expectedOf, nameOf, type Expected } from './cells.js';
import { Callers } from './callers.js';
import { saidIn, type Answer, type Headers, type Wish } from './client.js';
import { contentsOf } from './contents.js';
import type { House } from './house.js';
import { leaksIn, type Asked } from './judge.js';
import { BOOKING, CODE, HELD, type Held } from './places.js';

/** How many questions are under way at a time. */
const AT_ONCE = 4;
/** How often a question is asked that the database was not there for. */
const TIMES = 3;

/**
 * Asks every question of `cells`: first those that must be denied, between two looks at everything that the database
 * holds; then readings; then what changes something. Answers the leaks, one line each.
 */
export async function ask(house: House, cells: readonly Cell[]): Promise<string[]> {
  const matrix = new Matrix(house);
  const asked = await matrix.prepare(cells);
  const part = (name: Part) => asked.filter((question) => partOf(question) === name);
  const leaks = [
    ...(await matrix.unchanged(part('denied'), 'all')),
    ...(await matrix.unchanged(part('refused'), 'but the log of imports')),
    ...(await matrix.answered(part('reading'))),
    ...(await matrix.answered(part('writing'))),
  ];
  await matrix.rest();
  return leaks;
}

interface Question {
  readonly cell: Cell;
  readonly wish: Wish;
  readonly headers: Headers;
  readonly expected: Expected;
}

type Part = 'denied' | 'refused' | 'reading' | 'writing';

function partOf({ expected, wish }: Question): Part {
  if (expected === 'refused') return 'refused';
  if (expected !== 'granted') return 'denied';
  return wish.method === 'GET' ? 'reading' : 'writing';
}

class Matrix {
  private readonly callers: Callers;
  private actual = new Map<Held, string>();

  constructor(private readonly house: House) {
    this.callers = new Callers(house.running);
  }

  /** Makes the callers, lets the warm ones ask once, and takes away from them what they are to lose. */
  async prepare(cells: readonly Cell[]): Promise<Question[]> {
    const headers = await this.callers.make(cells.map(callerOf));
    const questions = cells.map((cell, nth): Question => {
      const [method, path] = [
        cell.operation.name.split(' ')[0]!,
        cell.operation.wish(cell.place, this.house.things, nth),
      ];
      const shown = cell.scope === 'anonymous' ? {} : headers[nth]!;
      return { cell, wish: { method, ...path }, headers: shown, expected: expectedOf(cell) };
    });
    const warm = questions.filter(({ cell }) => cell.isWarm && cell.scope !== 'anonymous');
    await eachOf(warm, ({ headers: of }) => this.mustBeKnown(of));
    await this.callers.takeAway();
    await eachOf(
      warm.filter(({ cell }) => cell.scope === 'expired'),
      ({ headers: of }) => this.mustBeKnown(of),
    );
    this.callers.expire();
    await this.sumUp();
    return questions;
  }

  private async mustBeKnown(headers: Headers): Promise<void> {
    await this.house.client.must({ method: 'GET', path: '/api/v1/me' }, headers);
  }

  /** What each reach adds up to in 2023-03, before anything is changed. */
  private async sumUp(): Promise<void> {
    const seen = { whole: BOOKING, KQ: ['CM1', 'CM2'], CM1: ['CM1'], JD: ['JD'] } as const;
    for (const [held, of] of Object.entries(seen)) {
      const [row] = await this.house.running.query<{ sum: string }>(
        `SELECT sum(amount)::numeric(20,2)::text AS sum FROM records
         WHERE mine_id = 'chaili' AND status = 'posted' AND posted_period = '2023-03' AND department = ANY ($1)`,
        [of.map((department) => CODE[department])],
      );
      this.actual.set(held as keyof typeof HELD, row!.sum);
    }
  }

  /** The leaks of questions after which everything must be as before. */
  async unchanged(questions: readonly Question[], what: 'all' | 'but the log of imports'): Promise<string[]> {
    const before = await contentsOf(this.house.running, what);
    const leaks = await this.answered(questions);
    await this.rest();
    const after = await contentsOf(this.house.running, what);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    return changed.length === 0 ? leaks : [...leaks, `something denied changed ${changed.join(', ')}`];
  }

  async answered(questions: readonly Question[]): Promise<string[]> {
    const leaks: string[] = [];
    await eachOf(questions, async (question) => {
      const { cell, wish, headers, expected } = question;
      const etag = cell.isWarm && wish.method === 'GET' ? await this.askedByAnother(wish) : undefined;
      const known = etag === undefined ? {} : { 'if-none-match': etag };
      const answer = await this.free(wish, { ...headers, ...known });
      const asked: Asked = { cell, expected, answer, said: saidIn(wish), actualYuan: this.actual.get(cell.held) };
      leaks.push(...leaksIn(asked).map((leak) => `${nameOf(cell)}: ${leak}`));
    });
    return leaks;
  }

  /** Few workbooks are marked at a time, whoever asks; and a busy machine may be slow to give a connection, which says nothing of rights. */
  private async free(wish: Wish, headers: Headers): Promise<Answer> {
    for (let time = 1; ; time++) {
      const answer = await this.house.client.send(wish, headers);
      const code = (answer.body as { code?: string } | undefined)?.code;
      if (code !== 'marking_busy' && (code !== 'database_unavailable' || time === TIMES)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Somebody who sees all of the mine asks the same; answers the tag of the answer. */
  private async askedByAnother(wish: Wish): Promise<string | undefined> {
    const answer: Answer = await this.house.client.send(wish, this.house.staff.finance);
    return answer.headers.etag;
  }

  /** Until no import is under way. */
  async rest(): Promise<void> {
    for (;;) {
      const [row] = await this.house.running.query<{ busy: boolean }>(
        `SELECT EXISTS (SELECT FROM imports WHERE status IN ('queued', 'running'))
           OR EXISTS (SELECT FROM submissions WHERE state = 'posting') AS busy`,
      );
      if (!row!.busy) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
