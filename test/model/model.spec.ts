/**
 * Sequences of what people do, over HTTP against the running service, and in a small model of what the contract promises
 * (books-model.ts, figures.ts). MODEL_RUNS sequences, of SEED; a failure prints its seed, path and commands: replay it by
 * SEED, MODEL_PATH and MODEL_REPLAY.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Books } from './books-model.js';
import { COMMANDS } from './commands.js';
import { Desk } from './desk.js';
import type { Planted } from './entries.js';
import { ServiceOfMines } from './running-mine.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const RUNS = Number(process.env.MODEL_RUNS ?? 10);
const PATH = process.env.MODEL_PATH;
const REPLAY = process.env.MODEL_REPLAY;
/** Sequences beside each other, each in a mine of its own. */
const LANES = PATH === undefined ? 4 : 1;
/** Of any length up to it: half of it on the average. */
const MAX_COMMANDS = 12;
const MINUTES = 60_000;

let service: ServiceOfMines;
beforeAll(async () => {
  service = await ServiceOfMines.start();
});
afterAll(() => service.stop());

/** What came about in the sequences: a run in which nothing was ever closed twice says nothing about it. */
class Tally {
  private readonly counts = new Map<string, number>();

  add(books: Books, commands: number): void {
    this.count('sequences', 1);
    this.count('commands', commands);
    this.count('posted records', books.posted().length);
    for (const { kind, state } of books.submissions) {
      this.count(`${kind} ${state}`, 1);
      if (state === 'returned' || state === 'withdrawn') this.count('came back', 1);
    }
    for (const { closings } of books.periods.values()) {
      this.count('closings', Math.min(closings.length, 1));
      this.count('closings after a reopening', Math.max(closings.length - 1, 0));
    }
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  toString(): string {
    return [...this.counts].map(([name, count]) => `${count} ${name}`).join(', ');
  }

  private count(name: string, by: number): void {
    this.counts.set(name, this.get(name) + by);
  }
}

const tally = new Tally();

function sequences(
  runs: number,
  seed: number,
  planted: Planted | null,
  settings: { readonly path?: string; readonly endOnFailure?: boolean } = {},
): Promise<void> {
  const commands = fc.commands(COMMANDS, {
    maxCommands: MAX_COMMANDS,
    size: 'max',
    ...(REPLAY === undefined ? {} : { replayPath: REPLAY }),
  });
  const property = fc.asyncProperty(commands, async (sequence) => {
    const desk = new Desk(await service.found());
    const books = new Books(planted);
    await fc.asyncModelRun(() => ({ model: books, real: desk }), sequence);
    await desk.expectAll(books);
    tally.add(books, [...sequence].length);
  });
  return fc.assert(property, { numRuns: runs, seed, ...settings });
}

describe(`the service and the model (seed ${SEED})`, () => {
  it(
    `agree after ${RUNS} sequences`,
    async () => {
      const settings = PATH === undefined ? {} : { path: PATH };
      const lanes = Array.from({ length: LANES }, (_, lane) =>
        sequences(Math.ceil(RUNS / LANES), SEED + lane, null, settings),
      );
      for (const { status, ...rest } of await Promise.allSettled(lanes)) {
        if (status === 'rejected') throw (rest as PromiseRejectedResult).reason;
      }
      console.log(`seed ${SEED}: ${tally.toString()}`);
      const isTried = ['record posted', 'import posted', 'reopening posted', 'closings after a reopening', 'came back'];
      // In fewer sequences chance may leave one out.
      if (RUNS >= 500) expect(isTried.filter((name) => tally.get(name) === 0)).toEqual([]);
    },
    (MINUTES * RUNS) / 100 + MINUTES,
  );
});

/** One that is known to come across each of them: what is tried is the comparison, not the luck. */
const CONTROL_SEED = 2;

describe('controls: a model with an error in it is told from the service', () => {
  it.each<Planted>(['makers_approve', 'returned_counts', 'undeclared_closes'])(
    '%s',
    async (planted) => {
      await expect(sequences(400, CONTROL_SEED, planted, { endOnFailure: true })).rejects.toThrow('Property failed');
    },
    5 * MINUTES,
  );
});
