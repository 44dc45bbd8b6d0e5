/** Twelve periods, with last year's behind them as a ghost. The figures stand under the axis, where they cannot overlap. */
import type { Chart, Language } from '../model.js';
import { INK, NOTHING, SHEET, SMALL, WIDTH, emsOf, figureOf, legendOf, lengthOf, shortened } from './drawing.js';
import { unitName, valueAxis, type ChartOption, type FiguresById } from './drawing.js';
import { CHART_WORDS } from './words.js';

type Line = Extract<Chart, { shape: 'line' }>;

const [LEFT, RIGHT, ROW] = [78, 16, 16];
const PERIOD_EMS = 8;

export function line({ points }: Line, figures: FiguresById, language: Language): ChartOption {
  const { now: current, lastYear, month } = CHART_WORDS;
  const lengths = (ids: readonly string[]) => ids.map((id) => lengthOf(figures, id) ?? NOTHING);
  const [now, then] = [points.map(({ figure }) => figure), points.map((point) => point.lastYear)];
  return {
    ...SHEET,
    legend: legendOf([current[language], lastYear[language]]),
    grid: { left: LEFT, right: RIGHT, top: 52, bottom: 3 * ROW + 16 },
    graphic: [
      {
        ...{ type: 'text', left: 6, bottom: 8, silent: true },
        style: {
          text: [month, current, lastYear].map((word) => word[language]).join('\n'),
          ...{ font: `11px ${SMALL.fontFamily}`, fill: INK.quiet, lineHeight: ROW },
        },
      },
    ],
    xAxis: {
      ...{ type: 'category', data: columnsOf(points, figures, language), axisTick: { alignWithLabel: true } },
      axisLabel: { ...SMALL, interval: 0, margin: 8, lineHeight: ROW },
      axisLine: { onZero: false, lineStyle: { color: INK.axis } },
    },
    yAxis: valueAxis(unitName(figures, now[0], language)),
    series: [
      {
        ...{
          type: 'line',
          name: current[language],
          silent: true,
          data: lengths(now),
          symbol: 'circle',
          symbolSize: 7,
        },
        ...{ lineStyle: { color: INK.valueDark, width: 2.5 }, itemStyle: { color: INK.valueDark }, z: 3 },
      },
      {
        ...{ type: 'line', name: lastYear[language], silent: true, data: lengths(then), symbol: 'emptyDiamond' },
        ...{
          symbolSize: 8,
          lineStyle: { color: INK.quiet, width: 1.5, type: 'dashed' },
          itemStyle: { color: INK.quiet },
        },
      },
    ],
  };
}

/** Under each point its period, this year's figure and last year's. */
const columnsOf = (points: Line['points'], figures: FiguresById, language: Language): string[] =>
  points.map(({ label, figure, lastYear }) =>
    [shortened(label[language], PERIOD_EMS), figureOf(figures, figure).shown, figureOf(figures, lastYear).shown].join(
      '\n',
    ),
  );

/** In pixels: every column as wide as the longest figure. */
export function lineWidth({ points }: Line, figures: FiguresById): number {
  const widest = points.flatMap(({ figure, lastYear }) => [figure, lastYear].map((id) => figureOf(figures, id).shown));
  const column = Math.max(...widest.map(emsOf), 0) * SMALL.fontSize + 8;
  return Math.max(WIDTH, Math.ceil(LEFT + RIGHT + points.length * column));
}
