import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exact, plain } from '../../analytics/kernel/exact.js';
import { readValue } from '../../src/modules/rules/check-rows.js';
import { columnOf } from '../../src/modules/rules/columns.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import { Door } from '../support/door.js';
import { csvText } from '../support/random-folder/dress.js';
import { Random } from '../support/random-folder/random.js';
import { DATE_TOKENS, NAUGHTY_TEXTS, NUMBER_TOKENS } from './tokens.js';

/** A text in a column of a record, and what must become of it: the stored value, '' for none, or a code in brackets. */
interface Case {
  readonly column: 'quantity' | 'amount' | 'date' | 'corrects_period' | 'summary' | 'id';
  readonly text: string;
  readonly verdict: string;
}

const DEPARTMENTS = 'code,name,parent\nCM1,采煤一区,\n';
const COLUMNS = ['id', 'date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'unit_price', 'amount'];
const HEADER = [...COLUMNS, 'project', 'counterparty', 'internal', 'voucher', 'summary', 'corrects_period'];

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

async function newMine(): Promise<string> {
  const mine = await door.newMine();
  await door.takeFile(mine, 'departments', DEPARTMENTS);
  return mine;
}

/** A record that is right but for the texts given. */
function recordWith(number: number, texts: Readonly<Partial<Record<string, string>>>): Record<string, string> {
  const place = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
  return { id: `R${number}`, date: '2024-01-05', ...place, amount: '1', ...(texts as Record<string, string>) };
}

/** What the mine has stored for the rows numbered by their vouchers. */
async function stored(mine: string): Promise<Map<number, Record<string, string>>> {
  const rows = await door.query<Record<string, string>>(
    `SELECT voucher, id, date::text, corrects_period, trim_scale(quantity)::text AS quantity,
       trim_scale(amount)::text AS amount, summary FROM records WHERE mine_id = $1`,
    [mine],
  );
  return new Map(rows.map((row) => [Number(row.voucher), row]));
}

/** The verdicts of a file of all cases. Rows refused are left out and the rest is sent again, until it is accepted. */
async function verdictsOfFile(cases: readonly Case[]): Promise<string[]> {
  const mine = await newMine();
  const verdicts = cases.map(() => '');
  let left = cases.map((_, at) => at);
  for (let turn = 0; turn < 3; turn += 1) {
    const rows = left.map((at) => recordWith(at, { voucher: String(at), [cases[at]!.column]: cases[at]!.text }));
    const csv = csvText([HEADER, ...rows.map((row) => HEADER.map((column) => row[column] ?? ''))]);
    const fate = await door.takeFile(mine, 'records', csv);
    if (fate.status === 'accepted') break;
    // Line ends inside quotes do not count, so row numbers are those of the list.
    for (const { row, column, code } of fate.problems) {
      const at = left[row - 2]!;
      expect({ at, column }).toEqual({ at, column: cases[at]!.column });
      verdicts[at] = `[${code}]`;
    }
    left = left.filter((at) => verdicts[at] === '');
  }
  const values = await stored(mine);
  for (const at of left) verdicts[at] = values.get(at)?.[cases[at]!.column] ?? '';
  return verdicts;
}

/** The verdicts of rows sent one by one, four at a time. */
async function verdictsOfRows(cases: readonly Case[]): Promise<string[]> {
  const mine = await newMine();
  const verdicts = cases.map(() => '');
  const takeEvery = async (first: number) => {
    for (let at = first; at < cases.length; at += 4) {
      const { column, text } = cases[at]!;
      const values = rowValues('records', recordWith(at, { voucher: String(at), [column]: text }));
      const { problems } = await door.takeOne(mine, 'records', values);
      verdicts[at] = problems.map(({ column: of, code }) => (of === column ? `[${code}]` : `${of} [${code}]`)).join();
    }
  };
  await Promise.all([0, 1, 2, 3].map(takeEvery));
  const values = await stored(mine);
  return cases.map(({ column }, at) => verdicts[at] || (values.get(at)?.[column] ?? ''));
}

/** The verdict of the parser in memory. */
function verdictInMemory({ column, text }: Case): string {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '');
  const { value, code } = readValue(columnOf('records', column), trimmed === '' ? null : trimmed, null);
  if (code !== null) return `[${code}]`;
  if (value === null) return '';
  return column === 'quantity' || column === 'amount' ? plain(exact(value)) : value;
}

const shown = (cases: readonly Case[], verdicts: readonly string[]) =>
  cases.map(({ column, text }, at) => `${column} ${JSON.stringify(text.slice(0, 60))} → ${verdicts[at]!.slice(0, 60)}`);

const wanted = (cases: readonly Case[]) =>
  shown(
    cases,
    cases.map(({ verdict }) => verdict),
  );

/** Rules of the row and of the calendar, which are not the column's. */
const OF_OTHERS: Readonly<Record<string, string>> = { '[amount_missing]': '', '[unknown_period]': 'as it stands' };

function itIsTheSameEverywhere(cases: readonly Case[]): void {
  it('in memory', () => {
    const own = cases.filter(({ verdict }) => !(verdict in OF_OTHERS));
    expect(shown(own, own.map(verdictInMemory))).toEqual(wanted(own));
  });
  it('as cells of a file', async () => {
    expect(shown(cases, await verdictsOfFile(cases))).toEqual(wanted(cases));
  });
  it('as single rows', async () => {
    expect(shown(cases, await verdictsOfRows(cases))).toEqual(wanted(cases));
  });
}

describe('every number has one verdict', () => {
  itIsTheSameEverywhere(
    NUMBER_TOKENS.flatMap(({ text, amount, quantity }): Case[] => [
      { column: 'quantity', text, verdict: quantity },
      // Of an explicit record the amount must be there.
      { column: 'amount', text, verdict: amount === '' ? '[amount_missing]' : amount },
    ]),
  );
});

describe('every date and period has one verdict', () => {
  itIsTheSameEverywhere(
    DATE_TOKENS.flatMap(({ text, date, period }): Case[] => [
      { column: 'date', text, verdict: date },
      { column: 'corrects_period', text, verdict: period },
    ]),
  );
});

/** Outside a text only spaces and tabs are blank; inside, nothing is changed. */
const trimmedText = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '');
/** As HIDDEN_CHARACTER_PATTERN, in Unicode's own words where it has some. */
const HIDDEN = /[\p{Cc}\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff]/u;
const codeVerdict = (text: string) => {
  if (trimmedText(text) === '') return '[value_missing]';
  if (HIDDEN.test(trimmedText(text))) return '[hidden_character]';
  return [...trimmedText(text)].length > 64 ? '[text_too_long]' : trimmedText(text);
};
const textCases = (texts: readonly string[]) =>
  [...new Set(texts)].flatMap((text): Case[] => [
    { column: 'summary', text, verdict: [...trimmedText(text)].length > 2000 ? '[text_too_long]' : trimmedText(text) },
    { column: 'id', text, verdict: codeVerdict(text) },
  ]);

describe('every text is stored exactly or refused', () => {
  itIsTheSameEverywhere(
    textCases([...NAUGHTY_TEXTS, 'x'.repeat(2001), '截'.repeat(2001), 'x'.repeat(64), 'x'.repeat(65)]),
  );
});

it('a number of 100,000 digits is refused at once', async () => {
  const nines = '9'.repeat(100_000);
  const mine = await newMine();
  const begun = performance.now();
  const row = await door.takeOne(mine, 'records', rowValues('records', recordWith(1, { quantity: nines })));
  const file = await door.takeFile(
    mine,
    'activities',
    `period,department,driver,actual,planned\n2024-01,CM1,x,${nines},\n`,
  );
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(row.problems.map(({ column, code }) => [column, code])).toEqual([['quantity', 'number_out_of_range']]);
  // Columns are numbered here: a field without end is not read as anything.
  expect(file.problems.map(({ row: of, column, code }) => [of, column, code])).toEqual([[2, '4', 'field_too_long']]);
});

/** SEED=7 TEXTS=20000 widens the run. */
const SEED = Number(process.env.SEED ?? 1);
const TEXTS = Number(process.env.TEXTS ?? 1_000);

describe(`random texts have the same verdict in memory and in SQL (seed ${SEED})`, () => {
  const random = new Random(SEED);
  const anyOf = (...texts: string[]) => random.pick(texts);
  const digits = (most: number) => Array.from({ length: random.between(0, most) }, () => random.below(10)).join('');
  const group = () => anyOf('000', '123', '12', '1234', '');
  const sign = () => anyOf('', '', '-', '+', '--', '−');
  const whole = () => anyOf(digits(19), digits(4), `${digits(3)},${group()}`, `${digits(3)},${group()},${group()}`);
  const month = () => anyOf('1', '01', '2', '02', '12', '13', '00', '012');
  const year = () => anyOf('2024', '2023', '1900', '1899', '2199', '2200', '24', '0000', '２０２４');
  const end = () => anyOf('', '', '', ' ', '日', '\n', 'x');
  const texts: Readonly<Record<'quantity' | 'date' | 'corrects_period', () => string>> = {
    quantity: () => sign() + whole() + anyOf('', '', '.', `.${digits(8)}`, `.${digits(3)}`, 'e3', ',') + end(),
    date: () => {
      const [first, second, last] = random.pick([
        ['-', '-', ''],
        ['/', '/', ''],
        ['年', '月', '日'],
        ['-', '/', ''],
        ['', '', ''],
      ]);
      return year() + first + month() + second + anyOf('1', '05', '28', '29', '30', '31', '32', '0') + last + end();
    },
    corrects_period: () => year() + anyOf('-', '-', '-', '/', '年', '') + month() + end(),
  };

  it.each(Object.keys(texts) as (keyof typeof texts)[])('%s', async (column) => {
    const cases = [...new Set(Array.from({ length: TEXTS }, texts[column]))].map((text): Case => {
      const verdict = verdictInMemory({ column, text, verdict: '' });
      const isMonth = column !== 'corrects_period' || /^(19|2[01])..-(0[1-9]|1[0-2])$|^(\[.*)?$/.test(verdict);
      return { column, text, verdict: isMonth ? verdict : '[unknown_period]' };
    });
    expect(shown(cases, await verdictsOfFile(cases))).toEqual(wanted(cases));
    expect(cases.filter(({ verdict }) => !verdict.startsWith('[')).length).toBeGreaterThan(15);
  });
});

/** BAD_INPUTS is a folder with the tables and texts that this file was written from: they are gone through whole. */
const CORPUS = process.env.BAD_INPUTS;
(CORPUS === undefined ? describe.skip : describe)('the corpora, whole', () => {
  const tokensOf = (table: string) =>
    readFileSync(join(CORPUS!, 'tables', table), 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line.split('\t')[0]!) as string);

  it('every token of the tables is in this file', () => {
    // Neither can be a text of a row here: one has a test of its own, the other ends the file (fixtures/not-ok).
    const others = ['REPEAT:9*100000', '100\0'];
    const numbers = new Set([...NUMBER_TOKENS.map(({ text }) => text), ...others]);
    const long = (text: string) =>
      text.length > 300 ? NUMBER_TOKENS.find((token) => token.text.length > 300)!.text : text;
    expect(tokensOf('numbers.tsv').filter((text) => !numbers.has(long(text)))).toEqual([]);
    const dates = new Set(DATE_TOKENS.map(({ text }) => text));
    expect(tokensOf('dates.tsv').filter((text) => !dates.has(text))).toEqual([]);
  });

  const naughty = () => JSON.parse(readFileSync(join(CORPUS!, 'text/blns.json'), 'utf8')) as string[];
  itIsTheSameEverywhere(CORPUS === undefined ? [] : textCases(naughty()));
});
