/** Departments by categories. Every tile bears its figure; a negative one stands framed on red, so that it shows without colour. */
import type { Chart, Language } from '../model.js';
import { INK, SHEET, SMALL, TEXT, figureOf, lengthOf, namesDown, roomForNames, shortened } from './drawing.js';
import type { ChartOption, FiguresById } from './drawing.js';

type Heat = Extract<Chart, { shape: 'heat' }>;

const NAME_EMS = 16;
const COLUMN_EMS = 12;

export function heat({ rows, columns, tiles }: Heat, figures: FiguresById, language: Language): ChartOption {
  const names = rows.map((name) => name[language]);
  const data = tiles.flatMap((ids, row) => ids.map((id, column) => tileOf(figures, id, column, row)));
  const most = Math.max(...data.map(({ value }) => Math.abs(value[2]!)), 0) || 1;
  return {
    ...SHEET,
    grid: { left: roomForNames(names, NAME_EMS), right: 12, top: 32, bottom: 8 },
    xAxis: {
      ...{ type: 'category', position: 'top', data: columns.map((name) => shortened(name[language], COLUMN_EMS)) },
      ...{ axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...TEXT, interval: 0 } },
    },
    yAxis: namesDown(names, NAME_EMS),
    visualMap: { show: false, type: 'continuous', min: -most, max: most, inRange: { color: RED_TO_BLUE } },
    series: [{ type: 'heatmap', silent: true, label: { ...SMALL, show: true }, itemStyle: TILE, data }],
  };
}

const RED_TO_BLUE = [INK.loss, INK.paper, INK.value];
const TILE = { borderColor: INK.grid, borderWidth: 1 };

/** One without a value stays white and says so. */
function tileOf(figures: FiguresById, id: string, column: number, row: number) {
  const length = lengthOf(figures, id) ?? 0;
  const frame = length < 0 ? FRAME : {};
  return { value: [column, row, length], label: { formatter: figureOf(figures, id).shown, ...frame } };
}

const FRAME = { backgroundColor: INK.paper, borderColor: INK.text, borderWidth: 1, padding: [2, 4] } as const;
