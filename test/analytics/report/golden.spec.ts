import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import type { ReportInput } from '../../../analytics/report/input.js';
import type { Block, ReportModel } from '../../../analytics/report/model.js';
import { exact } from '../../../analytics/kernel/exact.js';
import { aMine } from './a-mine.js';
import { anInput } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { everySection, rowsOf, tableOfId } from './read-tables.js';

/** 60 characters. */
const HOSTILE = `=1+1&cmd|'<b>"@${'柴'.repeat(45)}`;
const YEAR = { from: '2023-01', to: '2023-12' };

const CASES: Readonly<Record<string, ReportInput>> = {
  'a month with no data': anInput('2023-12', {}),
  'one department': aMine('2023-12', { departments: 1 }),
  'negative totals': aMine('2023-12', { sign: -1 }),
  'names of 60 characters': aMine('2023-12', { nameOf: () => HOSTILE }),
  'zero turnover': aMine('2023-12', { hasTurnover: false }),
  'no plan': aMine('2023-12', { hasPlan: false }),
  'no last year': aMine('2023-12', { hasLastYear: false }),
  'no month before': aMine('2023-12', { hasPrevious: false }),
  '200 departments': aMine('2023-12', { departments: 200 }),
  'the first month': aMine('2023-01'),
  'a full year': fullYear(aMine('2023-12')),
  'a restated month': restatedMonth(aMine('2023-12')),
};

function fullYear(input: ReportInput): ReportInput {
  const before = { from: '2022-01', to: '2022-12' };
  const spans = { ...input.spans, now: YEAR, previous: before, lastYear: before, cumulative: null };
  return { ...input, spans: { ...spans, cumulativeLastYear: null } };
}

function restatedMonth(input: ReportInput): ReportInput {
  const line = { measure: 'gains', reported: exact('0'), restated: exact('0.005') } as const;
  const closing = { period: '2023-12', version: 2, cellsSha256: null, auditEntries: null, auditHash: null };
  return {
    ...{ ...input, state: 'final', version: 2, date: '2024-01-05', basis: { ...input.basis, closings: [closing] } },
    restatement: {
      ...{ period: '2023-12', closing: 2, reason: '补记', causes: [] },
      lines: [
        { ...line, department: '', category: '' },
        ...['D002', 'D001'].map((department) => ({ ...line, department, category: 'business' as const })),
      ],
    },
  };
}

/** Ids of the figures that a block mentions; a sentence may say one in both languages. */
function mentionsOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [];
    case 'paragraph':
      return [...block.text.zh, ...block.text.en].flatMap((run) => (typeof run === 'string' ? [] : [run.figure]));
    case 'table':
      return block.rows.flatMap(({ cells }) => cells.flatMap((cell) => ('figure' in cell ? [cell.figure] : [])));
    case 'chart':
      return chartMentions(block);
  }
}

function chartMentions(chart: Extract<Block, { kind: 'chart' }>): string[] {
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

/** Everything that is a list of the input backwards, and every map too; but for control items, whose order is the mine's. */
function backwards(input: ReportInput): ReportInput {
  const turned = Object.entries(input).map(([name, value]): [string, unknown] => [name, turn(value)]);
  const { restatement, bought, causes, controlItems } = input;
  return {
    ...(Object.fromEntries(turned) as unknown as ReportInput),
    controlItems,
    bought: { now: [...bought.now].reverse(), previous: [...bought.previous].reverse() },
    causes: [...causes].reverse().map((cause) => ({ ...cause, departments: [...cause.departments].reverse() })),
    restatement: restatement === null ? null : { ...restatement, lines: [...restatement.lines].reverse() },
  };
}

function turn(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])].reverse();
  return value instanceof Map ? new Map([...(value as Map<string, unknown>)].reverse()) : value;
}

/** Where two long texts part: jest would lay megabytes side by side. */
function partingOf(one: string, other: string): string | null {
  if (one === other) return null;
  const at = [...one].findIndex((letter, place) => letter !== other[place]);
  return `${one.slice(at - 80, at + 40)} ≠ ${other.slice(at - 80, at + 40)}`;
}

function everyValue(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyValue) : [value];
}

describe.each(Object.keys(CASES))('%s', (name) => {
  const input = CASES[name]!;
  const report: ReportModel = composeReport(input);
  const blocks = everySection(report).flatMap((section) => section.blocks);

  it('mentions every figure, and no figure that there is not', () => {
    const ids = report.figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(blocks.flatMap(mentionsOf))].sort()).toEqual([...ids].sort());
  });

  it('numbers its rows once, and fills every column of them', () => {
    const tables = blocks.filter((block) => block.kind === 'table');
    const numbers = tables.flatMap(({ rows }) => rows.map(({ no }) => no));
    expect(new Set(numbers).size).toBe(numbers.length);
    const isFull = ({ rows, columns }: (typeof tables)[number]) =>
      rows.every(({ cells }) => cells.length === columns.length);
    expect(tables.filter((table) => !isFull(table))).toEqual([]);
    const ids = blocks.flatMap((block) =>
      block.kind === 'chart' || block.kind === 'table' ? [`${block.kind} ${block.id}`] : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same report however its rows came', () => {
    const json = JSON.stringify(report);
    expect(partingOf(JSON.stringify(composeReport(input)), json)).toBeNull();
    expect(partingOf(JSON.stringify(composeReport(backwards(input))), json)).toBeNull();
  });

  it('holds texts and whole numbers alone, and no sign of a zero', () => {
    const values = everyValue(report);
    expect(values.filter((value) => value === undefined || typeof value === 'bigint')).toEqual([]);
    expect(values.filter((value) => typeof value === 'number' && !Number.isSafeInteger(value))).toEqual([]);
    const texts = values.filter((value) => typeof value === 'string');
    expect(texts.filter((text) => /NaN|undefined|\[object|^-0(\.0*)?$/.test(text))).toEqual([]);
  });

  it('is whole in both languages', () => {
    for (const { title, absent, blocks: own } of everySection(report)) {
      expect([title.zh !== '', title.en !== '', absent === null || absent.en !== '']).toEqual([true, true, true]);
      expect(absent !== null && own.length > 0).toBe(false);
    }
    const paragraphs = blocks.filter((block) => block.kind === 'paragraph');
    expect(paragraphs.filter(({ text }) => text.zh.length === 0 || text.en.length === 0)).toEqual([]);
  });

  it('says the figures of a sentence in both languages', () => {
    const idsOf = (runs: readonly unknown[]) =>
      runs.filter((run) => typeof run !== 'string').map((run) => JSON.stringify(run));
    const paragraphs = blocks.filter((block) => block.kind === 'paragraph');
    const uneven = paragraphs.filter(({ text }) => idsOf(text.zh).sort().join() !== idsOf(text.en).sort().join());
    expect(uneven).toEqual([]);
  });
});

describe('what they say', () => {
  const reportOf = (name: string) => composeReport(CASES[name]!);

  it('has no figure of a month without data, and says so', () => {
    const report = reportOf('a month with no data');
    expect(sentencesOf(report, 'overview')[0]).toBe('2023年12月没有数据。');
    expect(sentencesOf(report, 'problems')[0]).toBe('本期没有数据，不能判断超支。');
    expect(report.figures.every(({ exact: value, reason }) => value !== null || reason !== undefined)).toBe(true);
  });

  it('says what lies beyond the value where the price reduction does', () => {
    // Price: 3 × (−5,000.005 + 500) − (0 + 1 + 2), with the signs of a-mine.ts
    expect(sentencesOf(reportOf('negative totals'), 'overview')[0]).toContain(
      '，同期价格降本-1.35万元，用量等因素影响',
    );
  });

  it('prints names as they are', () => {
    const report = reportOf('names of 60 characters');
    expect(HOSTILE.length).toBe(60);
    expect(rowsOf(report, 'details')[0]!.startsWith(`${HOSTILE} | 管理协同 | `)).toBe(true);
  });

  it('has no rate without turnover, plan or last year', () => {
    expect(sentencesOf(reportOf('zero turnover'), 'overview')[0]).toContain('，创效率—。');
    expect(sentencesOf(reportOf('no plan'), 'overview').join('')).toContain('；没有计划。');
    expect(sentencesOf(reportOf('no last year'), 'overview').join('')).toContain('与上年同期比较：没有对比数');
    expect(sentencesOf(reportOf('no month before'), 'problems').join('')).toContain('与上月比较：没有对比数');
  });

  it('lists two hundred departments', () => {
    const report = reportOf('200 departments');
    // management, resource and business of each; the total; perhaps the 尾差
    expect(tableOfId(report, 'details')!.rows.filter(({ kind }) => kind === 'body').length).toBe(600);
    expect(sentencesOf(report, 'problems').find((text) => text.includes('未声明报齐'))).toContain('部门200个：D001、');
  });

  it('has no cumulative figures in January or of a full year', () => {
    expect(tableOfId(reportOf('the first month'), 'cumulative')).toBeUndefined();
    expect(tableOfId(reportOf('a full year'), 'cumulative')).toBeUndefined();
    // The span before a year is the year before: compared once.
    const ofYear = sentencesOf(reportOf('a full year'), 'overview').join('');
    expect([ofYear.includes('协同创效比上年'), /上期|上年同期/.test(ofYear)]).toEqual([true, false]);
    const { columns } = tableOfId(reportOf('a full year'), 'overview')!;
    expect(columns.filter(({ title }) => title.zh.startsWith('环比'))).toEqual([]);
    expect(reportOf('a full year').title.zh).toBe('柴里煤矿2023年成本协同情况报告（未结账）');
  });
});
