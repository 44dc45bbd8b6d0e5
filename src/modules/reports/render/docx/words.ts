/** Words around the report's own. */
import type { Language, ReportModel, Said, Unit } from '../../../../../analytics/report/model.js';
import { UNIT_WORDS, type PrintedReport } from '../printed-report.js';

/** At the head of every page of a draft. */
export const DRAFT: Said = { zh: '未结账', en: 'Period not closed' };
/** Before the general office's own words. */
export const OFFICE: Said = { zh: '【综合办公室】', en: '[General office] ' };
export const ROW: Said = { zh: '行次', en: 'Row' };
/** Heads the row of the columns' numbers. */
export const COLUMN: Said = { zh: '栏次', en: 'Column' };

export const unitWords = (unit: Unit, language: Language): string =>
  language === 'zh' ? `单位：${UNIT_WORDS[unit].zh}` : `Unit: ${UNIT_WORDS[unit].en}`;

/** How a figure's code is put together, at the foot of every page. */
export const codeWords = ({ id, language }: PrintedReport): string =>
  language === 'zh'
    ? `溯源码：${id}-〔角标〕或 ${id}-〔行次〕.〔栏次〕`
    : `Code of a figure: ${id}-[superscript] or ${id}-[row].[column]`;

/** 附件, or 附件1 where there are several. Places count from 0. */
export function annexNumber(place: number, count: number, language: Language): string {
  const number = count === 1 ? '' : String(place + 1);
  return language === 'zh' ? `附件${number}` : `Annex ${number}`.trim();
}

/** 附件：1.明细表, a line for each and no full stop (GB/T 9704 7.3.4); the lines below the first stand under its number. */
export function annexLines(titles: readonly string[], language: Language): string[] {
  const isOne = titles.length === 1;
  const head = language === 'zh' ? '附件：' : isOne ? 'Annex: ' : 'Annexes: ';
  const gap = language === 'zh' ? '' : ' ';
  return titles.map((title, at) => `${at === 0 ? head : ''}${isOne ? '' : `${at + 1}.${gap}`}${title}`);
}

/** 2024年1月5日; '' for a draft, which has no day. */
export function dayWords({ date }: Pick<ReportModel, 'date'>, language: Language): string {
  if (date === null || language === 'en') return date ?? '';
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
