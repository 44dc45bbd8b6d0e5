/** Names in a row, as a sentence has them. */
import type { Said } from '../model.js';

/** More than a reader takes in at once. */
const LISTED = 10;

/** `A、B、C`; beyond ten `…等`, since how many there are stands beside it as a figure. */
export function listed(names: readonly Said[]): Said {
  const shown = names.slice(0, LISTED);
  const isWhole = shown.length === names.length;
  return {
    zh: shown.map(({ zh }) => zh).join('、') + (isWhole ? '' : '等'),
    en: shown.map(({ en }) => en).join(', ') + (isWhole ? '' : ' and others'),
  };
}
