import { cutToWidth } from './display-width.js';
import type { Output } from './terminal.js';

const BAR_CELLS = 24;
const REDRAW_MS = 100;
/** Without a total there are no tenths to report by, so a pipe hears at most this often. */
const PLAIN_LINE_MS = 10_000;
const ERASE_LINE = '\r\u001b[K';

interface Phase {
  readonly name: string;
  readonly total: number | null;
  readonly unit: string;
  readonly startedMs: number;
  done: number;
  rows: number;
  /** Tenths of the total already reported in a pipe. */
  tenths: number;
  shownMs: number;
}

/**
 * Says how far a long command is: one line redrawn in place on a terminal, a plain line per tenth in a pipe.
 * Each phase says its name, rows and rows per second. `nowMs` is any clock that only goes forward.
 */
export class Progress {
  private phase: Phase | null = null;

  constructor(
    private readonly output: Output,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /**
   * Ends the phase before and begins one. `total` is in the units of `advance` (bytes, rows …), null where unknown;
   * `unit` is what is counted where that is not rows.
   */
  begin(name: string, total: number | null, unit = '行'): void {
    this.end();
    const now = this.nowMs();
    this.phase = { name, total, unit, startedMs: now, done: 0, rows: 0, tenths: 0, shownMs: Number.NEGATIVE_INFINITY };
    if (this.output.isTTY) this.redraw(this.phase, now);
  }

  /** How much of the phase is done, and the rows so far; both count from the phase's beginning. */
  advance(done: number, rows: number): void {
    const phase = this.phase;
    if (phase === null) return;
    phase.done = done;
    phase.rows = rows;
    const now = this.nowMs();
    if (this.output.isTTY) {
      if (now - phase.shownMs >= REDRAW_MS) this.redraw(phase, now);
    } else this.speakPlainly(phase, now);
  }

  /** Ends the phase with its final figures; nothing happens where none is open. */
  end(): void {
    const phase = this.phase;
    if (phase === null) return;
    this.phase = null;
    const erase = this.output.isTTY ? ERASE_LINE : '';
    this.output.write(`${erase}${phase.name} ${figures(phase, this.nowMs())}\n`);
  }

  private redraw(phase: Phase, now: number): void {
    phase.shownMs = now;
    const share = shareOf(phase);
    const filled = share === null ? 0 : Math.floor(share * BAR_CELLS);
    const bar = share === null ? '' : `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}] ${percent(share)} `;
    // A line that wraps could not be erased again.
    const line = cutToWidth(`${phase.name} ${bar}${figures(phase, now)}`, (this.output.columns ?? 80) - 1);
    this.output.write(ERASE_LINE + line);
  }

  private speakPlainly(phase: Phase, now: number): void {
    const share = shareOf(phase);
    const tenths = share === null ? 0 : Math.floor(share * 10);
    // The last tenth is told by `end`.
    const isDue =
      share === null ? now - Math.max(phase.shownMs, phase.startedMs) >= PLAIN_LINE_MS : tenths > phase.tenths;
    if (!isDue || tenths === 10) return;
    phase.tenths = tenths;
    phase.shownMs = now;
    this.output.write(`${phase.name} ${share === null ? '' : `${percent(share)} `}${figures(phase, now)}\n`);
  }
}

function shareOf({ done, total }: Phase): number | null {
  return total === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total));
}

const percent = (share: number) => `${Math.floor(share * 100)}%`.padStart(4);

function figures({ rows, unit, startedMs }: Phase, now: number): string {
  const seconds = (now - startedMs) / 1000;
  const perSecond = seconds > 0 ? Math.round(rows / seconds) : 0;
  return `${grouped(rows)} ${unit}, ${grouped(perSecond)} ${unit}/秒`;
}

const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
