/** Sentences with the numbers by which their figures are found. */
import type { Text } from 'pdfmake';
import type { Figure, Run } from '../../../../../analytics/report/model.js';

/** No font has a sign for control characters, and a line breaks where the page does. */
export const bare = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** A figure, and its number above the line. */
export function runsOf(figures: ReadonlyMap<string, Figure>, runs: readonly Run[]): (string | Text)[] {
  return runs.flatMap((run): (string | Text)[] => {
    if (typeof run === 'string') return [bare(run)];
    const { id, shown } = figures.get(run.figure)!;
    return [shown, { text: id, sup: true, color: '#404040' }];
  });
}
