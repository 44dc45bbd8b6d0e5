/** Each department's value against its plan: a bar, and a black mark where the plan stands. */
import type { Chart, Language } from '../model.js';
import { INK, NOTHING, SHEET, STROKES, emsOf, figureOf, figuresDown, legendOf, lengthOf } from './drawing.js';
import { SMALL, namesDown, roomForNames, valueAxis, type ChartOption, type FiguresById } from './drawing.js';
import { CHART_WORDS } from './words.js';

type Bullet = Extract<Chart, { shape: 'bullet' }>;

const NAME_EMS = 16;

export function bullet({ bars }: Bullet, figures: FiguresById, language: Language): ChartOption {
  const { reached, below, plan, actualAndPlan } = CHART_WORDS;
  const ends = bars.map((bar) => ({ actual: lengthOf(figures, bar.figure), plan: lengthOf(figures, bar.plan) }));
  const shown = bars.map((bar) => `${figureOf(figures, bar.figure).shown} / ${figureOf(figures, bar.plan).shown}`);
  const names = bars.map(({ label }) => label[language]);
  const isBelow = ({ actual, plan: planned }: (typeof ends)[number]) =>
    actual !== null && planned !== null && actual < planned;
  const barOf = (name: string, isOurs: (end: (typeof ends)[number]) => boolean, itemStyle: ChartOption) => ({
    ...{ type: 'bar', name, silent: true, barWidth: 12, barGap: '-100%', itemStyle },
    data: ends.map((end) => (isOurs(end) ? (end.actual ?? NOTHING) : NOTHING)),
  });
  return {
    ...SHEET,
    legend: legendOf([reached[language], below[language], plan[language]]),
    grid: {
      left: roomForNames(names, NAME_EMS),
      right: 24 + widthOf([...shown, actualAndPlan[language]]),
      top: 52,
      bottom: 28,
    },
    xAxis: valueAxis(''),
    yAxis: [namesDown(names, NAME_EMS), figuresDown(actualAndPlan[language], shown)],
    series: [
      barOf(reached[language], (end) => !isBelow(end), { color: INK.valueDark }),
      barOf(below[language], isBelow, { color: INK.value, borderColor: INK.valueDark, borderWidth: 1, decal: STROKES }),
      {
        ...{ type: 'scatter', name: plan[language], silent: true, symbol: 'rect', symbolSize: [3, 20], z: 4 },
        ...{ itemStyle: { color: INK.black }, data: ends.map((end, at) => [end.plan ?? NOTHING, at]) },
      },
    ],
  };
}

/** Of the longest, in pixels. */
const widthOf = (texts: readonly string[]): number => Math.ceil(Math.max(...texts.map(emsOf)) * SMALL.fontSize);
