import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { MEASURE_WORDS } from '../../analytics/report/words/names.js';
import { MEASURES } from '../../analytics/synergy/measures.js';
import type { SynergyAnswer } from '../../src/modules/synergy/app/answer-synergy.js';
import { readWorkbook, type ReadSheet } from '../reports/read-xlsx.js';
import type { Folder } from '../support/naive.js';
import { COLUMNS, type FileName } from '../support/naive/words.js';
import { SynergyService } from '../support/synergy-service.js';

function csv(file: FileName, ...rows: readonly Readonly<Record<string, string>>[]): string {
  const names = COLUMNS[file].map(({ code }) => code);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

const record = (id: string, date: string, department: string, amount: string, category = 'resource') => ({
  ...{ id, date, department, category, amount, quantity: '10', item: '0104', nature: 'explicit' },
});

const PRICE = { category: 'resource', nature: 'explicit', basis: 'contract' };

/**
 * A price of six decimals: CM1 saves 10 × 10.333333 − 95 = 8.33333, CM2 10 × 10.333333 − 100 = 3.33333; in all 11.66666.
 * As printed 8.33 + 3.33 = 11.66, and the total 11.67: a 尾差 of 0.01.
 */
const FOLDER: Folder = {
  'departments.csv': csv(
    'departments.csv',
    { code: 'MINE', name: '柴里煤矿' },
    { code: 'CM1', name: '=采煤一区', parent: 'MINE' },
    { code: 'CM2', name: '采煤二区', parent: 'MINE' },
  ),
  'baselines.csv': csv(
    'baselines.csv',
    { ...PRICE, code: 'B1', item: '0104', unit_price: '10.333333' },
    { ...PRICE, code: 'B2', item: '0105', unit_price: '4.9998' },
  ),
  'records.csv': csv(
    'records.csv',
    record('R1', '2023-02-05', 'CM1', '90.00'),
    record('R2', '2023-03-05', 'CM1', '95.00'),
    record('R3', '2023-03-06', 'CM2', '100.00'),
    { ...record('R4', '2023-04-06', 'CM2', '40.00'), item: '0105' },
  ),
};

const MINE = 'chaili';
const QUESTION = { period: '2023-03', by: 'department,category', compare: 'previous,plan' };
let service: SynergyService;
beforeAll(async () => {
  service = await SynergyService.start();
  await service.take(MINE, FOLDER);
});
afterAll(() => service.stop());

type Query = Readonly<Record<string, string>>;

async function download(query: Query, headers: Query = {}) {
  const response = await service
    .ask(MINE, query, '/export')
    .set(headers)
    .buffer(true)
    .parse((stream, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => done(null, Buffer.concat(parts)));
    });
  return { status: response.status, headers: response.headers as Query, bytes: response.body as Buffer };
}

/** Rows of a sheet as texts, each with the reference of its cells. */
function linesOf({ cells }: ReadSheet): string[][] {
  const lines: string[][] = [];
  for (const [ref, { value }] of cells) {
    const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(ref)!;
    const column = letters!.split('').reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    (lines[Number(row) - 1] ??= [])[column] = value;
  }
  return lines.map((line) => [...(line ?? [])].map((value) => value ?? ''));
}

/** The table below the words around it, by the titles of its columns. */
function tableIn(lines: readonly (readonly string[])[]): Readonly<Record<string, string>>[] {
  const header = lines.findIndex((line) => line.includes(MEASURE_WORDS.synergy_value.zh));
  return lines
    .slice(header + 1)
    .map((line) => Object.fromEntries(lines[header]!.map((title, at) => [title, line[at] ?? ''])));
}

/** RFC 4180, by its mark or as GB18030. */
function csvLines(bytes: Buffer): string[][] {
  const isUtf8 = bytes.subarray(0, 3).toString('hex') === 'efbbbf';
  const text = isUtf8 ? bytes.subarray(3).toString('utf8') : iconv.decode(bytes, 'gb18030');
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
      quoted === undefined ? bare! : quoted.replaceAll('""', '"'),
    ),
  );
}

describe('GET /synergy/export', () => {
  it('answers a workbook with the figures of /synergy, its total live, 尾差 below it', async () => {
    const answer = await service.get<SynergyAnswer>(MINE, QUESTION);
    const { status, headers, bytes } = await download(QUESTION);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'no-store'],
    ]);
    expect(decodeURIComponent(headers['content-disposition']!)).toContain('2023年3月协同创效明细.xlsx');
    const [sheet, issues] = await readWorkbook(bytes);
    const lines = linesOf(sheet!);
    expect(lines.map(([first]) => first)).toEqual(
      expect.arrayContaining(['口径：按现知', `数据版本：${answer.dataVersion}`, '状态：暂计']),
    );
    expect(lines.flat()).toContain('单位：元');
    const table = tableIn(lines);
    for (const [at, row] of answer.rows.entries()) {
      expect(table[at]).toMatchObject({ 部门编码: row.department, 协同类别编码: row.category, 状态: '暂计' });
      for (const measure of MEASURES) expect(table[at]![MEASURE_WORDS[measure].zh]).toBe(row.measures[measure]);
    }
    for (const measure of MEASURES) expect(table[2]![MEASURE_WORDS[measure].zh]).toBe(answer.total[measure]);
    // 11.67 − (8.33 + 3.33)
    expect([table[2]!.价格降本, table[3]!.部门编码, table[3]!.价格降本]).toEqual(['11.67', '尾差', '0.01']);
    // 90 → 95: 5 ÷ 90; CM2 had nothing in February.
    expect(table[0]).toMatchObject({ '显性成本实际·环比·对比数': '90.00', '显性成本实际·环比·增减率': '0.055556' });
    expect(table[1]).toMatchObject({ '显性成本实际·环比·对比数': '—', '显性成本实际·环比·增减率': '—（没有对比数）' });
    expect(issues!.name).toBe('问题');
  });

  it('has no formula but its own totals and 尾差', async () => {
    const [sheet] = await readWorkbook((await download(QUESTION)).bytes);
    const formulas = [...sheet!.cells.values()].flatMap(({ formula }) => formula ?? []);
    const lines = linesOf(sheet!);
    const first = lines.findIndex((line) => line.includes(MEASURE_WORDS.synergy_value.zh)) + 2;
    const range = `([A-Z]+)${first}:(?:\\1)${first + 1}`;
    const [sum, tail] = [
      new RegExp(`^ROUND\\(SUM\\(${range}\\),2\\)$`),
      new RegExp(`^ROUND\\([A-Z]+${first + 2}-SUM\\(${range}\\),2\\)$`),
    ];
    expect(formulas.filter((formula) => tail.test(formula))).toHaveLength(MEASURES.length);
    expect(formulas.filter((formula) => !tail.test(formula) && !sum.test(formula))).toEqual([]);
    expect(formulas.filter((formula) => sum.test(formula)).length).toBeGreaterThan(5);
    const name = [...sheet!.cells.values()].find(({ value }) => value === '=采煤一区')!;
    expect([name.type, name.formula, name.format]).toEqual(['inlineStr', null, '49']);
  });

  it.each(['utf8', 'gb18030'] as const)(
    'answers the same as CSV in %s, texts kept from being formulas',
    async (encoding) => {
      const { status, headers, bytes } = await download({ ...QUESTION, format: 'csv', encoding });
      expect([status, headers['content-type']]).toEqual([
        200,
        `text/csv; charset=${{ utf8: 'utf-8', gb18030: 'gb18030' }[encoding]}`,
      ]);
      expect(bytes.subarray(0, 3).toString('hex') === 'efbbbf').toBe(encoding === 'utf8');
      const answer = await service.get<SynergyAnswer>(MINE, QUESTION);
      const table = tableIn(csvLines(bytes));
      expect(table[0]).toMatchObject({
        部门编码: 'CM1',
        部门: "'=采煤一区",
        价格降本: answer.rows[0]!.measures.price_reduction,
      });
      expect(table.map((row) => row.部门编码)).toEqual(['CM1', 'CM2', '合计', '尾差']);
      expect(table[3]!.价格降本).toBe('0.01');
    },
  );

  it('prints 万元 from exact sums, each rounded once, and says so', async () => {
    // 95.00 + 100.00 = 195 yuan: 0.0195 of 10,000, printed 0.02; 0.01 and 0.01 above it.
    const lines = csvLines((await download({ ...QUESTION, format: 'csv', unit: 'wan' })).bytes);
    expect(lines.flat()).toContain('单位：万元');
    expect(tableIn(lines).map((row) => row.显性成本实际)).toEqual(['0.01', '0.01', '0.02']);
    // 10 × 4.9998 = 49.998 yuan: 0.00 of 10,000, though 50.00 yuan as printed would be 0.01.
    const april = { period: '2023-04', by: 'department', format: 'csv' };
    const baseline = async (unit: string) => tableIn(csvLines((await download({ ...april, unit })).bytes))[0]!.基准成本;
    expect([await baseline('yuan'), await baseline('wan')]).toEqual(['50.00', '0.00']);
  });

  it('speaks the language of the caller', async () => {
    const { headers, bytes } = await download({ ...QUESTION, format: 'csv' }, { 'Accept-Language': 'en' });
    expect(headers.vary).toContain('Accept-Language');
    const lines = csvLines(bytes);
    expect(lines.flat()).toEqual(expect.arrayContaining(['Unit: yuan', 'View: as known now', 'Department code']));
    expect(lines.flat().join('')).toContain('synergy value');
  });

  it('is of the departments within reach and names them', async () => {
    const headers = await service.running.callerWith('clerk', ['CM2'], MINE);
    const { bytes } = await download({ ...QUESTION, format: 'csv' }, headers);
    const text = bytes.toString('utf8');
    expect(text).toContain('可见部门：CM2');
    expect(text).not.toContain('CM1');
    expect(tableIn(csvLines(bytes)).map((row) => row.部门编码)).toEqual(['CM2', '合计']);
  });

  it.each([
    [{ format: 'pdf' }, 'invalid_request'],
    [{ encoding: 'big5' }, 'invalid_request'],
    [{ unit: 'fen' }, 'invalid_request'],
    [{ period: '2023-13' }, 'no_such_period'],
    [{ closing: '1' }, 'closing_of_one_period'],
  ])('refuses %j: %s', async (query, code) => {
    const response = await service.ask(MINE, query, '/export');
    expect([response.status, (response.body as { code: string }).code]).toEqual([400, code]);
  });
});
