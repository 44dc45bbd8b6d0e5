import { Injectable } from '@nestjs/common';

/** What a check found; the facts are shown beside its state. */
export interface CheckResult {
  readonly isReady: boolean;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface CheckState {
  readonly status: 'up' | 'down';
  readonly facts?: Readonly<Record<string, string | number>>;
}

const PATIENCE_MS = 2000;

/** What must work before requests are sent here. A module adds its own part: `readiness.add('queue', () => …)`. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, () => Promise<CheckState>>();

  add(name: string, check: () => Promise<CheckResult>): void {
    if (this.checks.has(name)) throw new Error(`two checks are named ${name}`);
    this.checks.set(name, onceAtATime(check));
  }

  /** Every part's state; one that does not answer within two seconds is down. */
  async look(): Promise<{ isReady: boolean; checks: Record<string, CheckState> }> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await withinPatience(check())] as const),
    );
    return { isReady: entries.every(([, { status }]) => status === 'up'), checks: Object.fromEntries(entries) };
  }
}

const DOWN: CheckState = { status: 'down' };

/** A part that hangs is asked once, however often the state is asked for: probes must not use up its connections. */
function onceAtATime(check: () => Promise<CheckResult>): () => Promise<CheckState> {
  let running: Promise<CheckState> | null = null;
  return () =>
    (running ??= check()
      .then(
        ({ isReady, facts }): CheckState => ({ status: isReady ? 'up' : 'down', ...(facts ? { facts } : {}) }),
        () => DOWN,
      )
      .finally(() => (running = null)));
}

async function withinPatience(state: Promise<CheckState>): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<CheckState>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', facts: { timeoutMs: PATIENCE_MS } }), PATIENCE_MS);
  });
  try {
    return await Promise.race([state, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
