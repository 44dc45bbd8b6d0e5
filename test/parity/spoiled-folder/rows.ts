import { COLUMNS, type FileName } from '../../support/naive/words.js';
import { addDays } from '../../support/random-folder/calendar.js';
import type { Random } from '../../support/random-folder/random.js';
import type { Defect, SheetRow, Sheets, Spoil } from './sheets.js';

const NATURES = ['explicit', 'implicit_booked', 'implicit_opportunity'];
const FIGURE_TEXTS = ['', '', '0', '1', '-1', '12.5', '0.000001', '1000000'];
const BASELINE_FIGURES = [
  'unit_price',
  'norm',
  'driver',
  'quantity',
  'amount',
  'planned_volume',
  'fixed_amount',
  'department',
];

/** Sets columns of a random row; null where there is no such row or column. */
function change(random: Random, sheets: Sheets, file: FileName, fields: (row: SheetRow) => Record<string, string>) {
  const row = sheets.anyRow(random, file);
  if (row === null) return null;
  const wanted = Object.entries(fields(row));
  const isThere = wanted.map(([column, text]) => row.set(column, text)).some(Boolean);
  return isThere ? `${file} ${wanted.map(([column, text]) => `${column} := ${text}`).join(', ')}` : null;
}

function again(random: Random, sheets: Sheets, file: FileName, fields: (row: SheetRow) => Record<string, string>) {
  const row = sheets.anyRow(random, file);
  return row === null ? null : sheets.add(random, file, row, fields(row));
}

function remove(random: Random, sheets: Sheets, file: FileName): string | null {
  const table = sheets.tables.get(file);
  if (table === undefined || table.length < 2) return null;
  const [removed] = table.splice(random.between(1, table.length - 1), 1);
  return `${file} - ${removed!.join('|')}`;
}

/** Some day near those on which things begin and end. */
function anyDay(random: Random, sheets: Sheets): string {
  const date = sheets.anyRow(random, 'records.csv')?.get('date') ?? '';
  const known = /^\d{4}-\d\d-\d\d$/.test(date) ? date : '2023-03-15';
  const near = random.pick([
    `${known.slice(0, 8)}01`,
    known,
    addDays(`${known.slice(0, 8)}01`, -1),
    addDays(known, 40),
  ]);
  return random.chance(10) ? random.pick(['', '1900-01-01', '2199-12-31']) : near;
}

const validity = (random: Random, sheets: Sheets) =>
  random.pick([
    { valid_from: anyDay(random, sheets) },
    { valid_to: anyDay(random, sheets) },
    { valid_from: anyDay(random, sheets), valid_to: anyDay(random, sheets) },
  ]);

const codeOf = (random: Random, sheets: Sheets, file: FileName, blank = 30) =>
  random.chance(blank) ? '' : (sheets.anyRow(random, file)?.get('code') ?? '');

/** A baseline again under another code: for another or no department or project, at the same or another time. */
const besideBaseline = (random: Random, sheets: Sheets) =>
  again(random, sheets, 'baselines.csv', () => ({
    code: `B-NEW${random.below(1000)}`,
    ...(random.chance(50) ? { project: codeOf(random, sheets, 'projects.csv') } : {}),
    ...(random.chance(30) ? { department: codeOf(random, sheets, 'departments.csv') } : {}),
    ...(random.chance(30) ? validity(random, sheets) : {}),
  }));

/** The whole key again, as it was or with something else behind it; in another form where one exists. */
function keyAgain(random: Random, sheets: Sheets): string | null {
  const file = sheets.anyFile(random);
  const other = random.pick(COLUMNS[file].slice(1)).code;
  return again(random, sheets, file, (row) => {
    const day = ['valid_from', 'start'].find((column) => /^\d{4}-\d\d-\d\d$/.test(row.get(column)));
    const slashed = day !== undefined && random.chance(40) ? { [day]: row.get(day).replaceAll('-', '/') } : {};
    return random.chance(50) ? slashed : { [other]: row.get(other) === '' ? '1' : '', ...slashed };
  });
}

/** Items that the mine has built in, or that records use, said to be something else. */
const itemAgain = (random: Random, sheets: Sheets) =>
  sheets.add(random, 'items.csv', null, {
    code: random.pick([
      '0104',
      '0101',
      'IDLE_MACHINE',
      'REWORK',
      sheets.anyRow(random, 'records.csv')?.get('item') ?? '02',
    ]),
    name: random.pick(['配件', '', '又一个']),
    nature: random.pick(['explicit', 'implicit', '显性', '隐性', '', 'both']),
  });

function periodTable(random: Random, sheets: Sheets): string {
  const day = anyDay(random, sheets) || '2023-03-01';
  const code = random.chance(80) ? day.slice(0, 7) : random.pick(['2023-13', '2023-00', '2023-1', '']);
  const end = random.pick([addDays(day, 29), addDays(day, 29), addDays(day, -1), day, '']);
  return sheets.add(random, 'periods.csv', sheets.anyRow(random, 'periods.csv'), { code, start: day, end });
}

/** Other texts in some columns of a row of one of some files. */
const changed =
  (
    files: readonly FileName[],
    fields: (random: Random, sheets: Sheets, row: SheetRow) => Record<string, string>,
  ): Spoil =>
  (random, sheets) =>
    change(random, sheets, random.pick(files), (row) => fields(random, sheets, row));

const one = (random: Random, columns: readonly string[], texts: readonly string[]) => ({
  [random.pick(columns)]: random.pick(texts),
});

const RECORD_FIGURES = ['quantity', 'unit_price', 'amount'];
const ITEMS = ['0104', '02', 'REWORK', 'IDLE_MACHINE', 'STOCK'];

/** Mostly seen in the row itself. */
export const ROW_DEFECTS: readonly Defect[] = [
  ['a key twice', keyAgain],
  ['an id twice', (random, sheets) => again(random, sheets, 'records.csv', () => ({ summary: '重复' }))],
  ['another nature', changed(['records.csv', 'baselines.csv'], (random) => one(random, ['nature'], NATURES))],
  ['another item', changed(['records.csv', 'baselines.csv', 'rates.csv'], (random) => one(random, ['item'], ITEMS))],
  [
    'a mixture',
    changed(['baselines.csv'], (random) => ({
      ...one(random, BASELINE_FIGURES, FIGURE_TEXTS),
      ...one(random, BASELINE_FIGURES, FIGURE_TEXTS),
    })),
  ],
  ['a row less', (random, sheets) => remove(random, sheets, sheets.anyFile(random))],
  [
    'tax',
    changed(['records.csv', 'baselines.csv'], (random) => ({
      tax_basis: random.pick(['incl', 'incl', '含税', 'excl', 'none']),
      tax_rate: random.pick(['', '0.13', '13', '-1', '1', '0.9999999', '0.999999']),
    })),
  ],
  [
    'figures',
    changed(['records.csv'], (random) => ({
      ...one(random, RECORD_FIGURES, FIGURE_TEXTS),
      ...one(random, RECORD_FIGURES, FIGURE_TEXTS),
    })),
  ],
];

/** Seen only in the light of the tables around the row. */
export const TABLE_DEFECTS: readonly Defect[] = [
  ['an item said again', itemAgain],
  ['a baseline beside another', besideBaseline],
  ['another baseline beside another', besideBaseline],
  ['validity', changed(['baselines.csv', 'rates.csv'], validity)],
  ['a rate again', (random, sheets) => again(random, sheets, 'rates.csv', () => validity(random, sheets))],
  ['no rate', (random, sheets) => remove(random, sheets, 'rates.csv')],
  ['a period', periodTable],
  ['a period less', (random, sheets) => remove(random, sheets, 'periods.csv')],
  [
    'a period moved',
    changed(['periods.csv'], (random, sheets) => ({ [random.pick(['start', 'end'])]: anyDay(random, sheets) })),
  ],
  [
    'a department above',
    changed(['departments.csv'], (random, sheets, row) => ({
      parent: random.chance(30) ? row.get('code') : codeOf(random, sheets, 'departments.csv', 0),
    })),
  ],
  [
    'another unit',
    changed(['records.csv', 'baselines.csv', 'rates.csv'], (random) => one(random, ['unit'], ['吨', '件', '小时', ''])),
  ],
  ['a date', changed(['records.csv'], (random, sheets) => ({ date: anyDay(random, sheets) }))],
  [
    'a correction',
    changed(['records.csv'], (random, sheets) => ({ corrects_period: anyDay(random, sheets).slice(0, 7) })),
  ],
  [
    'approval',
    changed(['projects.csv'], (random, sheets) => ({
      [random.pick(['approved_on', 'closed_on'])]: anyDay(random, sheets),
    })),
  ],
  [
    'a period named',
    changed(['activities.csv', 'adjustments.csv', 'targets.csv'], (random, sheets) => ({
      period: anyDay(random, sheets).slice(0, 7),
    })),
  ],
  [
    'a project named',
    changed(['records.csv', 'baselines.csv', 'adjustments.csv'], (random, sheets) => ({
      project: codeOf(random, sheets, 'projects.csv'),
    })),
  ],
];
