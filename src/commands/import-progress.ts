import type { OnProgress } from '../modules/intake/index.js';
import type { Progress } from '../platform/terminal/progress.js';

const PHASES = { reading: '读取', checking: '检查', posting: '入账' } as const;

/** Shows the phases of an import. */
export function showing(progress: Progress): OnProgress {
  let current: string | null = null;
  return (phase, rows) => {
    if (phase !== current) progress.begin(PHASES[phase], null);
    current = phase;
    progress.advance(rows, rows);
  };
}
