/** From baseline to actual: a saving leads down, overspending up; what is not in the actual stands on it, as a bar of its own. */
import type { Bar, Chart, Language } from '../model.js';
import { DOTS, INK, NOTHING, SHEET, SMALL, STROKES } from './drawing.js';
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

const LOOKS: Readonly<Record<Look, ChartOption>> = {
  level: { color: INK.level },
  saving: { color: INK.value, borderColor: INK.valueDark, borderWidth: 1 },
  loss: { color: INK.loss, borderColor: INK.text, borderWidth: 1, decal: STROKES },
  gap: { color: INK.gap, borderColor: INK.quiet, borderWidth: 1, borderType: 'dashed', decal: DOTS },
};

export function bridge({ bars }: Bridge, figures: FiguresById, language: Language): ChartOption {
  const spans = spansOf(bars, figures);
  const floor = floorOf(spans.filter((span) => span !== null));
  const unit = unitName(figures, bars[0]?.figure, language);
  const looks = (['level', 'saving', 'loss', 'gap'] as const).filter((look) =>
    spans.some((span) => span?.look === look),
  );
  return {
    ...SHEET,
    legend: legendOf(looks.map((look) => CHART_WORDS[look][language])),
    grid: { left: 60, right: 8, top: 56, bottom: 52 },
    xAxis: {
      ...{ type: 'category', data: bars.map(({ label }) => shortened(label[language], LABEL_EMS)) },
      ...{ axisTick: { show: false }, axisLine: { lineStyle: { color: INK.axis } } },
      axisLabel: { ...SMALL, fontSize: NAME_SIZE[language], interval: 0, width: 61, overflow: 'break', lineHeight: 15 },
    },
    yAxis: { ...valueAxis(floor === 0 ? unit : `${unit}  ${CHART_WORDS.cutAxis[language]}`), ...axisFrom(floor) },
    series: [...barsOf(spans, looks, language), labelsOf(bars, spans, figures, language)],
  };
}

/** Three short lines; in English each word must find room on one. */
const LABEL_EMS = 15;
const NAME_SIZE: Readonly<Record<Language, number>> = { zh: 11, en: 10 };

function spansOf(bars: readonly Bar[], figures: FiguresById): (Span | null)[] {
  let level = 0;
  return bars.map(({ role, figure }) => {
    const length = lengthOf(figures, figure);
    if (length === null) return null;
    if (role === 'gap') return { look: 'gap', from: level, to: level + length };
    const from = role === 'level' ? 0 : level;
    level = role === 'level' ? length : level - length;
    return { look: role === 'level' ? 'level' : length < 0 ? 'loss' : 'saving', from, to: level };
  });
}

/** Where steps are small beside what they lead from, the axis begins above zero, and says so. */
function floorOf(spans: readonly Span[]): number {
  const ends = spans.flatMap(({ look, from, to }) => (look === 'level' ? [to] : [from, to]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const range = high - low;
  if (spans.length < 2 || low <= 0 || range === 0 || range > high / 2) return 0;
  const step = 10 ** Math.floor(Math.log10(range));
  return Math.max(0, Math.floor((low - range / 3) / step) * step);
}

const axisFrom = (floor: number): ChartOption => (floor === 0 ? {} : { min: floor });

/** Bars that float: an unseen one carries each. One that crosses zero has a part on either side. */
function barsOf(spans: readonly (Span | null)[], looks: readonly Look[], language: Language): ChartOption[] {
  const stacked = { type: 'bar', stack: 'bridge', barWidth: '62%', silent: true } as const;
  const unseen = spans.map((span) => (span === null ? NOTHING : carrierOf(span)));
  const parts = looks.flatMap((look) =>
    [upperPart, lowerPart].map((part) => ({
      ...stacked,
      ...{ name: CHART_WORDS[look][language], itemStyle: LOOKS[look] },
      data: spans.map((span) => (span?.look === look ? part(span) : NOTHING)),
    })),
  );
  return [
    { ...stacked, itemStyle: { color: INK.none }, data: unseen },
    ...parts.filter(({ data }) => data.some(isDrawn)),
  ];
}

const isDrawn = (part: Plain): boolean => part !== NOTHING;

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

/** Above each bar: the word of a step, and the figure. */
function labelsOf(
  bars: readonly Bar[],
  spans: readonly (Span | null)[],
  figures: FiguresById,
  language: Language,
): ChartOption {
  const data = bars.map(({ role, figure }, at) => {
    const span = spans[at] ?? null;
    const word =
      role === 'step' && span !== null && span.from !== span.to ? `${CHART_WORDS[span.look][language]}\n` : '';
    const top = span === null ? 0 : Math.max(span.from, span.to);
    return { value: [at, top], label: { formatter: word + figureOf(figures, figure).shown } };
  });
  return {
    ...{ type: 'scatter', silent: true, symbolSize: 1, itemStyle: { color: INK.none }, data, z: 5 },
    label: { ...SMALL, show: true, position: 'top', distance: 3, lineHeight: 13 },
  };
}
