import { csvCells } from '../../support/naive/table.js';
import { csvText } from '../../support/random-folder/dress.js';
import type { Random } from '../../support/random-folder/random.js';

/** Spoils a file as bytes, in place, and says which. */
export type SpoilFile = (random: Random, files: Map<string, Buffer>) => string;

/** Changes the bytes of one CSV file. */
const bytes =
  (change: (random: Random, content: Buffer) => Buffer): SpoilFile =>
  (random, files) => {
    const name = anyCsv(random, files);
    files.set(name, change(random, files.get(name)!));
    return name;
  };

/** Changes the cells of one CSV file. */
const cells = (change: (random: Random, rows: string[][]) => string[][]): SpoilFile =>
  bytes((random, content) => Buffer.from(csvText(change(random, csvCells(content.toString())))));

const anyCsv = (random: Random, files: ReadonlyMap<string, Buffer>) =>
  random.pick([...files.keys()].filter((name) => name.endsWith('.csv')));

/** Puts some bytes at a random place. */
const put = (texts: readonly (string | Buffer)[]): SpoilFile =>
  bytes((random, content) => {
    const at = random.below(content.length + 1);
    return Buffer.concat([content.subarray(0, at), Buffer.from(random.pick(texts)), content.subarray(at)]);
  });

function onHeader(change: (random: Random, header: string[]) => string[]): SpoilFile {
  return cells((random, [header = [], ...rows]) => [change(random, [...header]), ...rows]);
}

const renamed = (names: readonly string[]) =>
  onHeader((random, header) => {
    header[random.below(header.length)] = random.pick(names);
    return header;
  });

/** One cell more or less in a row; or a whole column. */
const ragged: SpoilFile = cells((random, rows) => {
  const row = random.pick(rows);
  if (random.chance(50)) row.push('更多');
  else row.splice(random.below(row.length), 1);
  return rows;
});

const withoutColumn: SpoilFile = cells((random, rows) => {
  const place = random.below(rows[0]!.length);
  return rows.map((row) => row.filter((_, at) => at !== place));
});

const doubledColumn: SpoilFile = cells((random, rows) => {
  const place = random.below(rows[0]!.length);
  return rows.map((row) => [...row, row[place] ?? '']);
});

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const method: SpoilFile = (random, files) => {
  const texts = [
    '',
    '{',
    '[]',
    'null',
    '{"priceReduction":"both"}',
    '{"priceReduction":"beside","x":1}',
    '{"priceReduction":1}',
  ];
  const fine = [
    '{}',
    '{"priceReduction":"beside"}',
    '\ufeff{}',
    '{"toString":"within"}',
    '{"opportunitySaving":"beside"}',
  ];
  const text = random.pick([...texts, ...fine]);
  files.set('method.json', Buffer.from(text));
  return text;
};

const gone: SpoilFile = (random, files) => {
  const name = anyCsv(random, files);
  files.delete(name);
  return name;
};

const misnamed: SpoilFile = (random, files) => {
  const name = anyCsv(random, files);
  files.set(random.pick(['record.csv', 'Records.csv', '记录.csv']), files.get(name)!);
  return name;
};

/** Lines that have nothing in them, in front of the header and behind it. */
const blankLines: SpoilFile = bytes((random, content) => {
  const blank = random.pick(['\n', '\r\n\r\n', ',,,\n', ' , \n']);
  return random.chance(50)
    ? Buffer.concat([Buffer.from(blank), content])
    : Buffer.from(content.toString().replace('\n', `\n${blank}`));
});

export const FILE_DEFECTS: readonly (readonly [string, SpoilFile])[] = [
  ['a quote astray', put(['"', '"', '""', ' "x" '])],
  [
    'bytes that are no text',
    put([Buffer.from([0xff]), Buffer.from([0xc0, 0xaf]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xe6, 0x88])]),
  ],
  ['a null character', put(['\0'])],
  ['a comma or a line end', put([',', '\n', '\r', '\r\n', ',,'])],
  ['a ragged row', ragged],
  ['a column less', withoutColumn],
  ['a column doubled', doubledColumn],
  [
    'a column renamed',
    renamed(['amount ', 'Amount', '__proto__', 'constructor', '', '备注', 'id', 'code', '编码', '金额']),
  ],
  ['two header rows', cells((_, rows) => [rows[0]!, ...rows])],
  ['no header', cells((_, rows) => rows.slice(1))],
  ['cut off', bytes((random, content) => content.subarray(0, random.below(content.length)))],
  ['nothing but a mark', bytes(() => Buffer.from([0xef, 0xbb, 0xbf]))],
  ['a mark in front', bytes((_, content) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), content]))],
  ['UTF-16', bytes((_, content) => utf16(content.toString()))],
  ['semicolons', bytes((_, content) => Buffer.from(content.toString().replaceAll(',', ';')))],
  ['a separator line', bytes((_, content) => Buffer.concat([Buffer.from('sep=,\n'), content]))],
  ['blank lines', blankLines],
  ['a line of totals', cells((_, rows) => [...rows, rows[0]!.map((_, at) => (at === 0 ? '合计' : ''))])],
  ['a file gone', gone],
  ['a file of another name', misnamed],
  ['the method', method],
  ['the method again', method],
];
