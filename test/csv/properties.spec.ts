import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCsv } from '../../src/platform/csv/csv-text.js';
import { type Cells, copied, type Line, refusalOf } from './reading.js';
import { readSlowly } from './reference.js';

const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '""',
    ',',
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    '\\',
    '\\N',
    '\\.',
    '',
    'a',
    '0',
    '-1.50',
    '采煤',
    '㐀𠀀',
    '👷🏽',
    '\ufeff',
    '\u00a0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);
const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

interface Table {
  header: string[];
  rows: string[][];
  /** Which cells are quoted though they need not be, and how lines end: taken in turn. */
  quoted: boolean[];
  ends: string[];
  isEndedAtEnd: boolean;
}

const table: fc.Arbitrary<Table> = fc.integer({ min: 1, max: 6 }).chain((columns) =>
  fc.record({
    header: fc.array(
      value.map((name) => `h${name}`),
      { minLength: columns, maxLength: columns },
    ),
    rows: fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { maxLength: 8 }),
    quoted: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    ends: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
    isEndedAtEnd: fc.boolean(),
  }),
);

function write({ header, rows, quoted, ends, isEndedAtEnd }: Table): string {
  let cells = 0;
  const cell = (text: string) =>
    /[",\r\n]/.test(text) || quoted[cells++ % quoted.length] ? `"${text.replaceAll('"', '""')}"` : text;
  // An empty line would melt into the CR before it; an empty quoted field is the same row.
  const lines = [header, ...rows].map((row) => row.map(cell).join(',') || '""');
  const text = lines.map((line, k) => line + (ends[k % ends.length] as string)).join('');
  return isEndedAtEnd ? text : text.replace(/(\r\n|\r|\n)$/, '');
}

const cleaned = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '') || null;

describe('any table comes back as it was written', () => {
  it('through COPY text and through parseCsv, in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(table, chunkSizes, async (written, sizes) => {
        const text = write(written);
        const expected = written.rows
          .map((row, k): Line => [k + 2, ...row.map(cleaned)])
          .filter(([, ...cells]) => cells.some((cell) => cell !== null));
        const { lines, result } = await copied(Buffer.from(text), sizes);
        expect(lines).toEqual(expected);
        expect(result).toEqual({
          rows: expected.length,
          skippedBlank: written.rows.length - expected.length,
          errorCount: 0,
          errors: [],
        });
        const parsed = parseCsv(text);
        expect(parsed.header).toEqual(written.header.map(cleaned));
        expect(parsed.rows.map(({ rowNo, fields }): Line => [rowNo, ...fields])).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('whichever columns go where', async () => {
    const wanted = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, wanted, chunkSizes, async (written, wishes, sizes) => {
        const columns = written.header.length;
        const targets = wishes.map((wish) => (wish < columns ? wish : -1));
        const { lines } = await copied(Buffer.from(write(written)), sizes, { targets });
        const kept = written.rows.map((row) => row.map(cleaned)).filter((row) => row.some((cell) => cell !== null));
        const moved = kept.map((row): Cells =>
          targets.map((source) => (source < 0 ? null : (row[source] as string | null))),
        );
        expect(lines.map(([, ...cells]) => cells)).toEqual(moved);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any text at all', () => {
  const noise = fc
    .array(fc.constantFrom('"', '"', ',', ',', '\n', '\r', ' ', '\t', '\\', 'a', 'bc', '采'), { maxLength: 40 })
    .map((parts) => parts.join(''));

  it('reads as the slow reading of the same rules does, in any chunks', async () => {
    const tally = { refused: 0, inError: 0, good: 0 };
    await fc.assert(
      fc.asyncProperty(
        noise,
        fc.boolean(),
        fc.integer({ min: 1, max: 8 }),
        chunkSizes,
        async (body, hasHeader, limit, sizes) => {
          const text = (hasHeader ? 'a,b\n' : '') + body;
          const slow = readSlowly(text, limit);
          tally[slow.refusal !== '' ? 'refused' : slow.errors.length > 0 ? 'inError' : 'good']++;
          const bytes = Buffer.from(text);
          const isRefused = slow.refusal !== '';
          // The reference names no column for a bad header.
          const said = (refusal: string) => (refusal.startsWith('bad_header') ? refusal.replace(/:\d+$/, '') : refusal);
          expect(said(await refusalOf(() => copied(bytes, sizes, { maxFieldBytes: limit })))).toBe(slow.refusal);
          expect(said(await refusalOf(() => parseCsv(bytes, limit)))).toBe(slow.refusal);
          if (isRefused) return;
          const { lines, result } = await copied(bytes, sizes, { maxFieldBytes: limit });
          expect(lines).toEqual(slow.lines);
          expect(result.errors.map((e) => `${e.code}@${e.row}`)).toEqual(slow.errors);
          expect(result.skippedBlank).toBe(slow.skipped);
          const parsed = parseCsv(bytes, limit);
          expect(parsed.header).toEqual(slow.header);
          expect(parsed.rows.map(({ rowNo, fields }): Line => [rowNo, ...fields])).toEqual(slow.lines);
          expect(parsed.errors).toEqual(result.errors);
        },
      ),
      { numRuns: 3000 },
    );
    // The noise must reach all three ends, or this proves little.
    expect(Math.min(tally.refused, tally.inError, tally.good)).toBeGreaterThan(200);
  });
});
