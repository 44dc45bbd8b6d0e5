import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { emsOf, shortened } from '../../../analytics/report/charts/drawing.js';
import { chartOption, chartSize } from '../../../analytics/report/charts/option.js';
import { REASON_WORDS, known, none } from '../../../analytics/report/datum.js';
import { Figures } from '../../../analytics/report/figures.js';
import type { Bar, Chart, Figure } from '../../../analytics/report/model.js';
import { named } from '../../../analytics/report/say.js';

/** ECharts options are looked into as the JSON that they are. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- their shape is the library's, and wide
type Drawing = any;

const figures = new Figures();
/** A figure in 万元; '' has no value. */
function wan(yuan: string): string {
  const value = yuan === '' ? none(REASON_WORDS.missing) : known(exact(yuan));
  return figures.inCell(figures.nextNumber(), 1, 'wan', { value, source: { kind: 'stated', what: named('试') } });
}
const option = (chart: Chart, language: 'zh' | 'en' = 'zh'): Drawing =>
  chartOption(chart, new Map(figures.all().map((figure: Figure) => [figure.id, figure])), language);
const sizeOf = (chart: Chart) => chartSize(chart, new Map(figures.all().map((figure) => [figure.id, figure])));
const said = { id: 'c', title: named('图'), alt: named('图') };
const bar = (role: Bar['role'], label: string, yuan: string): Bar => ({ role, label: named(label), figure: wan(yuan) });
const bridgeOf = (...bars: Bar[]): Chart => ({ kind: 'chart', ...said, shape: 'bridge', bars });
/** The drawn parts of each bar of a bridge, by its place in a panel: [unseen carrier, part, part]. */
const partsAt = (drawing: Drawing, at: number, panel = 0): number[] =>
  drawing.series
    .filter(({ type, xAxisIndex }: Drawing) => type === 'bar' && xAxisIndex === panel)
    .map(({ data }: Drawing) => data[at])
    .filter((part: unknown) => part !== '-');
const labelsOf = (drawing: Drawing): string[] =>
  drawing.series
    .filter(({ label }: Drawing) => label?.show)
    .flatMap(({ data }: Drawing) => data.map(({ label }: Drawing) => label.formatter));
/** The places whose bars bear the zigzag. */
const cutsOf = (drawing: Drawing): number[][] =>
  drawing.series.filter(({ symbol }: Drawing) => symbol?.startsWith('path://')).flatMap(({ data }: Drawing) => data);

describe('a bridge', () => {
  it('leads down by a saving and up by overspending, and cuts what stands on an axis that begins above zero', () => {
    const drawing = option(
      bridgeOf(
        bar('level', '基准', '100000'), // 10
        bar('step', '资源', '30000'), // 10 − 3 = 7
        bar('step', '市场', '-10000'), // 7 + 1 = 8
        bar('step', '人员', '0'),
        bar('level', '实际', '80000'), // 8
      ),
    );
    expect(labelsOf(drawing)).toEqual(['10.00', '节约\n3.00', '超支\n-1.00', '0.00', '8.00']);
    expect([0, 1, 2, 4].map((at) => partsAt(drawing, at))).toEqual([
      [0, 10],
      [7, 3],
      [7, 1],
      [0, 8],
    ]);
    // 3 of 10 is little: from 7 − 3 ÷ 2 = 5.5 to 10 + 3 ÷ 3 = 11, 5.5 ÷ 4 = 1.4, so steps of 2 from 4 to 12; both levels are
    // longer than drawn, and it says so
    expect(drawing.yAxis[0]).toMatchObject({ min: 4, max: 12, interval: 2 });
    expect([drawing.yAxis[0].min, drawing.yAxis[0].name]).toEqual([4, '万元  纵轴不从零起（柱上有折断标记）']);
    // prettier-ignore
    expect(cutsOf(drawing)).toEqual([[0, 4], [4, 4]]);
    expect(drawing.legend.data).toEqual(['基准、实际', '节约', '超支']);
  });

  it('puts gaps apart on a scale of their own, so that they do not dwarf the steps', () => {
    const bars = [bar('level', '基准', '100000'), bar('step', '资源', '1000'), bar('level', '实际', '99000')];
    const alone = option(bridgeOf(...bars));
    const drawing = option(bridgeOf(...bars, bar('gap', '未对基准', '900000000'), bar('gap', '应报未报', '')));
    expect([0, 1, 2].map((at) => partsAt(drawing, at))).toEqual([0, 1, 2].map((at) => partsAt(alone, at)));
    expect(drawing.yAxis[0]).toEqual(alone.yAxis[0]);
    expect([0, 1].map((at) => partsAt(drawing, at, 1))).toEqual([[0, 90000], []]);
    expect([drawing.yAxis[1].name, drawing.yAxis[1].min]).toEqual(['单列，另用刻度', undefined]);
    expect([alone.grid.length, drawing.grid.length]).toEqual([1, 2]);
    expect(labelsOf(drawing)).toEqual(['10.00', '节约\n0.10', '9.90', '90000.00', '—']);
    expect(drawing.legend.data).toEqual(['基准、实际', '节约', '未对基准、应报未报']);
  });

  it('draws zero as a line where bars lead below it, and keeps the names at the foot', () => {
    const drawing = option(bridgeOf(bar('level', '基准', '-20000'), bar('step', '资源', '50000')));
    expect(drawing.series[0].markLine.data).toEqual([{ yAxis: 0 }]);
    expect(drawing.xAxis[0].axisLine.onZero).toBe(false);
    expect(option(bridgeOf(bar('level', '基准', '20000'))).series[0].markLine).toBeUndefined();
  });

  it('grows wider where figures would touch', () => {
    const wide = (yuan: string) =>
      sizeOf(bridgeOf(...Array.from({ length: 10 }, () => bar('step', '资源', yuan)))).width;
    expect(wide('10000')).toBe(720);
    // -12345678.90 has 12 signs: 10 × (12 × 0.6 × 11 px + 4) + 102 = 934
    expect(wide('-123456789012.30')).toBe(934);
  });

  it('draws a step across zero on both sides of it', () => {
    // 2 − 5 = −3: 2 above and 3 below
    const drawing = option(bridgeOf(bar('level', '基准', '20000'), bar('step', '资源', '50000')));
    expect(partsAt(drawing, 1)).toEqual([0, 2, -3]);
    expect(drawing.yAxis[0].min).toBeUndefined();
  });

  it('hatches what went wrong, and dots what is not known, so that it reads in black and white', () => {
    const drawing = option(bridgeOf(bar('level', '基准', '1'), bar('step', '市场', '-1'), bar('gap', '未报', '1')));
    const decals = drawing.series
      .filter(({ name }: Drawing) => name)
      .map(({ name, itemStyle }: Drawing) => [name, itemStyle.decal]);
    expect(decals).toEqual([
      ['基准、实际', undefined],
      ['超支', expect.objectContaining({ symbol: 'rect' })],
      ['未对基准、应报未报', expect.objectContaining({ symbol: 'circle' })],
    ]);
  });

  it('draws nothing, and prints —, where there is no value', () => {
    const drawing = option(bridgeOf(bar('level', '基准', '10000'), bar('step', '市场', '')));
    expect([labelsOf(drawing)[1], partsAt(drawing, 1)]).toEqual(['—', []]);
  });
});

describe('a heat map', () => {
  const rows = Array.from({ length: 30 }, (_, at) => named(`部门${at}`));
  const tiles = rows.map((_, at) =>
    Array.from({ length: 6 }, () => wan(at === 1 ? '-20000' : at === 2 ? '' : '10000')),
  );
  const chart: Chart = {
    ...{ kind: 'chart', ...said, shape: 'heat', rows, tiles },
    columns: Array.from({ length: 6 }, (_, at) => named(`协同${at}`)),
  };

  it('prints the figure on every tile of 30 × 6, frames the negative ones, and grows with its rows', () => {
    const [{ data }] = option(chart).series;
    expect(data).toHaveLength(180);
    expect([data[0], data[6]]).toEqual([
      { value: [0, 0, 1], label: { formatter: '1.00' } },
      { value: [0, 1, -2], label: expect.objectContaining({ formatter: '-2.00' }) },
    ]);
    expect(data.map(({ label }: Drawing) => label.borderWidth === 1).filter(Boolean)).toHaveLength(6);
    expect(data[12]).toEqual({ value: [0, 2, 0], label: { formatter: '—' } });
    expect(sizeOf(chart)).toEqual({ width: 720, height: 40 + 30 * 23 });
  });
});

describe('a Pareto chart', () => {
  const chartOf = (...yuan: string[]): Chart => ({
    ...{ kind: 'chart', ...said, shape: 'pareto' },
    bars: yuan.map((each) => ({ label: named('配件'), figure: wan(each) })),
  });

  it('adds the shares up, and prints the figures in a column of their own', () => {
    // 6 of 10 is 60 %, and 3 more 90 %, and 1 more 100 %
    const drawing = option(chartOf('60000', '30000', '10000'));
    expect(drawing.series[1].data).toEqual([60, 90, 100]);
    expect(drawing.yAxis[1]).toMatchObject({ position: 'right', data: ['6.00', '3.00', '1.00'], name: '万元' });
  });

  it.each([
    ['60000', '-10000'],
    ['0', '0'],
    ['60000', ''],
  ])('has no shares where they make no sense: %s, %s', (...yuan) => {
    expect(option(chartOf(...yuan)).series).toHaveLength(1);
  });
});

describe('a line of twelve months', () => {
  const chartOf = (yuan: string): Chart => ({
    ...{ kind: 'chart', ...said, shape: 'line' },
    points: Array.from({ length: 12 }, (_, at) => ({
      ...{
        label: named(`2023-${String(at + 1).padStart(2, '0')}`),
        figure: wan(yuan),
        lastYear: wan(at === 0 ? '' : '5000'),
      },
    })),
  });

  it('prints this year and last year under each month, and leaves a gap where last year has none', () => {
    const drawing = option(chartOf('10000'));
    expect(drawing.xAxis.data.slice(0, 2)).toEqual(['2023-01\n1.00\n—', '2023-02\n1.00\n0.50']);
    expect(drawing.series.map(({ name, lineStyle, data }: Drawing) => [name, lineStyle.type, data[0]])).toEqual([
      ['当期', undefined, 1],
      ['上年同期', 'dashed', '-'],
    ]);
  });

  it('grows wider where figures would touch', () => {
    expect(sizeOf(chartOf('10000')).width).toBe(720);
    // -12345678.90 has 12 signs: 12 × (12 × 0.6 × 11 px + 8) + 94 = 1140.4
    expect(sizeOf(chartOf('-123456789012.30')).width).toBe(1141);
  });
});

describe('a bullet chart', () => {
  const barOf = (yuan: string, plan: string) => ({ label: named('采煤一队'), figure: wan(yuan), plan: wan(plan) });
  const chart: Chart = {
    kind: 'chart',
    ...said,
    shape: 'bullet',
    bars: [barOf('30000', '20000'), barOf('10000', '20000')],
  };

  it('tells those below plan apart by strokes, marks the plan, and prints both', () => {
    const drawing = option(chart, 'en');
    expect(drawing.series.map(({ name, data }: Drawing) => [name, data])).toEqual([
      ['actual, plan reached', [3, '-']],
      ['actual, below plan', ['-', 1]],
      // prettier-ignore
      ['plan', [[2, 0], [2, 1]]],
    ]);
    expect(drawing.series[1].itemStyle.decal).toBeDefined();
    expect(drawing.yAxis[1].data).toEqual(['3.00 / 2.00', '1.00 / 2.00']);
  });
});

describe('a label', () => {
  it.each([
    ['采煤一队', 16, '采煤一队'],
    // 60 signs of one em: 15, and the dots that take one
    ['很'.repeat(60), 16, `${'很'.repeat(15)}…`],
    ['a\u0007b\nc', 16, 'a b c'],
  ])('%j in %d ems is %j', (label, ems, expected) => {
    expect(shortened(label, ems)).toBe(expected);
    expect(emsOf(expected)).toBeLessThanOrEqual(ems);
  });
});

it('is plain data in both languages: it survives JSON', () => {
  const drawing = option(bridgeOf(bar('level', '基准', '1')), 'en');
  expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
  expect(drawing.legend.data).toEqual(['baseline, actual']);
});
