/** What a report's time goes to: its documents written once more, from the stored model, in this process. */
import type { Language, ReportModel } from '../analytics/report/model.js';
import { drawCharts } from '../src/modules/reports/render/draw-charts.js';
import { RENDERERS, type Rendered } from '../src/modules/reports/render/renderers.js';
import type { Caller } from './support/http-client.js';
import { printTable, shown } from './support/report.js';
import { median } from './support/statistics.js';

const LANGUAGE: Language = 'zh';
/** The first of which warms. */
const TIMES = 4;

export async function printParts(
  caller: Caller,
  id: string,
  formats: readonly (keyof typeof RENDERERS)[],
): Promise<void> {
  const modelBytes = await caller.get(`/api/v1/reports/${id}.json`);
  const model = JSON.parse(modelBytes.toString()) as ReportModel;
  const charts = await medianMs(() => drawCharts(model, LANGUAGE));
  const rendered: Rendered = {
    printed: { id, model, sha256: '', language: LANGUAGE, baseUrl: '', charts: await drawCharts(model, LANGUAGE) },
    ...{ template: null, modelBytes },
  };
  const rows = [['图 charts', shown(charts, 0), shown(rendered.printed.charts.size, 0)]];
  for (const format of formats) {
    const [ms, bytes] = [await medianMs(() => RENDERERS[format](rendered)), await sizeOf(caller, id, format)];
    rows.push([format, shown(ms, 0), shown(bytes, 0)]);
  }
  printTable(
    '各部分，另行计时 The parts, timed apart',
    ['', '毫秒 ms', '字节（图：张） bytes (charts: how many)'],
    rows,
  );
}

/** As the service stored it. */
const sizeOf = async (caller: Caller, id: string, format: string): Promise<number> =>
  (await caller.get(`/api/v1/reports/${id}.${format}`)).length;

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return median(times.slice(1));
}
