/** What every document of a report shares: the model, who it is for, and the words around it. */
import type { Figure, Language, ReportModel, Run } from '../../../../analytics/report/model.js';

export { UNIT_WORDS } from '../../../../analytics/report/words/units.js';

/** A chart as it was drawn, once for all documents. */
export interface DrawnChart {
  readonly svg: string;
  readonly png: Uint8Array;
  /** Of the picture, in pixels of the SVG; the PNG has twice as many. */
  readonly width: number;
  readonly height: number;
}

export interface PrintedReport {
  /** Of the stored report: figures are found again by `<id>-<figure>`. */
  readonly id: string;
  readonly model: ReportModel;
  /** SHA-256 of the model's canonical JSON, in hex. */
  readonly sha256: string;
  readonly language: Language;
  /** Where the service answers, without a slash at the end; '' makes links relative. */
  readonly baseUrl: string;
  /** By the chart's id. */
  readonly charts: ReadonlyMap<string, DrawnChart>;
}

/** By which `GET /api/v1/lines/:code` finds a figure. */
export const codeOf = ({ id }: Pick<PrintedReport, 'id'>, figure: string): string => `${id}-${figure}`;

export const linkOf = (report: Pick<PrintedReport, 'id' | 'baseUrl'>, figure: string): string =>
  `${report.baseUrl}/api/v1/lines/${codeOf(report, figure)}`;

/** The figures of a report by id. */
export const figuresOf = ({ figures }: ReportModel): ReadonlyMap<string, Figure> =>
  new Map(figures.map((figure) => [figure.id, figure]));

/** Runs as plain text. */
export const textOf = (figures: ReadonlyMap<string, Figure>, runs: readonly Run[]): string =>
  runs.map((run) => (typeof run === 'string' ? run : figures.get(run.figure)!.shown)).join('');

/** Days and months in a Chinese text: no line is broken in one. */
export const datesIn = (text: string): readonly string[] => text.match(/\d{4}年\d{1,2}月(?:\d{1,2}日)?/g) ?? [];

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** 一 to 九十九. Places count from 0. */
export function chineseNumeral(place: number): string {
  const [tens, ones] = [Math.floor((place + 1) / 10), (place + 1) % 10];
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${NUMERALS[tens - 1]!}十`;
  return ten + (ones === 0 ? '' : NUMERALS[ones - 1]!);
}

export const sectionNumber = (place: number, language: Language): string =>
  language === 'zh' ? `${chineseNumeral(place)}、` : `${place + 1}. `;

export const headingNumber = (place: number, language: Language): string =>
  language === 'zh' ? `（${chineseNumeral(place)}）` : `(${place + 1}) `;
