/** Sentences as runs: words, and figures that keep their id wherever they stand. */
import type { Run, Said } from './model.js';

/** say`协同${figure}万元`: neighbouring words become one run. */
export function say(words: TemplateStringsArray, ...parts: readonly (Run | readonly Run[])[]): Run[] {
  return joined(words.flatMap((word, at) => [word, ...[parts[at] ?? []].flat()]));
}

/** Runs one after the other. */
export function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const before = all.at(-1);
    if (run === '') continue;
    if (typeof run === 'string' && typeof before === 'string') all[all.length - 1] = before + run;
    else all.push(run);
  }
  return all;
}

/** A name is the same in both languages. */
export const named = (name: string): Said => ({ zh: name, en: name });
