import { Caller } from './http-client.js';
import { untilAccepted } from './mine-data.js';

/** What the service does with a file, in this order; `receive` until it has answered 202. */
export const PHASES = ['receive', 'queued', 'reading', 'checking', 'posting'] as const;
export type Phase = (typeof PHASES)[number];

export interface WatchedImport {
  /** From the first byte sent to the first look that found it accepted. */
  readonly ms: number;
  /** Milliseconds in each phase, as exact as the looks are frequent. What follows `posting` (the commit) counts with it. */
  readonly phasesMs: Readonly<Record<Phase, number>>;
}

/** Hands a file of records in and watches it until it is accepted. */
export async function watchImport(caller: Caller, file: string, rows: number, everyMs: number): Promise<WatchedImport> {
  const phasesMs: Record<Phase, number> = { receive: 0, queued: 0, reading: 0, checking: 0, posting: 0 };
  const begun = performance.now();
  const id = await caller.upload('records', file);
  let last = performance.now();
  let current: Phase = 'queued';
  phasesMs.receive = last - begun;
  const { accepted } = await untilAccepted(caller, id, everyMs, (state) => {
    const now = performance.now();
    // The time since the last look belongs to what was then under way; what is over within one look is seen nowhere.
    phasesMs[current] += now - last;
    last = now;
    current = PHASES.find((phase) => phase === state.phase) ?? current;
  });
  const ms = last - begun;
  if (accepted !== rows) throw new Error(`${accepted} records were accepted, not ${rows}`);
  return { ms, phasesMs };
}
