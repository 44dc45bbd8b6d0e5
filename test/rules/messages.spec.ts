import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ISSUE_CODES } from '../../analytics/synergy/types.js';
import { CODES, issueSentence, kindOfFile, sentenceOf } from '../../src/modules/rules/messages.js';
import { COLUMNS, KINDS } from '../../src/modules/rules/columns.js';

const LANGUAGES = ['zh', 'en'] as const;
const root = new URL('../../', import.meta.url);
const sourcesIn = (folder: string) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => folder + name);

/** Where codes are given: the rules themselves, and what checks rows among their tables. */
const SOURCES = [
  ...sourcesIn('src/modules/rules/').filter((path) => !path.endsWith('/messages.ts')),
  ...sourcesIn('src/modules/offline/'),
  'analytics/synergy/reference-rules.ts',
  'src/modules/synergy/db/valuation-sql.ts',
  'src/modules/reference/app/check-references.ts',
  'src/modules/reference/app/check-calendar.ts',
  'src/platform/csv/refusal.ts',
  'src/platform/xml/refusal.ts',
  'src/commands/compute.ts',
  'src/commands/refusal-lines.ts',
];

/** The places of the language where a code stands; each names it in its first group. */
const CODE_PLACES = [
  /\bcode: '([a-z_]+)'/g,
  /\bcode = '([a-z_]+)'/g,
  /\b(?:wrong|problem|refused)\((?:[^()']|'[^']*', )*'([a-z_]+)'/g,
  /[?:|] '([a-z]+(?:_[a-z]+)+)'/g,
  /\breturn '([a-z]+(?:_[a-z]+)+)'/g,
  /\b(?:THEN|ELSE) '([a-z]+(?:_[a-z]+)+)'/g,
  /'([a-z_]+)' AS code/g,
];

const COLUMN_NAMES = new Set(KINDS.flatMap((kind) => COLUMNS[kind].map(({ name }) => name)));
const VALUES = new Set(
  KINDS.flatMap((kind) => COLUMNS[kind].flatMap(({ type }) => (type.is === 'choice' ? type.values : []))),
);

function codesIn(source: string): string[] {
  const found = CODE_PLACES.flatMap((place) => [...source.matchAll(place)].map(([, code]) => code!));
  return [...new Set(found)].filter((code) => !COLUMN_NAMES.has(code) && !VALUES.has(code));
}

describe('sentences', () => {
  const used = SOURCES.flatMap((path) => codesIn(readFileSync(new URL(path, root), 'utf8')));

  it('are found where codes are given', () => {
    // A pattern that no longer finds anything would let every code through.
    const known = ['value_missing', 'tax_rate_range', 'duplicate_key', 'product_mismatch', 'unknown_column'];
    const others = [
      'invalid_json',
      'unknown_file',
      'rate_missing',
      'baseline_beside_project',
      'period_cut_by_validity',
    ];
    expect(used).toEqual(expect.arrayContaining([...known, ...others, 'not_on_period_boundary', 'bad_header']));
    expect(codesIn(`yield problem('date', 'made_up_code'); const c = x ? 'other_code' : null;`)).toEqual([
      'made_up_code',
      'other_code',
    ]);
  });

  it.each([...new Set(used)])('%s has one', (code) => {
    expect(CODES).toContain(code);
  });

  // Built from the name of the table that a column refers to.
  it.each(['departments', 'items', 'projects'])('a reference to unknown %s has one', (table) => {
    expect(CODES).toContain(`unknown_${table.slice(0, -1)}`);
  });

  it.each(CODES)('%s tells a clerk what to do, in both languages', (code) => {
    const params = Object.fromEntries(
      [
        ...['import_id', 'file_name', 'record', 'other', 'item', 'boundary', 'expected', 'found', 'count'],
        ...['sources', 'periods', 'stated', 'unit', 'element', 'range', 'value', 'entry', 'limit', 'reasons'],
        ...['voucher', 'period', 'date', 'debit', 'credit', 'difference', 'text', 'lines', 'amount', 'profile'],
      ].map((name) => [name, `<${name}>`]),
    );
    const [zh, en] = LANGUAGES.map((language) => sentenceOf({ code, column: 'amount', params }, language));
    expect(zh).toMatch(/^[^?[\]]*请[^?[\]]*。$/u);
    expect(zh).not.toMatch(/\{\w+\}/);
    expect(en).toMatch(/^[A-Z“][^?[\]]*please[^?[\]]*\.$/u);
    expect(en).not.toMatch(/\{\w+\}|[\u3000-\u9fff]/u);
  });
});

describe('sentenceOf', () => {
  const none = { params: {} };

  it('names columns by their Chinese header, and by their name in English', () => {
    const problem = { code: 'value_missing', column: 'code', kind: 'periods', params: {} } as const;
    expect(sentenceOf(problem, 'zh')).toBe('「期间」必须填写，请补上。');
    expect(sentenceOf(problem, 'en')).toBe('“code” must be filled in; please add it.');
    // All tables that have an amount head it alike; a code is headed 编码 or 期间.
    expect(sentenceOf({ code: 'amount_missing', column: 'amount', ...none }, 'zh')).toContain('「金额」');
    expect(sentenceOf({ code: 'value_missing', column: 'code', ...none }, 'zh')).toBe('「code」必须填写，请补上。');
  });

  it('names a column by its place where only that is known, but not a header that is a number', () => {
    expect(sentenceOf({ code: 'stray_quote', column: '3', ...none }, 'zh')).toMatch(/^第 3 列的双引号/);
    expect(sentenceOf({ code: 'stray_quote', column: '3', ...none }, 'en')).toMatch(/^A quote in column 3 /);
    expect(sentenceOf({ code: 'unknown_column', column: '3', ...none }, 'zh')).toMatch(/^「3」不是/);
  });

  it.each([
    [{ code: 'unknown_choice', column: 'nature', kind: 'items', ...none }, '只能填：显性、隐性。'],
    [{ code: 'unknown_choice', column: 'priceReduction', ...none }, '只能填：within、beside。'],
    [{ code: 'too_many_decimals', column: 'amount', kind: 'records', ...none }, '最多 2 位'],
    [{ code: 'too_many_decimals', column: 'unit_price', kind: 'records', ...none }, '最多 6 位'],
    [{ code: 'text_too_long', column: 'summary', kind: 'records', ...none }, '最多 2000 个字'],
    [{ code: 'duplicate_key', column: 'period', kind: 'activities', ...none }, '已有期间、部门、动因相同的一行'],
    [{ code: 'duplicate_key', column: 'period', ...none }, '前面已有相同的一行'],
    [{ code: 'unknown_column', column: 'x', kind: 'departments', ...none }, '可用的有：编码、名称、上级。'],
    [{ code: 'column_count', column: '', params: { expected: '15', found: '14' } }, '本行有 14 列，而表头有 15 列'],
    [{ code: 'not_on_period_boundary', column: 'valid_to', params: { boundary: '2023-03-31' } }, '边界 2023-03-31。'],
    [
      { code: 'rate_overlap', column: 'valid_from', params: { item: 'REWORK', valid_from: '' } },
      '与项目 REWORK 的另一',
    ],
    [
      { code: 'duplicate_record', column: 'id', params: { import_id: '7', file_name: 'a.csv' } },
      '导入 7（文件 a.csv）',
    ],
    [{ code: 'not_a_zip', column: '', params: { entry: '' } }, '文件不是完好的 ZIP'],
    [{ code: 'unknown_file', column: '', ...none }, '文件名不可识别，请改为以下之一：departments.csv、'],
  ] as const)('says what is known: %j', (problem, part) => {
    expect(sentenceOf(problem, 'zh')).toContain(part);
  });

  it('takes nothing from a file for a part of its own template', () => {
    const column = '{code}[$&]__proto__';
    expect(sentenceOf({ code: 'unknown_column', column, ...none }, 'en')).toContain(`“${column}” is not`);
    expect(sentenceOf({ code: 'constructor', column: '', ...none }, 'zh')).toBe('此处有误（constructor），请核对。');
  });
});

it.each(ISSUE_CODES)('the issue %s has a sentence', (code) => {
  expect(issueSentence(code, 'zh')).toMatch(/请.*。$/);
  expect(issueSentence(code, 'en')).toMatch(/please .*\.$/);
});

it('knows the table of a file by its name', () => {
  expect(kindOfFile('records.csv')).toBe('records');
  expect(kindOfFile('method.json')).toBeUndefined();
});
