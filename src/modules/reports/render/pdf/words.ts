/** What the printed page says around the model's own words. */
import type { Language, Said } from '../../../../../analytics/report/model.js';

const words = (zh: string, en: string): Said => ({ zh, en });

export const PAGE_WORDS = {
  draft: words('未结账', 'NOT CLOSED'),
  rowNo: words('行次', 'Line'),
  columnNo: words('栏次', 'Column'),
  unit: words('单位：', 'Unit: '),
  annex: words('附件', 'Annex '),
  annexes: words('附件：', 'Annexes: '),
  office: words('【综合办公室】', '[General office] '),
  absentValue: words('“—”：', '“—”: '),
  nothing: words('无', 'none'),
} as const;

/** 溯源码: how a figure on this page is found again. */
export const traceWords = (id: string): Said =>
  words(`溯源码：${id}-〔角标〕或 ${id}-〔行次〕.〔栏次〕`, `Trace code: ${id}-[superscript] or ${id}-[line].[column]`);

/** 2024年1月5日, without leading zeros (GB/T 9704). */
export function dateWords(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  return language === 'zh' ? `${year}年${month}月${day}日` : date;
}

export const versionWords = (version: number): Said => words(`第${version}版`, `Version ${version}`);
