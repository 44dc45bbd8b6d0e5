/**
 * What all drawings share. A chart becomes ECharts options as plain data, so that the page and the documents draw the same.
 * Lengths are JavaScript numbers, since pixels are; what is printed beside them is always the figure as the report shows it.
 */
import { invariant } from '../../kernel/invariant.js';
import type { Figure, Language, Unit } from '../model.js';
import { UNIT_WORDS } from '../words/units.js';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };
export type ChartOption = Readonly<Record<string, Plain>>;
export type FiguresById = ReadonlyMap<string, Figure>;

/** Blue for value and red for cost that rises; each differs from the others in grey too, and none stands without a word. */
export const INK = {
  ...{ text: '#1f1f1f', quiet: '#595959', axis: '#8c8c8c', grid: '#e3e3e3', paper: '#ffffff', none: 'rgba(0,0,0,0)' },
  ...{ level: '#4d5a6b', value: '#7fb0e0', valueDark: '#2c6cb0', loss: '#e58f86', gap: '#f4f4f4', black: '#000000' },
} as const;

/** Oblique strokes for what went wrong, dots for what is not known: they tell bars apart where colours do not print. */
export const STROKES = {
  ...{ symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0.7854, color: 'rgba(0,0,0,0.55)' },
} as const;
export const DOTS = {
  ...{ symbol: 'circle', symbolSize: 0.6, dashArrayX: [[6, 6]], dashArrayY: [6, 6, 3], color: 'rgba(0,0,0,0.6)' },
} as const;

/** Family of the font that the service installs; a page without it falls back to what reads Chinese. */
export const FONT_FAMILY = 'Noto Sans SC';
export const TEXT = { fontFamily: `${FONT_FAMILY}, Microsoft YaHei, sans-serif`, fontSize: 12, color: INK.text };
export const SMALL = { fontFamily: TEXT.fontFamily, fontSize: 11, color: INK.text };

/** Of every drawing: still, on white, as wide as a page's text. */
export const SHEET = { animation: false, backgroundColor: INK.paper, textStyle: TEXT } as const;
export const WIDTH = 720;

const FACTORS: Readonly<Partial<Record<Unit, number>>> = { wan: 0.0001, percent: 100, points: 100, index: 100 };
/** A figure without a value: nothing is drawn there. */
export const NOTHING = '-';

export function figureOf(figures: FiguresById, id: string): Figure {
  const figure = figures.get(id);
  invariant(figure !== undefined, `a chart draws figure ${id}, which the report does not have`);
  return figure;
}

/** In the unit that is printed; null where the figure has no value. */
export function lengthOf(figures: FiguresById, id: string): number | null {
  const { exact, unit } = figureOf(figures, id);
  return exact === null ? null : Number(exact) * (FACTORS[unit] ?? 1);
}

/** The unit of a chart is that of its first figure. */
export const unitName = (figures: FiguresById, id: string | undefined, language: Language): string =>
  id === undefined ? '' : UNIT_WORDS[figureOf(figures, id).unit][language];

const ELLIPSIS = '…';

/** Width of a text in ems: Chinese is square, the rest about half of that. */
export const emsOf = (text: string): number => [...text].reduce((width, sign) => width + emsOfSign(sign), 0);
const emsOfSign = (sign: string): number => (sign.codePointAt(0)! >= 0x2e80 ? 1 : 0.6);

/** A label on one line of at most `ems`; what is longer ends in “…”. */
export function shortened(label: string, ems: number): string {
  const line = label.replace(/\p{Cc}+/gu, ' ');
  if (emsOf(line) <= ems) return line;
  let [kept, width] = ['', emsOf(ELLIPSIS)];
  for (const sign of line) {
    width += emsOfSign(sign);
    if (width > ems) break;
    kept += sign;
  }
  return kept + ELLIPSIS;
}

/** An axis of names down the left side, the first on top. */
export const namesDown = (names: readonly string[], ems: number): ChartOption => ({
  ...{ type: 'category', inverse: true, data: names.map((name) => shortened(name, ems)) },
  ...{ axisTick: { show: false }, axisLine: { lineStyle: { color: INK.axis } } },
  axisLabel: { ...TEXT, interval: 0 },
});

/** Room that such an axis takes, in pixels. */
export const roomForNames = (names: readonly string[], ems: number): number =>
  Math.ceil(Math.max(...names.map((name) => Math.min(emsOf(name), ems)), 4) * TEXT.fontSize) + 14;

/** A column of printed figures down the right side, beside their bars, where no bar can run into them. `gap`: above it. */
export const figuresDown = (title: string, shown: readonly string[], gap = 8): ChartOption => ({
  ...{ type: 'category', inverse: true, position: 'right', data: [...shown] },
  ...{
    name: title,
    nameLocation: 'start',
    nameGap: gap,
    nameMoveOverlap: false,
    nameTextStyle: { ...SMALL, align: 'left', padding: [0, 0, 0, 6] },
  },
  ...{ axisTick: { show: false }, axisLine: { show: false, onZero: false }, axisLabel: { ...SMALL, interval: 0 } },
});

export const valueAxis = (name: string): ChartOption => ({
  ...{ type: 'value', name, nameTextStyle: SMALL, axisLabel: SMALL },
  splitLine: { lineStyle: { color: INK.grid } },
});

export const legendOf = (names: readonly string[]): ChartOption => ({
  ...{ top: 4, left: 'center', bottom: 'auto', itemWidth: 24, itemHeight: 12, itemGap: 22 },
  ...{ textStyle: TEXT, data: [...names] },
});
