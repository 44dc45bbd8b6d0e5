/** That a report says what the service answers: each figure that is a sum, asked for by its own place. */
import { expect } from '@jest/globals';
import { exact, fixed } from '../../analytics/kernel/exact.js';
import type { Place, ReportModel } from '../../analytics/report/model.js';
import type { Measure } from '../../analytics/synergy/measures.js';

/** Totals by measure, in yuan to the fen, of a place as reported. */
export type Answering = (place: Place) => Promise<Readonly<Record<Measure, string>>>;

/** Answers how many figures were compared. */
export async function expectAsAnswered({ figures }: Pick<ReportModel, 'figures'>, answer: Answering): Promise<number> {
  const answers = new Map<string, ReturnType<Answering>>();
  let compared = 0;
  for (const { id, exact: value, source } of figures) {
    if (source.kind !== 'sum' || value === null) continue;
    const place = JSON.stringify(source.place);
    if (!answers.has(place)) answers.set(place, answer(source.place));
    const total = await answers.get(place)!;
    const said = fixed(exact(value), 2);
    expect({ id, place, measure: source.measure, yuan: said }).toMatchObject({ yuan: total[source.measure] });
    compared += 1;
  }
  return compared;
}

/** The place as `GET /synergy` is asked for it. */
export function queryOf({ periods: { from, to }, ...filter }: Place): Record<string, string> {
  return { ...filter, period: from === to ? from : `${from}..${to}`, by: '', asOf: 'reported' };
}
