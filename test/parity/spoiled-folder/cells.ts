import { COLUMNS } from '../../support/naive/words.js';
import type { Random } from '../../support/random-folder/random.js';
import { DATE_TOKENS, NAUGHTY_TEXTS, NUMBER_TOKENS } from '../tokens.js';
import type { Defect, Sheets } from './sheets.js';

const TOKENS = [...NUMBER_TOKENS.map(({ text }) => text), ...DATE_TOKENS.map(({ text }) => text)];
const TEXTS = [
  ...NAUGHTY_TEXTS,
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(2001),
  '截'.repeat(2001),
  'x'.repeat(10_001),
];
const CODES = [
  'NOWHERE',
  'MINE ',
  'mine',
  'M\u200bINE',
  '0104 ',
  '104',
  'P99',
  '无此部门',
  'CM1\u00a0',
  'toString',
  '__proto__',
];
const CHOICES = [
  '管理',
  '显性',
  '账内隐性',
  '隐性',
  'explicit',
  'implicit',
  'Explicit',
  'yes',
  '是',
  'incl',
  '含税',
  'gain',
  'valueOf',
];

/** Writes one of some texts into any cell of the folder. */
const anywhere = (texts: readonly string[]) => (random: Random, sheets: Sheets) => {
  const file = sheets.anyFile(random);
  const { code } = random.pick(COLUMNS[file]);
  return write(random, sheets, file, code, random.pick(texts));
};

function write(
  random: Random,
  sheets: Sheets,
  file: keyof typeof COLUMNS,
  column: string,
  text: string,
): string | null {
  const row = sheets.anyRow(random, file);
  return row?.set(column, text) ? `${file} ${column} := ${JSON.stringify(text.slice(0, 40))}` : null;
}

/** Writes one of some texts into a cell of one of some columns (`records.csv amount`). */
const into = (columns: readonly string[], texts: readonly string[]) => (random: Random, sheets: Sheets) => {
  const [file, column] = random.pick(columns).split(' ') as [keyof typeof COLUMNS, string];
  return write(random, sheets, file, column, random.pick(texts));
};

const FIGURES = [
  ...['records.csv quantity', 'records.csv unit_price', 'records.csv amount', 'records.csv tax_rate', 'rates.csv rate'],
  ...['unit_price', 'norm', 'quantity', 'amount', 'planned_volume', 'fixed_amount', 'tax_rate'].map(
    (c) => `baselines.csv ${c}`,
  ),
  ...['activities.csv actual', 'activities.csv planned', 'adjustments.csv amount', 'targets.csv amount'],
];
const DAYS = [
  ...['records.csv date', 'projects.csv approved_on', 'projects.csv closed_on', 'periods.csv start', 'periods.csv end'],
  ...['baselines.csv valid_from', 'baselines.csv valid_to', 'rates.csv valid_from', 'rates.csv valid_to'],
];
const PERIODS = [
  'records.csv corrects_period',
  'activities.csv period',
  'adjustments.csv period',
  'targets.csv period',
  'periods.csv code',
];
const NAMED = [
  ...[
    'records.csv department',
    'records.csv item',
    'records.csv project',
    'baselines.csv department',
    'baselines.csv item',
  ],
  ...['baselines.csv project', 'activities.csv department', 'rates.csv item', 'adjustments.csv department'],
  ...['adjustments.csv project', 'targets.csv department', 'departments.csv parent', 'projects.csv lead'],
];

export const CELL_DEFECTS: readonly Defect[] = [
  ['a token anywhere', anywhere(TOKENS)],
  ['a text anywhere', anywhere(TEXTS)],
  ['a code anywhere', anywhere(CODES)],
  ['a choice anywhere', anywhere(CHOICES)],
  ['a blank anywhere', anywhere([''])],
  [
    'a token for a figure',
    into(
      FIGURES,
      NUMBER_TOKENS.map(({ text }) => text),
    ),
  ],
  [
    'a token for a day',
    into(
      DAYS,
      DATE_TOKENS.map(({ text }) => text),
    ),
  ],
  [
    'a token for a period',
    into(
      PERIODS,
      DATE_TOKENS.map(({ text }) => text),
    ),
  ],
  ['a code that nobody has', into(NAMED, CODES)],
  ['a text for a summary', into(['records.csv summary', 'records.csv unit', 'records.csv counterparty'], TEXTS)],
];
