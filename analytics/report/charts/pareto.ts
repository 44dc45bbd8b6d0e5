/** Items from the largest down, with the share of all that they make up together. */
import type { Chart, Language } from '../model.js';
import {
  INK,
  NOTHING,
  SHEET,
  figureOf,
  figuresDown,
  legendOf,
  lengthOf,
  namesDown,
  roomForNames,
  unitName,
  valueAxis,
} from './drawing.js';
import type { ChartOption, FiguresById } from './drawing.js';
import { CHART_WORDS } from './words.js';

type Pareto = Extract<Chart, { shape: 'pareto' }>;

const NAME_EMS = 16;

export function pareto({ bars }: Pareto, figures: FiguresById, language: Language): ChartOption {
  const lengths = bars.map(({ figure }) => lengthOf(figures, figure));
  const shares = sharesOf(lengths);
  const amount = CHART_WORDS.amount[language];
  const share = CHART_WORDS.cumulativeShare[language];
  const names = bars.map(({ label }) => label[language]);
  const shown = bars.map(({ figure }) => figureOf(figures, figure).shown);
  const unit = unitName(figures, bars[0]?.figure, language);
  const bar = {
    ...{ type: 'bar', name: amount, silent: true, barWidth: 14, data: lengths.map((length) => length ?? NOTHING) },
    itemStyle: { color: INK.value, borderColor: INK.valueDark, borderWidth: 1 },
  };
  return {
    ...SHEET,
    legend: legendOf(shares === null ? [amount] : [amount, share]),
    grid: { left: roomForNames(names, NAME_EMS), right: 96, top: 64, bottom: 28 },
    xAxis: [{ ...valueAxis(''), position: 'top' }, shares === null ? { ...SHARE_AXIS, show: false } : SHARE_AXIS],
    yAxis: [namesDown(names, NAME_EMS), figuresDown(unit, shown, 24)],
    series: shares === null ? [bar] : [bar, lineOf(share, shares)],
  };
}

const SHARE_AXIS = { ...valueAxis(''), ...{ position: 'bottom', min: 0, max: 100, splitLine: { show: false } } };

/** In per cent of all. What has a part without a value, or a negative one, has no shares. */
function sharesOf(lengths: readonly (number | null)[]): number[] | null {
  if (lengths.some((length) => length === null || length < 0)) return null;
  const total = lengths.reduce<number>((sum, length) => sum + length!, 0);
  let sum = 0;
  return total === 0 ? null : lengths.map((length) => ((sum += length!) / total) * 100);
}

const lineOf = (name: string, shares: readonly number[]): ChartOption => ({
  ...{ type: 'line', name, xAxisIndex: 1, silent: true, data: shares, symbol: 'diamond', symbolSize: 7, z: 4 },
  ...{ lineStyle: { color: INK.black, width: 1.5, type: 'dashed' }, itemStyle: { color: INK.black } },
});
