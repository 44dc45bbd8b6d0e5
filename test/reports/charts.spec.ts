import { beforeAll, describe, expect, it } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import { composeReport } from '../../analytics/report/compose.js';
import type { Chart, Language, ReportModel } from '../../analytics/report/model.js';
import { chartsOf, drawCharts } from '../../src/modules/reports/render/draw-charts.js';
import { opaquePng } from '../../src/modules/reports/render/opaque-png.js';
import { figuresOf, type DrawnChart } from '../../src/modules/reports/render/printed-report.js';
import { aMine } from '../analytics/report/a-mine.js';

const NAME = `采煤<&"=+@${'很'.repeat(60)}`;
const model = composeReport(aMine('2023-12', { departments: 4, nameOf: (code) => code + NAME }));

/** Every text of a drawing, as it is read. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text!.replace(/&lt;|&gt;|&quot;|&#39;|&amp;/g, (sign) => SIGNS[sign]!),
  );
const SIGNS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

function idsOf(chart: Chart): string[] {
  switch (chart.shape) {
    case 'heat':
      return chart.tiles.flat();
    case 'line':
      return chart.points.flatMap(({ figure, lastYear }) => [figure, lastYear]);
    case 'bullet':
      return chart.bars.flatMap(({ figure, plan }) => [figure, plan]);
    case 'bridge':
    case 'pareto':
      return chart.bars.map(({ figure }) => figure);
  }
}

const changed = ({ figures, ...rest }: ReportModel, id: string): ReportModel => ({
  ...rest,
  figures: figures.map((figure) => (figure.id === id ? { ...figure, exact: '777770', shown: '77.78' } : figure)),
});

describe('the drawn charts', () => {
  let drawn: ReadonlyMap<string, DrawnChart>;
  beforeAll(async () => {
    drawn = await drawCharts(model, 'zh');
  });

  it('are of all five shapes', () => {
    expect(new Set(chartsOf(model).map(({ shape }) => shape))).toEqual(
      new Set(['line', 'bridge', 'pareto', 'heat', 'bullet']),
    );
    expect([...drawn.keys()]).toEqual(chartsOf(model).map(({ id }) => id));
  });

  it.each(['zh', 'en'] as Language[])('%s: print every figure, as the report does', async (language) => {
    const figures = figuresOf(model);
    const charts = await drawCharts(model, language);
    for (const chart of chartsOf(model)) {
      const texts = textsOf(charts.get(chart.id)!.svg);
      const missing = idsOf(chart).filter((id) => !texts.some((text) => text.includes(figures.get(id)!.shown)));
      expect([chart.id, missing]).toEqual([chart.id, []]);
      if (language === 'en') expect(texts.filter((text) => /协同|计划|当期|节约/.test(text))).toEqual([]);
    }
  });

  it('cut names of 60 characters, and escape what is not theirs', () => {
    const texts = textsOf(drawn.get('department-heat')!.svg);
    // ten signs of 0.6 em, 采煤 and seven more of one em, and the dots: 15.6 of 16
    expect(texts.filter((text) => text.startsWith('D001'))).toEqual([`D001采煤<&"=+@${'很'.repeat(7)}…`]);
  });

  it('are PNGs of twice their size, without transparency', () => {
    for (const { png, width, height } of drawn.values()) {
      const header = Buffer.from(png);
      expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
      // eight bits of red, green and blue
      expect([...header.subarray(24, 26)]).toEqual([8, 2]);
    }
  });

  it('are the same bytes each time, and others when a figure changes', async () => {
    const [again, other] = [await drawCharts(model, 'zh'), await drawCharts(changed(model, firstOf('bridge')), 'zh')];
    const sameAs = (charts: ReadonlyMap<string, DrawnChart>) =>
      [...drawn].filter(([id, { svg, png }]) => {
        const chart = charts.get(id)!;
        return chart.svg === svg && Buffer.compare(chart.png, png) === 0;
      });
    expect(sameAs(again).map(([id]) => id)).toEqual([...drawn.keys()]);
    expect(sameAs(other).map(([id]) => id)).toEqual([...drawn.keys()].filter((id) => id !== 'bridge'));
  });

  it('name their parts after themselves, so that several stand on one page', () => {
    for (const [id, { svg }] of drawn) {
      const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name!);
      expect(ids.filter((name) => !name.startsWith(`${id}-`))).toEqual([]);
    }
  });
});

const firstOf = (id: string) => idsOf(chartsOf(model).find((chart) => chart.id === id)!)[0]!;

it('writes a PNG whose pixels are those it was given', () => {
  // two by two: red, green / blue, white
  const rgba = Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255);
  const png = Buffer.from(opaquePng(rgba, 2, 2));
  const length = png.readUInt32BE(33);
  // each line begins with its filter, 0: none
  expect([...inflateSync(png.subarray(41, 41 + length))]).toEqual([
    ...[0, 255, 0, 0, 0, 255, 0],
    ...[0, 0, 0, 255, 255, 255, 255],
  ]);
});
