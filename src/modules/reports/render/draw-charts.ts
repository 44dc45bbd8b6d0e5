/** Draws a report's charts once for all its documents: as SVG for the page, and from the same SVG as PNG. */
import { readFile } from 'node:fs/promises';
import { FONT_FAMILY, type ChartOption, type FiguresById } from '../../../../analytics/report/charts/drawing.js';
import { chartOption, chartSize, type Size } from '../../../../analytics/report/charts/option.js';
import type { Chart, Language, ReportModel } from '../../../../analytics/report/model.js';
import { RESVG_WASM, fontBytes } from './fonts.js';
import { opaquePng } from './opaque-png.js';
import { figuresOf, type DrawnChart } from './printed-report.js';

/** By the chart's id. The same model draws the same bytes. */
export async function drawCharts(model: ReportModel, language: Language): Promise<Map<string, DrawnChart>> {
  const figures = figuresOf(model);
  const drawn = new Map<string, DrawnChart>();
  for (const chart of chartsOf(model)) drawn.set(chart.id, await drawChart(chart, figures, language));
  return drawn;
}

export function chartsOf({ restatement, sections, annexes }: ReportModel): Chart[] {
  const all = [...(restatement === null ? [] : [restatement]), ...sections, ...annexes];
  return all.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'chart'));
}

async function drawChart(chart: Chart, figures: FiguresById, language: Language): Promise<DrawnChart> {
  const size = chartSize(chart, figures);
  const svg = await svgOf(chart.id, chartOption(chart, figures, language), size);
  return { svg, png: await pngOf(svg), ...size };
}

async function svgOf(id: string, option: ChartOption, size: Size): Promise<string> {
  const { init } = await import('echarts');
  const board = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    board.setOption(option);
    return renamed(board.renderToSVGString(), id.replace(/[^\w-]/g, '_'));
  } finally {
    // Else its timers keep the process from ending.
    board.dispose();
  }
}

/** Names in it count what the process has drawn. The chart's own are the same each time, and differ on a page of several. */
function renamed(svg: string, own: string): string {
  const names = new Map<string, string>();
  return svg.replace(/\bzr\d+-(?:cls-)?[a-z]*\d+/g, (name) => {
    if (!names.has(name)) names.set(name, `${own}-${names.size}`);
    return names.get(name)!;
  });
}

const PIXELS_PER_UNIT = 2;

async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg, font } = await (printer ??= loadPrinter());
  const drawing = new Resvg(svg, {
    ...{ fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT }, background: '#ffffff' },
    font: { fontBuffers: [font], loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  });
  const picture = drawing.render();
  try {
    return opaquePng(picture.pixels, picture.width, picture.height);
  } finally {
    picture.free();
    drawing.free();
  }
}

/**
 * Loaded with the first picture, and kept. It is resvg's WebAssembly, which takes a font from memory; the native one reads
 * the font's file, of ten megabytes, anew for every sign it draws.
 */
async function loadPrinter() {
  const { Resvg, initWasm } = await import('@resvg/resvg-wasm');
  const [wasm, font] = await Promise.all([readFile(RESVG_WASM), fontBytes('regular')]);
  await initWasm(wasm);
  return { Resvg, font };
}

let printer: ReturnType<typeof loadPrinter> | undefined;
