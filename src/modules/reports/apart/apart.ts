/**
 * Reports are made in a process of their own: seconds of work in which the service goes on answering, memory that is bounded
 * and given back when no report is made for a while, and no secret within reach of an office's template.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../platform/errors/app-error.js';
import { doWork, type HandOver, type Piece, type Work } from './work.js';

/** Compiled it stands beside this file. Run from its source the service has no other process to load it in, and works here. */
const PROCESS = new URL('./process.js', import.meta.url);

/** Far more than a report of 200 departments needs; with such a bound garbage is collected before it doubles. */
const HEAP = ['--max-old-space-size=160', '--max-semi-space-size=8'] as const;
/** All of its environment. Where glibc is, memory beside the heap is given back as soon as it is free. */
const NATIVE_MEMORY = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };
const IDLE_MS = 60_000;
/** No report takes a tenth of it. */
const PATIENCE_MS = 5 * 60_000;

/** What the process answers. */
export type Answer = Piece | { readonly failed: Error } | { readonly isDone: true };

export class Apart {
  private child: ChildProcess | null = null;
  private idle: NodeJS.Timeout | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly program = PROCESS) {}

  /**
   * One work after the other, each piece handed over as it is done.
   * @throws AppError `report_not_written` where the process ended before it was done
   */
  do(work: Work, handOver: HandOver): Promise<void> {
    const turn = this.last.then(() => (this.hasProgram ? this.inProcess(work, handOver) : doWork(work, handOver)));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** After the last request and the last draft, which may wait for it. */
  onApplicationShutdown(): void {
    clearTimeout(this.idle);
    this.child?.kill('SIGKILL');
  }

  private get hasProgram(): boolean {
    return existsSync(fileURLToPath(this.program));
  }

  private inProcess(work: Work, handOver: HandOver): Promise<void> {
    const child = this.wake();
    return new Promise<void>((resolve, reject) => {
      let handedOver: Promise<void> = Promise.resolve();
      const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      const end = (settle: () => void) => {
        clearTimeout(patience);
        child.removeAllListeners('message').off('exit', ended);
        this.rest(child);
        settle();
      };
      const failed = (error: Error) => end(() => reject(error));
      const ended = () => failed(new AppError('unavailable', 'report_not_written'));
      child.once('exit', ended).on('message', (answer: Answer) => {
        if ('bytes' in answer) handedOver = handedOver.then(() => handOver(answer));
        else if ('failed' in answer) failed(answer.failed);
        else handedOver.then(() => end(resolve), failed);
        // Told of when the process is done.
        handedOver.catch(() => undefined);
      });
      child.send(work);
    });
  }

  private wake(): ChildProcess {
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    child.ref();
    child.channel?.ref();
    return child;
  }

  /** The service may end while it waits. */
  private rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.idle = setTimeout(() => child.kill('SIGKILL'), IDLE_MS).unref();
  }

  private start(): ChildProcess {
    const child = fork(this.program, [], {
      ...{
        execArgv: [...HEAP],
        env: NATIVE_MEMORY,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    });
    const forget = () => {
      if (this.child === child) this.child = null;
    };
    // What cannot be sent to it ends with it.
    return child.once('exit', forget).on('error', () => child.kill('SIGKILL'));
  }
}
