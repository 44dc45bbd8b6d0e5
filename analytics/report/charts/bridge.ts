/**
 * From baseline to actual: a saving leads down, overspending up. What was measured against nothing, and what was not
 * reported, stand beside it on a scale of their own: often they dwarf every saving, which could not be read beside them.
 */
import type { Bar, Chart, Language } from '../model.js';
import { DOTS, INK, NOTHING, SHEET, SMALL, STROKES, WIDTH, emsOf } from './drawing.js';
import { figureOf, legendOf, lengthOf, shortened, unitName, valueAxis } from './drawing.js';
import type { ChartOption, FiguresById, Plain } from './drawing.js';
import { CHART_WORDS } from './words.js';

type Bridge = Extract<Chart, { shape: 'bridge' }>;
type Look = 'level' | 'saving' | 'loss' | 'gap';

interface Span {
  readonly look: Look;
  readonly from: number;
  readonly to: number;
}

interface Cut {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Bars that are read on one scale; `at` counts panels. */
interface Panel {
  readonly at: number;
  readonly bars: readonly Bar[];
  readonly spans: readonly (Span | null)[];
  /** Of an axis that begins above zero; null where it begins at zero. */
  readonly cut: Cut | null;
}

const LOOKS: Readonly<Record<Look, ChartOption>> = {
  level: { color: INK.level },
  saving: { color: INK.value, borderColor: INK.valueDark, borderWidth: 1 },
  loss: { color: INK.loss, borderColor: INK.text, borderWidth: 1, decal: STROKES },
  gap: { color: INK.gap, borderColor: INK.quiet, borderWidth: 1, borderType: 'dashed', decal: DOTS },
};
const LOOKS_IN_ORDER = ['level', 'saving', 'loss', 'gap'] as const;

/** In pixels: beside the drawing, between its panels, and of a bar with its room. */
const [LEFT, RIGHT, BETWEEN, COLUMN] = [64, 8, 30, 61];

export function bridge({ bars }: Bridge, figures: FiguresById, language: Language): ChartOption {
  const panels = panelsOf(bars, figures);
  const unit = unitName(figures, bars[0]?.figure, language);
  const drawn = panels.flatMap(({ spans }) => spans).filter((span) => span !== null && span.from !== span.to);
  const looks = LOOKS_IN_ORDER.filter((look) => drawn.some((span) => span?.look === look));
  const column = columnWidth(bars, figures);
  return {
    ...SHEET,
    legend: legendOf(looks.map((look) => CHART_WORDS[look][language])),
    grid: panels.map((panel) => gridOf(panel, panels, column)),
    xAxis: panels.map((panel) => namesOf(panel, column, language)),
    yAxis: panels.map((panel) => lengthsOf(panel, unit, language)),
    series: panels.flatMap((panel) => [
      ...barsOf(panel, looks, language),
      ...(panel.cut === null ? [] : [cutsOf(panel, panel.cut, column)]),
      labelsOf(panel, figures, language),
    ]),
  };
}

/** In pixels: a bar for each figure, as wide as the longest. */
export const bridgeWidth = ({ bars }: Bridge, figures: FiguresById): number =>
  Math.max(WIDTH, Math.ceil(LEFT + BETWEEN + RIGHT + bars.length * columnWidth(bars, figures)));

const columnWidth = (bars: readonly Bar[], figures: FiguresById): number =>
  Math.max(COLUMN, ...bars.map(({ figure }) => emsOf(figureOf(figures, figure).shown) * SMALL.fontSize + 4));

/** The bridge; and the gaps, where there are any. */
function panelsOf(bars: readonly Bar[], figures: FiguresById): Panel[] {
  const [own, gaps] = [bars.filter(({ role }) => role !== 'gap'), bars.filter(({ role }) => role === 'gap')];
  const spans = spansOf(own, figures);
  const cut = cutOf(spans.filter((span) => span !== null));
  return [
    { at: 0, bars: own, spans, cut },
    ...(gaps.length === 0 ? [] : [{ at: 1, bars: gaps, spans: spansOf(gaps, figures), cut: null }]),
  ];
}

function spansOf(bars: readonly Bar[], figures: FiguresById): (Span | null)[] {
  let level = 0;
  return bars.map(({ role, figure }) => {
    const length = lengthOf(figures, figure);
    if (length === null) return null;
    if (role === 'gap') return { look: 'gap', from: 0, to: length };
    const from = role === 'level' ? 0 : level;
    level = role === 'level' ? length : level - length;
    return { look: role === 'level' ? 'level' : length < 0 ? 'loss' : 'saving', from, to: level };
  });
}

/** Where steps are small beside what they lead from, the axis begins above zero, and says so. With room for what is printed. */
function cutOf(spans: readonly Span[]): Cut | null {
  const ends = spans.flatMap(({ look, from, to }) => (look === 'level' ? [to] : [from, to]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const range = high - low;
  if (spans.length < 2 || low <= 0 || range === 0 || range > high / 2) return null;
  const [from, to] = [low - range / 2, high + range / 3];
  const interval = evenStep((to - from) / 4);
  const min = Math.floor(from / interval) * interval;
  return min <= 0 ? null : { min, max: Math.ceil(to / interval) * interval, interval };
}

/** The next of 1, 2, 5, 10 and so on. */
function evenStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((step) => step * power >= least)!;
}

function gridOf({ at, bars }: Panel, panels: readonly Panel[], column: number): ChartOption {
  const gaps = panels[1]?.bars.length ?? 0;
  const [top, bottom] = [72, 52];
  if (at === 1) return { top, bottom, right: RIGHT, width: bars.length * column };
  return { top, bottom, left: LEFT, right: RIGHT + (gaps === 0 ? 0 : gaps * column + BETWEEN) };
}

/** Three short lines; in English each word must find room on one. */
const LABEL_EMS = 15;
const NAME_SIZE: Readonly<Record<Language, number>> = { zh: 11, en: 9.5 };

/** Below the drawing also where bars lead below zero. */
const namesOf = ({ at, bars }: Panel, column: number, language: Language): ChartOption => ({
  ...{ type: 'category', gridIndex: at, data: bars.map(({ label }) => shortened(label[language], LABEL_EMS)) },
  ...{ axisTick: { show: false }, axisLine: { onZero: false, lineStyle: { color: INK.axis } } },
  axisLabel: {
    ...{ ...SMALL, fontSize: NAME_SIZE[language], interval: 0, lineHeight: 15 },
    ...{ width: column - 2, overflow: 'break' },
  },
});

function lengthsOf({ at, cut, spans }: Panel, unit: string, language: Language): ChartOption {
  // Room for what is printed above the highest bar, and below the lowest.
  const room = { gridIndex: at, boundaryGap: [isBelowZero(spans) ? '12%' : 0, '14%'] };
  if (at === 1) {
    const own = { ...valueAxis(CHART_WORDS.ownScale[language]), ...room, axisLabel: { show: false } };
    return { ...own, nameTextStyle: { ...SMALL, align: 'left' }, splitLine: { show: false } };
  }
  const name = cut === null ? unit : `${unit}  ${CHART_WORDS.cutAxis[language]}`;
  const nameTextStyle = { ...SMALL, align: 'left', padding: [0, 0, 0, 6 - LEFT] };
  return { ...valueAxis(name), ...room, nameTextStyle, ...cut };
}

const isBelowZero = (spans: Panel['spans']): boolean =>
  spans.some((span) => span !== null && Math.min(span.from, span.to) < 0);

/** Bars that float: an unseen one carries each. One that crosses zero has a part on either side. */
function barsOf({ at, spans }: Panel, looks: readonly Look[], language: Language): ChartOption[] {
  const stacked = {
    ...{ type: 'bar', stack: `bridge-${at}`, xAxisIndex: at, yAxisIndex: at, barWidth: '62%', silent: true },
  } as const;
  const unseen = spans.map((span) => (span === null ? NOTHING : carrierOf(span)));
  const parts = looks.flatMap((look) =>
    [upperPart, lowerPart].map((part) => ({
      ...stacked,
      ...{ name: CHART_WORDS[look][language], itemStyle: LOOKS[look] },
      data: spans.map((span) => (span?.look === look ? part(span) : NOTHING)),
    })),
  );
  return [
    {
      ...{ ...stacked, itemStyle: { color: INK.none }, data: unseen },
      ...(isBelowZero(spans) ? { markLine: ZERO_LINE } : {}),
    },
    ...parts.filter(({ data }) => data.some(isDrawn)),
  ];
}

const isDrawn = (part: Plain): boolean => part !== NOTHING;

/** The names stand at the foot, so that zero is a line of its own. */
const ZERO_LINE: ChartOption = {
  ...{ silent: true, symbol: 'none', label: { show: false }, data: [{ yAxis: 0 }] },
  lineStyle: { color: INK.axis, type: 'solid', width: 1 },
};

function carrierOf({ from, to }: Span): number {
  if (from > 0 && to > 0) return Math.min(from, to);
  return from < 0 && to < 0 ? Math.max(from, to) : 0;
}

function upperPart({ from, to }: Span): number | typeof NOTHING {
  const part = Math.max(from, to, 0) - Math.max(Math.min(from, to), 0);
  return part === 0 ? NOTHING : part;
}

function lowerPart({ from, to }: Span): number | typeof NOTHING {
  const part = Math.min(from, to, 0) - Math.min(Math.max(from, to), 0);
  return part === 0 ? NOTHING : part;
}

/** A zigzag of white through the foot of what stands on an axis that does not begin at zero: it is longer than it is drawn. */
const cutsOf = ({ at, spans }: Panel, { min }: Cut, column: number): ChartOption => ({
  ...{ type: 'scatter', silent: true, xAxisIndex: at, yAxisIndex: at, z: 4 },
  ...{ symbol: ZIGZAG, symbolSize: [column * 0.78, 11], symbolOffset: [0, -16] },
  itemStyle: { color: INK.paper, borderColor: INK.text, borderWidth: 1, opacity: 1 },
  data: spans.flatMap((span, place) => (span?.look === 'level' ? [[place, min]] : [])),
});

const ZIGZAG = 'path://M0,6 L10,0 L20,6 L30,0 L40,6 L50,0 L60,6 L60,11 L50,5 L40,11 L30,5 L20,11 L10,5 L0,11 Z';

/** Above each bar, or below one that leads below zero: the word of a step, and the figure. */
function labelsOf({ at, bars, spans }: Panel, figures: FiguresById, language: Language): ChartOption {
  const data = bars.map(({ role, figure }, place) => {
    const span = spans[place] ?? null;
    const word =
      role === 'step' && span !== null && span.from !== span.to ? `${CHART_WORDS[span.look][language]}\n` : '';
    const formatter = word + figureOf(figures, figure).shown;
    if (span !== null && role !== 'step' && span.to < 0)
      return { value: [place, span.to], label: { formatter, position: 'bottom' } };
    return { value: [place, span === null ? 0 : Math.max(span.from, span.to)], label: { formatter } };
  });
  return {
    ...{ type: 'scatter', silent: true, xAxisIndex: at, yAxisIndex: at, symbolSize: 1, data, z: 5 },
    itemStyle: { color: INK.none, opacity: 1 },
    label: { ...SMALL, show: true, position: 'top', distance: 3, lineHeight: 13 },
  };
}
