import { setTimeout as sleep } from 'node:timers/promises';
import { csvOf, type Fields } from '../db/kept-books.js';

/** Records of a file. */
export const BATCH = 500;

/** What was told to those who sent it, as `id fen`. */
export class Books {
  readonly acknowledged: string[] = [];
  /** Answers that nobody expects while services are killed. */
  readonly odd: unknown[] = [];
  requests = 0;
  brokenOff = 0;
}

export interface Door {
  /** Another after every restart. */
  readonly url: () => string;
  readonly key: string;
}

interface Answer {
  readonly id?: string;
  readonly code?: string;
  readonly status?: string | number;
  readonly reason?: string | null;
}

/** Somebody who sends records one by one, or (`many-…`) file by file, each again under its key until it is acknowledged. */
export class Sender {
  private ended: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly door: Door,
    private readonly books: Books,
    private readonly name: string,
  ) {}

  begin(): void {
    this.ended = this.send().catch((error: unknown) => void this.books.odd.push(error));
  }

  stop(): Promise<void> | undefined {
    this.isStopped = true;
    return this.ended;
  }

  /** Resolves when the file is accepted. */
  async sendFile(kind: string, name: string, csv: string): Promise<void> {
    const form = () => {
      const fields = new FormData();
      fields.set('kind', kind);
      fields.set('file', new Blob([csv]), name);
      return fields;
    };
    const send = (key?: string) => this.untilAnswered('imports', () => ({ method: 'POST', body: form() }), key);
    let sent = await send(name);
    // Written, and its answer lost by a kill: the same bytes are the same import.
    if (sent.code === 'outcome_unknown') sent = await send();
    for (;;) {
      const now = await this.untilAnswered(`imports/${sent.id}`, () => ({}));
      if (now.status === 'accepted') return;
      // Interrupted three times it is given up, until it is sent again.
      if (now.reason === 'interrupted') sent = await send();
      else if (now.status !== 'queued' && now.status !== 'running')
        throw new Error(`not taken in: ${JSON.stringify(now)}`);
      await sleep(50);
    }
  }

  private async send(): Promise<void> {
    for (let nth = 0; !this.isStopped; nth += 1) {
      const count = this.name.startsWith('many') ? BATCH : 1;
      const file = `${this.name}-${nth}`;
      const records = Array.from({ length: count }, (_, at) => recordOf(`${file}#${at}`, nth + at));
      if (count === 1) await this.sendOne(records[0]!);
      else await this.sendFile('records', file, csvOf('records', records));
      this.books.acknowledged.push(...records.map(({ id, amount }) => `${id} ${amount!.replace('.', '')}`));
    }
  }

  private async sendOne(record: Fields): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.untilAnswered('records', () => ({ method: 'POST', headers, body: JSON.stringify(record) }), record.id);
  }

  /** Sent again, under its key where it has one, until somebody answers who is not on the way down or up. */
  private async untilAnswered(path: string, request: () => RequestInit, key?: string): Promise<Answer> {
    const headers = { 'x-api-key': this.door.key, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    for (; ; await sleep(50)) {
      this.books.requests += 1;
      const answer = await this.answered(path, request(), headers);
      if (answer === null) this.books.brokenOff += 1;
      else if (answer.isGood || answer.code === 'outcome_unknown') return answer;
      else if (answer.status !== 503 && answer.code !== 'request_in_flight') throw new Error(JSON.stringify(answer));
    }
  }

  /** Null where whoever should have answered is gone. */
  private async answered(path: string, request: RequestInit, headers: Readonly<Record<string, string>>) {
    try {
      const url = `${this.door.url()}/api/v1/${path}`;
      const answer = await fetch(url, { ...request, headers: { ...request.headers, ...headers } });
      return { ...((await answer.json()) as Answer), isGood: answer.ok };
    } catch {
      return null;
    }
  }
}

/** Of 1.00 yuan and more, so that its digits are its fen. */
const recordOf = (id: string, nth: number): Fields => ({
  id,
  date: `2023-03-${String(1 + (nth % 28)).padStart(2, '0')}`,
  ...{ department: 'CM1', category: 'resource', item: '0104', nature: 'explicit', quantity: String(1 + (nth % 7)) },
  amount: `${1 + (nth % 900)}.${String(nth % 100).padStart(2, '0')}`,
});
