import { composeReport } from '../../analytics/report/compose.js';
import type { Block, Language, ReportModel, Section } from '../../analytics/report/model.js';
import type { DrawnChart, PrintedReport } from '../../src/modules/reports/render/printed-report.js';
import { anInput, month, planned, type Given } from '../analytics/report/an-input.js';

/** Of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const MONTHS = [
  month('2023-11', 'CM1', 'resource', { price_reduction: '600000', turnover: '30000000' }),
  month('2023-12', 'CM1', 'resource', { price_reduction: '830000', usage_saving: '250000', turnover: '40450000' }),
  month('2023-12', 'CM2', 'market', { price_reduction: '-25100.05', turnover: '1000' }),
];

export const aModel = (given: Given = {}, more: Partial<ReportModel> = {}): ReportModel => ({
  ...composeReport(
    anInput('2023-12', { months: MONTHS, plan: [planned('2023-12', 'CM1', 'resource', '1000000')], ...given }),
  ),
  ...more,
});

export function printed(model: ReportModel, language: Language = 'zh'): PrintedReport {
  return { ...{ id: '12', model, sha256: 'ab'.repeat(32), language, baseUrl: '' }, charts: drawn(model) };
}

function drawn({ restatement, sections, annexes }: ReportModel): ReadonlyMap<string, DrawnChart> {
  const all: readonly Section[] = [...(restatement === null ? [] : [restatement]), ...sections, ...annexes];
  const charts = all.flatMap(({ blocks }) => blocks).filter((block: Block) => block.kind === 'chart');
  return new Map(charts.map(({ id }) => [id, { svg: '<svg/>', png: PNG, width: 900, height: 450 }]));
}
