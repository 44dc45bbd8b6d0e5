import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { FuzzCallers } from './callers.js';
import type { Description } from './document.js';
import type { Judge } from './judge.js';
import type { Drawn } from './requests.js';
import { Wire, type Answer, type NoAnswer } from './wire.js';

/** A request whose answer is not what the description promises, shrunk. */
export interface Finding {
  readonly operation: string;
  readonly complaints: readonly string[];
  /** Draws the same request again: FUZZ_SEED=… FUZZ_PATH=… npm run test:fuzz */
  readonly replay: string;
  readonly request: string;
  readonly answer: string;
}

export interface Outcome {
  readonly requests: number;
  readonly seconds: number;
  /** How often there was no place for one more of the same kind, and the request was sent again. */
  readonly waited: number;
  /** How often each status was answered, by operation; `-` where there is none at that address. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly findings: readonly Finding[];
}

interface Caught {
  readonly seed: number;
  readonly path: string;
  readonly signature: string;
}

/** More are of little use to whoever reads them. */
const SHRUNK_AT_MOST = 25;

/** Sends drawn requests over several connections at once, each drawing from a seed of its own. */
export class Lanes {
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly caught = new Map<string, Caught>();
  private waited = 0;

  constructor(
    private readonly port: number,
    private readonly description: Description,
    private readonly judge: Judge,
    private readonly callers: FuzzCallers,
    private readonly drawing: fc.Arbitrary<Drawn>,
  ) {}

  async run(seed: number, requests: number, lanes: number): Promise<Outcome> {
    const begun = performance.now();
    const each = Math.ceil(requests / lanes);
    await Promise.all(Array.from({ length: lanes }, (_, lane) => this.lane(seed + lane, each)));
    const seconds = (performance.now() - begun) / 1000;
    const findings: Finding[] = [];
    for (const caught of [...this.caught.values()].slice(0, SHRUNK_AT_MOST)) findings.push(await this.shrunk(caught));
    return { requests: each * lanes, seconds, waited: this.waited, counts: this.counts, findings };
  }

  /** The one request of a seed and a path. */
  async replay(seed: number, path: string): Promise<string> {
    const wire = new Wire(this.port);
    let shown = '';
    const property = fc.asyncProperty(this.drawing, async (drawn) => {
      const { answer, complaints } = await this.ask(wire, drawn);
      shown ||= `${shownRequest(drawn)}\n${shownAnswer(answer)}\n${complaints.join('\n')}`;
    });
    await fc.check(property, { seed, path, numRuns: 1, endOnFailure: true });
    wire.close();
    return shown;
  }

  private async lane(seed: number, requests: number): Promise<void> {
    const wire = new Wire(this.port);
    let at = -1;
    const property = fc.asyncProperty(this.drawing, async (drawn) => {
      at += 1;
      const { answer, complaints } = await this.ask(wire, drawn);
      this.count(drawn, answer);
      const signature = signatureOf(this.operationOf(drawn), complaints);
      if (complaints.length > 0 && !this.caught.has(signature)) {
        this.caught.set(signature, { seed, path: String(at), signature });
      }
    });
    await fc.assert(property, { seed, numRuns: requests });
    wire.close();
  }

  /** The simplest request of which the same is wrong. */
  private async shrunk({ seed, path, signature }: Caught): Promise<Finding> {
    const wire = new Wire(this.port);
    const property = fc.asyncProperty(this.drawing, async (drawn) => {
      const { complaints } = await this.ask(wire, drawn);
      if (complaints.length > 0 && signatureOf(this.operationOf(drawn), complaints) === signature) throw new Error();
    });
    const details = await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: 10_000 });
    const [drawn] = details.counterexample ?? fc.sample(fc.tuple(this.drawing), { seed, path, numRuns: 1 })[0]!;
    const { answer, complaints } = await this.ask(wire, drawn);
    wire.close();
    return {
      operation: this.operationOf(drawn),
      complaints: complaints.length > 0 ? complaints : [`${signature} (not seen a second time)`],
      replay: `FUZZ_SEED=${seed} FUZZ_PATH=${details.counterexamplePath ?? path} npm run test:fuzz`,
      request: shownRequest(drawn),
      answer: shownAnswer(answer),
    };
  }

  private async ask(wire: Wire, drawn: Drawn): Promise<{ answer: Answer | NoAnswer; complaints: string[] }> {
    let answer = await wire.send(await this.callers.signed(drawn));
    while (isToldToWait(answer)) {
      this.waited += 1;
      await sleep(WAIT_MS);
      answer = await wire.send(await this.callers.signed(drawn));
    }
    this.callers.noticed(drawn, answer);
    return { answer, complaints: this.judge.complaints(drawn, answer) };
  }

  private operationOf({ method, target }: Drawn): string {
    return this.description.at(method, target)?.id ?? '-';
  }

  private count(drawn: Drawn, answer: Answer | NoAnswer): void {
    const id = this.operationOf(drawn);
    const byStatus = this.counts.get(id) ?? new Map<string, number>();
    const status = typeof answer === 'string' ? answer : String(answer.status);
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    this.counts.set(id, byStatus);
  }
}

/** So many of these at once are not done, for the sake of others; whoever asks is told so and asks again. */
const TOLD_TO_WAIT = /"code":"(marking_busy|too_many_transfers|too_many_questions|too_many_streams)"/;
const WAIT_MS = 20;

/** Not ready, and says why: a part did not answer within two seconds, as on a machine that is starved for a moment. */
const SLOW_PART = /"code":"not_ready".*"timeoutMs":/;

function isToldToWait(answer: Answer | NoAnswer): boolean {
  if (typeof answer === 'string' || answer.status !== 503) return false;
  const body = answer.body.toString('utf8');
  return SLOW_PART.test(body) || (answer.headers['retry-after'] !== undefined && TOLD_TO_WAIT.test(body));
}

/** Alike are complaints that differ in numbers and names only. */
const signatureOf = (operation: string, complaints: readonly string[]): string =>
  `${operation}: ${(complaints[0] ?? '').replace(/\d{4,}/g, '#').slice(0, 120)}`;

const SHOWN = 1_000;

function shownRequest({ caller, method, target, headers, body, as }: Drawn): string {
  const heads = headers.map(([name, value]) => `${name}: ${JSON.stringify(value.slice(0, 100))}`);
  const text =
    body === null ? '' : ` ${JSON.stringify(body.subarray(0, SHOWN).toString('utf8'))} (${body.length} bytes)`;
  return `${caller}: ${method} ${target.slice(0, SHOWN)} (${as}) ${heads.join(', ')}${text}`;
}

const shownAnswer = (answer: Answer | NoAnswer): string =>
  typeof answer === 'string' ? answer : `${answer.status} ${answer.body.subarray(0, SHOWN).toString('utf8')}`;
