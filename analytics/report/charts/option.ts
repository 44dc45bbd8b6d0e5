/** A chart of the report as ECharts options, and how large it wants to be drawn: the same for the page and the documents. */
import type { Chart, Language } from '../model.js';
import { bridge, bridgeWidth } from './bridge.js';
import { bullet } from './bullet.js';
import { WIDTH, type ChartOption, type FiguresById } from './drawing.js';
import { heat } from './heat.js';
import { line, lineWidth } from './line.js';
import { pareto } from './pareto.js';

/** Plain data: it can be sent to a page as JSON. */
export function chartOption(chart: Chart, figures: FiguresById, language: Language): ChartOption {
  switch (chart.shape) {
    case 'bridge':
      return bridge(chart, figures, language);
    case 'heat':
      return heat(chart, figures, language);
    case 'pareto':
      return pareto(chart, figures, language);
    case 'line':
      return line(chart, figures, language);
    case 'bullet':
      return bullet(chart, figures, language);
  }
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** In pixels. What lists things grows with their number. */
export function chartSize(chart: Chart, figures: FiguresById): Size {
  switch (chart.shape) {
    case 'bridge':
      return { width: bridgeWidth(chart, figures), height: 360 };
    case 'heat':
      return { width: WIDTH, height: 40 + chart.rows.length * 23 };
    case 'pareto':
      return { width: WIDTH, height: 92 + chart.bars.length * 26 };
    case 'line':
      return { width: lineWidth(chart, figures), height: 340 };
    case 'bullet':
      return { width: WIDTH, height: 80 + chart.bars.length * 28 };
  }
}
