/**
 * Documents are written in a thread of their own: seconds of work in which the service goes on answering, and memory that
 * is given back when no report is made for a while.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { renderDocuments, type RenderJob, type Take, type WrittenDocument } from './render-documents.js';

/** Compiled it stands beside this file. Run from its source the service has no other thread to load it in, and writes here. */
const THREAD = new URL('./rendering-thread.js', import.meta.url);
const hasThread = existsSync(fileURLToPath(THREAD));

/** Far more than a report of 200 departments needs; with such a bound garbage is collected before it doubles. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 } as const;
const IDLE_MS = 60_000;

/** What the thread answers. */
export type Answer = WrittenDocument | { readonly failed: Error } | { readonly isDone: true };

/** One report after the other, each document handed over as it is written. */
export function renderApart(job: RenderJob, take: Take): Promise<void> {
  const turn = last.then(() => (hasThread ? inThread(job, take) : renderDocuments(job, take)));
  last = turn.catch(() => undefined);
  return turn;
}

let last: Promise<void> = Promise.resolve();
let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;

function inThread(job: RenderJob, take: Take): Promise<void> {
  clearTimeout(idle);
  const worker = (thread ??= startThread());
  worker.ref();
  return new Promise<void>((resolve, reject) => {
    let taken: Promise<void> = Promise.resolve();
    const end = (settle: () => void) => {
      worker.removeAllListeners('message').off('error', failed);
      // The service may end while it waits.
      worker.unref();
      idle = setTimeout(stopThread, IDLE_MS).unref();
      settle();
    };
    const failed = (error: Error) => end(() => reject(error));
    worker.once('error', failed).on('message', (answer: Answer) => {
      if ('bytes' in answer) taken = taken.then(() => take(answer));
      else if ('failed' in answer) failed(answer.failed);
      else taken.then(() => end(resolve), failed);
      // Told of when the thread is done.
      taken.catch(() => undefined);
    });
    worker.postMessage(job);
  });
}

function startThread(): Worker {
  const worker = new Worker(THREAD, { resourceLimits: LIMITS });
  // Whoever waits for it is told as well; without anybody waiting it is no error of the service.
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    if (thread === worker) thread = null;
  });
  return worker;
}

function stopThread(): void {
  void thread?.terminate();
  thread = null;
}
