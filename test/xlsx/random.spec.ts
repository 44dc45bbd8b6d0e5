import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XlsxRefusal } from '../../src/platform/xlsx/index.js';
import { zipOf } from '../support/zip.js';
import { entriesOf, readBytes, readParts, SHEET, sheetXml, shown, stringsXml, stylesXml } from './book.js';

/** PROPERTY_RUNS widens the run; fast-check prints the seed of a failure. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);
const TIMEOUT_MS = 60_000 + RUNS * 200;

interface Cell {
  /** As `shown` shows what is read. */
  readonly expected: string | null;
  /** The cell's element; `place` is its `r`, or '' where it is left out. */
  readonly xml: (place: string, share: (item: string) => number) => string;
}

/** Text as Excel writes it: what XML cannot hold as an escape, and what looks like an escape as one too. */
const written = (text: string) =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\u0001-\u0008\u000b-\u001f\ufffe\uffff]/g, (c) => `_x${c.charCodeAt(0).toString(16).padStart(4, '0')}_`)
    .replace(/[<&>]/g, (c) => `&#${c.charCodeAt(0)};`);

const text: fc.Arbitrary<Cell> = fc
  .tuple(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('_x000D_', ' 采购部\t', '__proto__', ']]>', '', '2024')),
    fc.constantFrom('inlineStr', 's', 'str'),
  )
  .map(([value, type]) => {
    const storable = value.replaceAll('\0', '');
    const item = written(storable);
    return {
      expected: storable.replace(/^[ \t]+|[ \t]+$/g, '') || null,
      xml: (place, share) => {
        if (type === 's') return `<c${place} t="s"><v>${share(`<t xml:space="preserve">${item}</t>`)}</v></c>`;
        const inner = type === 'str' ? `<v>${item}</v>` : `<is><t>${item}</t></is>`;
        return `<c${place} t="${type}">${inner}</c>`;
      },
    };
  });

/** A decimal of at most 15 digits, written as it stands, as the shortest text of its double, or with 17 digits. */
const number: fc.Arbitrary<Cell> = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999_999_999 }), fc.nat(6), fc.boolean(), fc.nat(2))
  .map(([digits, decimals, isNegative, way]) => {
    const padded = String(digits).padStart(decimals + 1, '0');
    const whole = padded.slice(0, padded.length - decimals);
    const fraction = padded.slice(padded.length - decimals).replace(/0+$/, '');
    const decimal = (isNegative ? '-' : '') + whole + (fraction && `.${fraction}`);
    const double = Number(decimal);
    const value = [decimal, String(double), double.toPrecision(17)][way];
    return { expected: `NUMBER ${decimal}`, xml: (place) => `<c${place}><v>${value}</v></c>` };
  });

/** Serial 61 is 1900-03-01. */
const date: fc.Arbitrary<Cell> = fc.integer({ min: 61, max: 109_574 }).map((serial) => ({
  expected: `DATE ${new Date(Date.UTC(1900, 2, 1) + (serial - 61) * 86_400_000).toISOString().slice(0, 10)}`,
  xml: (place) => `<c${place} s="1"><v>${serial}</v></c>`,
}));
const blank: fc.Arbitrary<Cell> = fc.constant({ expected: null, xml: (place) => `<c${place} s="1"/>` });

const sheet = fc.array(
  fc.record({
    gap: fc.nat(3),
    isHidden: fc.boolean(),
    isPlaced: fc.boolean(),
    cells: fc.array(fc.oneof(text, number, date, blank), { maxLength: 8 }),
  }),
  { maxLength: 12 },
);

it(
  'a random sheet reads back exactly',
  async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async (rows) => {
        const strings: string[] = [];
        const share = (item: string) => strings.push(item) - 1;
        const expected: unknown[] = [];
        let rowNo = 0;
        const xml = rows.map(({ gap, isHidden, isPlaced, cells }) => {
          rowNo += 1 + gap;
          const place = (column: number) => (isPlaced ? ` r="${String.fromCharCode(65 + column)}${rowNo}"` : '');
          const shownCells = cells.map((cell) => cell.expected);
          while (shownCells.length > 0 && shownCells.at(-1) === null) shownCells.pop();
          expected.push([rowNo, isHidden, shownCells]);
          const inner = cells.map((cell, column) => cell.xml(place(column), share)).join('');
          return `<row r="${rowNo}" hidden="${isHidden}">${inner}</row>`;
        });
        const parts = {
          [SHEET]: sheetXml(xml.join('')),
          'xl/sharedStrings.xml': stringsXml(...strings),
          'xl/styles.xml': stylesXml([0, 14]),
        };
        const [read] = await readParts(parts);
        expect(read!.rows.map((row) => [row.rowNo, row.isHidden, shown(row)])).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

it(
  'a workbook with bytes changed or cut off reads the same or is refused',
  async () => {
    const cells = '<c s="1"><v>45292</v></c><c t="s"><v>0</v></c><c><v>4.3499999999999996</v></c>';
    const bytes = zipOf(
      entriesOf({
        [SHEET]: sheetXml(`<row>${cells}</row>`.repeat(20)),
        'xl/sharedStrings.xml': stringsXml('<t>采购部</t>'),
        'xl/styles.xml': stylesXml([0, 14]),
      }),
    );
    const sound = await readBytes(bytes);
    const change = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    const outcomes = { same: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(changes, fc.option(fc.nat(bytes.length)), async (changed, length) => {
        const spoiled = Buffer.from(bytes.subarray(0, length ?? bytes.length));
        for (const { at, to } of changed) if (at < spoiled.length) spoiled[at] = to;
        const read = await readBytes(spoiled).catch((error: unknown) => error);
        if (read instanceof XlsxRefusal) return void outcomes.refused++;
        expect(read).toEqual(sound);
        outcomes.same++;
      }),
      { numRuns: RUNS },
    );
    // Both must happen, or the property says nothing: a good part of a zip is dates and sizes told twice.
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.same).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

const FRAGMENTS = [
  '<',
  '>',
  '"',
  '/',
  '&',
  ']]>',
  '<!--',
  '<c/>',
  '<row/>',
  '<v>',
  '</v>',
  't="s"',
  'r="B1"',
  '-1',
  'NaN',
  '9e9',
  '\0',
  '煤',
];

it(
  'a workbook with its XML changed is read or refused, never anything else',
  async () => {
    const sound = entriesOf({
      [SHEET]: sheetXml(
        '<row r="1"><c r="A1" s="1"><v>45292</v></c><c r="B1" t="s"><v>0</v></c><c r="C1"><f>1</f><v>1</v></c></row>',
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
      ),
      'xl/sharedStrings.xml': stringsXml('<r><t>采购</t></r><rPh><t>x</t></rPh>'),
      'xl/styles.xml': stylesXml([0, 14]),
    });
    const outcomes = { read: 0, refused: 0 };
    const edit = fc.record({ part: fc.nat(sound.length - 1), at: fc.double({ min: 0, max: 1, noNaN: true }) });
    const edits = fc.array(fc.tuple(edit, fc.nat(6), fc.constantFrom('', ...FRAGMENTS)), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const parts = sound.map(({ name, content }) => ({ name, text: content.toString() }));
        for (const [{ part, at }, removed, added] of changes) {
          const changed = parts[part]!;
          const from = Math.floor(at * changed.text.length);
          changed.text = changed.text.slice(0, from) + added + changed.text.slice(from + removed);
        }
        const bytes = zipOf(parts.map(({ name, text }) => ({ name, content: Buffer.from(text) })));
        const read = await readBytes(bytes).catch((error: unknown) => error);
        if (!Array.isArray(read) && !(read instanceof XlsxRefusal)) throw read;
        outcomes[Array.isArray(read) ? 'read' : 'refused']++;
      }),
      { numRuns: RUNS },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.read).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
