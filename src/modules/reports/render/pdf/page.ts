/** The page of an official document (GB/T 9704-2012), in points. */
import type { Definition, Margin, Node, Style } from 'pdfmake';
import type { Language, ReportModel } from '../../../../../analytics/report/model.js';
import type { PrintedReport } from '../printed-report.js';
import { PAGE_WORDS, traceWords } from './words.js';

const MILLIMETRE = 72 / 25.4;
const MARGINS: Margin = [28 * MILLIMETRE, 37 * MILLIMETRE, 26 * MILLIMETRE, 35 * MILLIMETRE];
/** 156 × 225 mm. */
export const TEXT_WIDTH = 156 * MILLIMETRE;
export const TEXT_HEIGHT = 225 * MILLIMETRE;

export const FONT = 'Noto';
/** Height of a line of the font by its size. */
const NATURAL_LINE = 1.448;

/** 三号 on lines of 28.95 pt: 22 lines of 28 characters. English takes less room. */
const BODY = { zh: { fontSize: 16, line: 28.95 }, en: { fontSize: 11.5, line: 18 } } as const;

export function bodyStyle(language: Language): Style {
  const { fontSize, line } = BODY[language];
  return { fontSize, lineHeight: line / (fontSize * NATURAL_LINE), alignment: language === 'zh' ? 'justify' : 'left' };
}

/** Two characters. */
export const indentOf = (language: Language): number => (language === 'zh' ? 2 * BODY.zh.fontSize : 0);

/** Anything a draft is dated by would be another day's bytes. */
const DRAFT_DATE = '2000-01-01';

/** The same report makes the same bytes: its dates are its own, and its identifier is made of them and the rest. */
export function pageOf(report: PrintedReport, content: readonly Node[]): Definition {
  const { model, language } = report;
  const date = new Date(`${model.date ?? DRAFT_DATE}T00:00:00Z`);
  return {
    ...{ pageSize: 'A4', pageMargins: MARGINS, displayTitle: true, language: language === 'zh' ? 'zh-CN' : 'en' },
    info: {
      ...{ title: model.title[language], author: model.mine.name, subject: `${report.id} ${report.sha256}` },
      ...{ creationDate: date, modDate: date },
    },
    defaultStyle: { font: FONT, ...bodyStyle(language) },
    ...draftMarks(model, language),
    footer: (page) => footerOf(report, page),
    content,
  };
}

/** On every page of a draft; light enough to read through. */
function draftMarks({ state }: ReportModel, language: Language): Partial<Pick<Definition, 'header' | 'watermark'>> {
  if (state === 'final') return {};
  const text = PAGE_WORDS.draft[language];
  const header = { text, fontSize: 12, bold: true, alignment: 'right', margin: [0, 60, MARGINS[2], 0] } as const;
  return { header: () => ({ ...header }), watermark: { text, color: '#808080', opacity: 0.08 } };
}

/** — 1 —, odd pages to the right and even ones to the left, a character in; above it how a figure is found again. */
function footerOf({ id, language }: PrintedReport, page: number): Node {
  const [left, , right] = MARGINS;
  const isOdd = page % 2 === 1;
  return {
    margin: [left, 14, right, 0],
    stack: [
      { text: traceWords(id)[language], fontSize: 8, lineHeight: 1, alignment: 'left', color: '#404040' },
      {
        ...{ text: `— ${page} —`, fontSize: 14, lineHeight: 1, alignment: isOdd ? 'right' : 'left' },
        margin: isOdd ? [0, 6, 14, 0] : [14, 6, 0, 0],
      },
    ],
  };
}
