import { AppError } from '../errors/app-error.js';

export interface TurnLimits {
  /** Works at once. */
  readonly atOnce: number;
  /** Of these, of one asker. */
  readonly perAsker: number;
}

/** More of one asker than a page of theirs ever sends are answered 503. */
const MAX_WAITING = 64;

/**
 * Turns for heavy work: a few at once, fewer for each asker, and those who wait are taken one asker after another. So
 * whoever asks for much waits for themselves, and whoever asks for little waits for one turn of each of the others.
 */
export class FairTurns {
  private readonly running = new Map<string, number>();
  private runningInAll = 0;
  /** Whose turn is next stands first. */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly limits: TurnLimits) {}

  /** @throws AppError `too_many_questions` where too many of the asker wait already; what `work` throws */
  async run<Result>(asker: string, work: () => Promise<Result>): Promise<Result> {
    if (this.isFree(asker)) this.begin(asker);
    else await this.wait(asker);
    try {
      return await work();
    } finally {
      this.end(asker);
    }
  }

  private isFree(asker: string): boolean {
    return this.runningInAll < this.limits.atOnce && (this.running.get(asker) ?? 0) < this.limits.perAsker;
  }

  private begin(asker: string): void {
    this.runningInAll += 1;
    this.running.set(asker, (this.running.get(asker) ?? 0) + 1);
  }

  private wait(asker: string): Promise<void> {
    const queue = this.waiting.get(asker) ?? [];
    if (queue.length >= MAX_WAITING) {
      throw new AppError('unavailable', 'too_many_questions', { max: String(MAX_WAITING) });
    }
    this.waiting.set(asker, queue);
    return new Promise((resolve) => queue.push(resolve));
  }

  private end(asker: string): void {
    this.runningInAll -= 1;
    const left = this.running.get(asker)! - 1;
    if (left === 0) this.running.delete(asker);
    else this.running.set(asker, left);
    this.takeNext();
  }

  private takeNext(): void {
    for (const [asker, queue] of this.waiting) {
      if (!this.isFree(asker)) continue;
      const next = queue.shift()!;
      // Behind all others, or out of the row.
      this.waiting.delete(asker);
      if (queue.length > 0) this.waiting.set(asker, queue);
      this.begin(asker);
      next();
      return;
    }
  }
}
