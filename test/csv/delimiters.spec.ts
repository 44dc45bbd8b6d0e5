import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { headRows } from '../../src/platform/csv/head-rows.js';
import { DELIMITERS } from '../../src/platform/csv/tokenizer.js';
import { type Cells, copied, inChunks, type Line, refusalOf } from './reading.js';

const CHUNKINGS = [[1], [2, 3], [1000]];

describe.each(DELIMITERS)('delimited by %j', (delimiter) => {
  const others = DELIMITERS.filter((other) => other !== delimiter && other !== '\t').join('');
  const lines = (...rows: string[][]) => Buffer.from(rows.map((row) => row.join(delimiter)).join('\n'));

  it('only it stands between fields', async () => {
    const text = lines(['a', 'b', 'c'], ['1', others, '采 煤'], [`"x${delimiter}""y"""`, '', ' 2 ']);
    for (const sizes of CHUNKINGS) {
      const { lines: read } = await copied(text, sizes, { columns: 3, delimiter });
      expect(read).toEqual([
        [2, '1', others, '采 煤'],
        [3, `x${delimiter}"y"`, null, '2'],
      ]);
    }
  });

  it('quotes out of place, rows of another length and open quotes are found as with the comma', async () => {
    const text = lines(['a', 'b'], ['1', 'x"y'], ['1', '"x"y'], ['1'], ['1', '2', ''], ['3', '4']);
    for (const sizes of CHUNKINGS) {
      const { lines: read, result } = await copied(text, sizes, { columns: 2, delimiter });
      expect(read).toEqual([[6, '3', '4']]);
      expect(result.errors.map(({ code, row }) => `${code}@${row}`)).toEqual([
        'stray_quote@2',
        'stray_quote@3',
        'column_count@4',
        'column_count@5',
      ]);
      const open = lines(['a', 'b'], ['1', '"2']);
      expect(await refusalOf(() => copied(open, sizes, { columns: 2, delimiter }))).toBe('unclosed_quote@2:2');
    }
  });

  it('any table comes back as it was written', async () => {
    const cell = fc
      .array(fc.constantFrom(...DELIMITERS, '"', '\n', '\r', ' ', '\\', 'a', '0', '采'), { maxLength: 4 })
      .map((parts) => parts.join(''));
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    // In quotes a tab may stand at the edge of a value; where tabs delimit, it is not taken for a margin.
    const margin = delimiter === '\t' ? /^ +| +$/g : /^[ \t]+|[ \t]+$/g;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), async (rows) => {
        const text = lines(['a', 'b'], ...rows.map((row) => row.map(quoted)));
        const expected = rows
          .map((row, k): Line => [k + 2, ...row.map((value) => value.replace(margin, '') || null)])
          .filter(([, ...cells]) => cells.some((value) => value !== null));
        expect((await copied(text, [7], { columns: 2, delimiter })).lines).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('where the header stands', () => {
  const text = Buffer.from('科目余额表\n\n单位：元,,\na,b,c\n1,2,3\n,,\n4,5,6\n');

  it('the rows above it are passed over, unjudged and uncounted', async () => {
    const { lines, result } = await copied(text, [5], { columns: 3, headerRow: 4 });
    expect(lines).toEqual([
      [5, '1', '2', '3'],
      [7, '4', '5', '6'],
    ]);
    expect(result).toEqual({ rows: 2, skippedBlank: 1, errorCount: 0, errors: [] });
  });

  it('0 is none at all', async () => {
    expect((await copied(Buffer.from('1,2\n3,4\n'), [3], { columns: 2, headerRow: 0 })).lines).toEqual([
      [1, '1', '2'],
      [2, '3', '4'],
    ]);
  });

  it('a file that ends above it has no rows', async () => {
    expect((await copied(Buffer.from('x\ny\n'), [3], { columns: 2, headerRow: 5 })).lines).toEqual([]);
  });
});

describe('fields beyond the header', () => {
  const text = Buffer.from('a,b\n1,2,\n3,4, ,\t\n5,6,7\n8\n');

  it('are passed over where blank, if the plan says so', async () => {
    const { lines, result } = await copied(text, [4], { columns: 2, allowBlankTail: true });
    expect(lines).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
    expect(result.errors).toEqual([
      { code: 'column_count', row: 4, expected: 2, found: 3 },
      { code: 'column_count', row: 5, expected: 2, found: 1 },
    ]);
  });

  it('are an error otherwise', async () => {
    expect((await copied(text, [4], { columns: 2 })).result.errorCount).toBe(4);
  });
});

it('a target without a source takes its constant, escaped, on lines of any length', async () => {
  const long = 'x'.repeat(300_000);
  const plan = { columns: 1, targets: [-1, 0, -1, -1], constants: ['矿\t\\\n', 'not used', null, long] };
  const expected: Cells = ['矿\t\\\n', '1', null, long];
  expect((await copied(Buffer.from('a\n1\n1\n'), [4], plan)).lines).toEqual([
    [2, ...expected],
    [3, ...expected],
  ]);
});

describe('the first rows', () => {
  const read = (text: string, delimiter: (typeof DELIMITERS)[number], maxRows: number, sizes = [3]) =>
    headRows(inChunks(Buffer.from(text), sizes), delimiter, maxRows);

  it('are those that are not blank and have no problem, by their numbers', async () => {
    const text = '余额表;;\n\n;;\na;"b";c\nx"y;1\n1;;3\n4;5;6\n';
    const expected = [
      { row: 1, fields: ['余额表', null, null] },
      { row: 4, fields: ['a', 'b', 'c'] },
      { row: 6, fields: ['1', null, '3'] },
    ];
    for (const sizes of CHUNKINGS) expect(await read(text, ';', 6, sizes)).toEqual(expected);
    expect(await read(text, ',', 1)).toEqual([{ row: 1, fields: ['余额表;;'] }]);
  });

  it('end where a wrong guess leaves a quote open, and are not refused', async () => {
    // By commas the second row begins with a quote that nothing closes.
    expect(await read('a\tb\n"1\t2\n3\t4\n', ',', 9)).toEqual([{ row: 1, fields: ['a\tb'] }]);
  });

  it('need no more of the file than they must', async () => {
    let pieces = 0;
    const endless = function* () {
      for (;;) {
        pieces++;
        yield Buffer.from('a,b\n');
      }
    };
    expect(await headRows(endless(), ',', 5)).toHaveLength(5);
    expect(pieces).toBe(5);
  });

  it('of a file that has none are none', async () => {
    expect(await read('', ',', 5)).toEqual([]);
    expect(await read('\n\n', '\t', 5)).toEqual([]);
  });
});
