/** Words that only the workbook has. */
import type { Language, ReportModel, Said, Unit } from '../../../../../analytics/report/model.js';
import type { OutSheet } from '../../../../platform/xlsx-out/sheet-xml.js';

export const OFFICE: Said = { zh: '【综合办公室】', en: '[General office] ' };
/** Beside a sentence: to the figures in it. */
export const GO: Said = { zh: '溯源', en: 'Trace' };
export const TRACE: Said = { zh: '溯源码', en: 'Trace code' };
export const ROW_NUMBER: Said = { zh: '行次', en: 'Row' };
export const COLUMN_NUMBER: Said = { zh: '栏次', en: 'Col.' };
export const DATA: Said = { zh: '数据', en: 'Cells' };
export const DATA_NOTE: Said = {
  zh: '报告中每个数的来源。数值为元或比率（电子表格最多存15位数字，其余舍去；精确值见文本列），各表的公式取自这里。',
  en: 'Where each figure of the report comes from. Values are yuan or ratios (a spreadsheet holds 15 digits, the rest is cut off; the exact value stands beside as text); the formulas of all tables look here.',
};

/** Of the sheet of data, in the order of its columns. */
export const DATA_HEADERS: readonly Said[] = [
  TRACE,
  { zh: '章节', en: 'Section' },
  { zh: '数值', en: 'Value' },
  { zh: '数值单位', en: 'Unit of value' },
  { zh: '列示', en: 'As printed' },
  { zh: '列示单位', en: 'Unit as printed' },
  { zh: '精确值', en: 'Exact value' },
  { zh: '来源', en: 'Source' },
  { zh: '无数的原因', en: 'Why there is none' },
];

const YUAN: Said = { zh: '元', en: 'yuan' };
const RATIO: Said = { zh: '比率', en: 'ratio' };
/** Of the exact value, whatever it is printed in. */
export const VALUE_UNITS: Readonly<Record<Unit, Said>> = {
  ...{ wan: YUAN, yuan: YUAN, percent: RATIO, points: RATIO, index: RATIO },
  number: { zh: '个', en: 'number' },
  yuanPerTonne: { zh: '元/吨', en: 'yuan per tonne' },
};

export const annexTitle = (at: number, title: string, language: Language): string =>
  language === 'zh' ? `附件${at + 1} ${title}` : `Annex ${at + 1} ${title}`;

export type PageWords = Pick<OutSheet, 'header' | 'footer'>;

/** A draft says so on every page. */
export function pageWords({ state, title }: ReportModel, language: Language): PageWords {
  const draft = { zh: '未结账（草稿）', en: 'Draft: not closed' }[language];
  return { header: state === 'draft' ? draft : title[language], footer: title[language] };
}
