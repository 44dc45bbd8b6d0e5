import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '../../src/platform/csv/csv-text.js';
import { copyRows } from '../../src/platform/csv/csv-to-copy.js';
import { copied, inChunks, type Line, refusalOf } from './reading.js';

const HEADER = 'a,b,c\n';
const CHUNKINGS = [[1], [2], [3], [2, 5, 1], [1_000_000]];

/** Everything that is said about a file whose header is `a,b,c`; errors as `code@row:detail`. */
async function verdict(
  text: string,
  sizes: readonly number[],
): Promise<{ lines: Line[]; errors: string[]; skipped: number }> {
  const { lines, result } = await copied(Buffer.from(text), sizes);
  const errors = result.errors.map((e) =>
    e.code === 'column_count' ? `${e.code}@${e.row}:${e.found}/${e.expected}` : `${e.code}@${e.row}:${e.column}`,
  );
  expect(result.rows).toBe(lines.length);
  expect(result.errorCount).toBe(errors.length);
  return { lines, errors, skipped: result.skippedBlank };
}

describe('records and fields', () => {
  const row: Line = [2, '1', '2', '3'];
  const cases: [title: string, body: string, lines: Line[], skipped?: number][] = [
    ['LF', '1,2,3\n4,5,6\n', [row, [3, '4', '5', '6']]],
    ['CRLF', '1,2,3\r\n4,5,6\r\n', [row, [3, '4', '5', '6']]],
    ['lone CR', '1,2,3\r4,5,6\r', [row, [3, '4', '5', '6']]],
    ['mixed line ends', '1,2,3\r\n4,5,6\r7,8,9\n', [row, [3, '4', '5', '6'], [4, '7', '8', '9']]],
    ['no line end at the end', '1,2,3\n4,5,6', [row, [3, '4', '5', '6']]],
    ['no line end after a comma', '1,2,', [[2, '1', '2', null]]],
    ['no line end after a closing quote', '1,2,"3"', [row]],
    ['CR as the very last byte', '1,2,3\r', [row]],
    ['header only', '', []],
    ['quoted comma', '"1,2",2,3', [[2, '1,2', '2', '3']]],
    ['doubled quotes', '"""x""",2,"a""b"', [[2, '"x"', '2', 'a"b']]],
    ['a lone doubled quote', '"""",2,3', [[2, '"', '2', '3']]],
    [
      'newlines in quotes start no row',
      '"x\ny",2,"a\r\nb"\n4,5,6',
      [
        [2, 'x\ny', '2', 'a\r\nb'],
        [3, '4', '5', '6'],
      ],
    ],
    [
      'blank is NULL, quoted or not',
      '1,,""\n1," ",\t',
      [
        [2, '1', null, null],
        [3, '1', null, null],
      ],
    ],
    ['spaces and tabs at both ends', ' 1\t,"\t2 ", 3 4 ', [[2, '1', '2', '3 4']]],
    ['no other space is trimmed', '\u3000x,\u00a0y,\u200bz', [[2, '\u3000x', '\u00a0y', '\u200bz']]],
    ['a newline is no blank', '"\n",2,3', [[2, '\n', '2', '3']]],
    ['what COPY escapes', '\\,"a\tb","\r\n"', [[2, '\\', 'a\tb', '\r\n']]],
    ['what looks like COPY syntax', '\\N,\\.,\\\\N', [[2, '\\N', '\\.', '\\\\N']]],
    ['control characters stay', '\u0001,\u001f,\u007f', [[2, '\u0001', '\u001f', '\u007f']]],
    ['Chinese, emoji, a mark inside', '采煤一队,👷🏽,x\ufeffy', [[2, '采煤一队', '👷🏽', 'x\ufeffy']]],
    ['other delimiters are text', '1;2|3,2,3', [[2, '1;2|3', '2', '3']]],
    [
      'blank lines are counted and skipped',
      '\n1,2,3\n\r\n\n4,5,6\n\n',
      [
        [3, '1', '2', '3'],
        [6, '4', '5', '6'],
      ],
      4,
    ],
    ['lines of commas are blank', ',,\n1,2,3\n,,,,,\n,\n"","",""\n \t\n', [[3, '1', '2', '3']], 5],
  ];
  it.each(cases)('%s', async (_title, body, lines, skipped = 0) => {
    for (const sizes of CHUNKINGS) expect(await verdict(HEADER + body, sizes)).toEqual({ lines, errors: [], skipped });
    const parsed = parseCsv(HEADER + body);
    expect(parsed.header).toEqual(['a', 'b', 'c']);
    expect(parsed.rows.map(({ rowNo, fields }) => [rowNo, ...fields])).toEqual(lines);
    expect(parsed.errors).toEqual([]);
  });
});

it('a row of hundreds of columns', async () => {
  const names = Array.from({ length: 300 }, (_, k) => `c${k}`);
  const { lines } = await copied(Buffer.from(`${names.join(',')}\n${names.join(',')}\n`), [50]);
  expect(lines).toEqual([[2, ...names]]);
  expect(parseCsv(names.join(',')).header).toEqual(names);
});

describe('rows in error', () => {
  const cases: [title: string, body: string, errors: string[], left?: number[]][] = [
    ['too few fields', '1,2\n1,2,3\n', ['column_count@2:2/3'], [3]],
    ['too many fields', '1,2,3,4\n', ['column_count@2:4/3']],
    ['blank extra fields are too many', '1,2,3,\n1,2,3,,\n', ['column_count@2:4/3', 'column_count@3:5/3']],
    ['more fields than room at first', `${'x,'.repeat(300)}x\n1,2,3`, ['column_count@2:301/3'], [3]],
    ['a quote inside an unquoted field', '1,a"b,3\n1,2,3', ['stray_quote@2:2'], [3]],
    ['a quote at the end of an unquoted field', '1,2,3"\n1,2,3', ['stray_quote@2:3'], [3]],
    ['a quote behind a space', '1, "2",3', ['stray_quote@2:2']],
    ['text behind a closing quote', '"1"x,2,3\n1,2,3', ['stray_quote@2:1'], [3]],
    ['a space behind a closing quote', '"1" ,2,3', ['stray_quote@2:1']],
    ['text behind an empty quoted field', '""x', ['stray_quote@2:1']],
    ['a stray quote hides the count of fields', '1,a"b', ['stray_quote@2:2']],
    ['an open quote that meets the next quoted field', '1,"2,3\n1,"2",3\n7,8,9', ['stray_quote@2:2'], [3]],
    ['rows count on behind blank lines', '\n\n1\n', ['column_count@4:1/3']],
  ];
  it.each(cases)('%s', async (_title, body, errors, left = []) => {
    for (const sizes of CHUNKINGS) {
      const said = await verdict(HEADER + body, sizes);
      expect(said.errors).toEqual(errors);
      expect(said.lines.map(([rowNo]) => rowNo)).toEqual(left);
    }
    expect(parseCsv(HEADER + body).errors.map((e) => `${e.code}@${e.row}`)).toEqual(errors.map((e) => e.split(':')[0]));
  });

  it('keeps as many errors as asked and counts all', async () => {
    const { result } = await copied(Buffer.from(HEADER + '1\n'.repeat(25)), [7], { maxErrors: 10 });
    expect(result.errors.map((e) => e.row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(result.errorCount).toBe(25);
  });
});

describe('refusals', () => {
  const cases: [title: string, text: string, refusal: string][] = [
    ['nothing', '', 'empty_file@-:-'],
    ['blank lines only', '\n\n\r\n', 'empty_file@-:-'],
    ['commas only', ',,\n', 'empty_file@-:-'],
    ['a mark only', '\ufeff', 'empty_file@-:-'],
    ['a quote open to the end', 'a,b,c\n1,2,3\n1,"2,3\n1,2,3\n', 'unclosed_quote@3:2'],
    ['a quote as the last byte', 'a,b,c\n1,2,"', 'unclosed_quote@2:3'],
    ['a quote open in the header', 'a,"b,c\n1,2,3\n', 'unclosed_quote@1:2'],
    ['U+0000', 'a,b,c\n1,2,3\n1,2,x\0y\n', 'invalid_character@3:3'],
    ['U+0000 at the very start', '\0a,b,c\n1,2,3\n', 'invalid_character@1:1'],
    ['U+0000 at the start of a row', 'a,b,c\r\n\0,2,3\n', 'invalid_character@2:1'],
    [
      'U+0000 in quotes, rows counted past quoted newlines',
      'a,b,c\n"1\n2",2,3\n\n1,"\n\0",3\n',
      'invalid_character@4:2',
    ],
    ['U+0000 behind a closing quote', 'a,b,c\n1,"2"\0,3\n', 'invalid_character@2:2'],
    ['a stray quote in the header', '\na,b"x,c\n', 'bad_header@2:2'],
    ['too many columns', 'x,'.repeat(1024) + 'x\n', 'too_many_columns@1:-'],
  ];
  it.each(cases)('%s', async (_title, text, refusal) => {
    expect(await refusalOf(() => parseCsv(text))).toBe(refusal);
    const bytes = Buffer.from(text.replace('\ufeff', ''));
    for (const sizes of CHUNKINGS) expect(await refusalOf(() => copied(bytes, sizes))).toBe(refusal);
  });

  it('a string with half a surrogate pair is no text', async () => {
    expect(await refusalOf(() => parseCsv('a\n\ud800\n'))).toBe('invalid_encoding@-:-');
  });
});

describe('the longest field', () => {
  // Limit 5 bytes, counted as written: é has two, a doubled quote two.
  const cases: [body: string, expected: string | Line][] = [
    ['12345', [2, '12345']],
    ['123456', 'field_too_long@2'],
    ['123éé', 'field_too_long@2'],
    ['12éé', 'field_too_long@2'],
    ['1éé', [2, '1éé']],
    ['"12345"', [2, '12345']],
    ['"123456"', 'unclosed_quote@2:1'],
    ['"123""', 'unclosed_quote@2:1'],
    ['"123"""', [2, '123"']],
    ['"1234"""', 'unclosed_quote@2:1'],
    ['"12345', 'unclosed_quote@2:1'],
    ['   1  ', 'field_too_long@2'],
  ];
  it.each(cases)('%s', async (body, expected) => {
    for (const sizes of CHUNKINGS) {
      const work = () => copied(Buffer.from(`a\n${body}`), sizes, { maxFieldBytes: 5 });
      const refusal = await refusalOf(work);
      if (refusal !== '') expect(refusal).toBe(expected);
      else {
        const { lines, result } = await work();
        expect(lines[0] ?? result.errors.map((e) => `${e.code}@${e.row}`)[0]).toEqual(expected);
      }
    }
  });
});

describe('targets and constant columns', () => {
  const text = Buffer.from('a,b,c\n1,2\\,3\n,5,\n');

  it('takes each target from its source, some from none, some from the same', async () => {
    const { lines } = await copied(text, [4], { targets: [2, -1, 1, 1] });
    expect(lines).toEqual([
      [2, '3', null, '2\\', '2\\'],
      [3, null, null, '5', '5'],
    ]);
  });

  it('writes the constant columns in front, escaped', async () => {
    const run = copyRows(inChunks(text, [100]), { columns: 3, targets: [0], prefix: ['矿\t\\', null, ''] });
    let out = '';
    for await (const part of run.output) out += part.toString();
    expect(out).toBe('矿\\t\\\\\t\\N\t\t2\t1\n' + '矿\\t\\\\\t\\N\t\t3\t\\N\n');
  });

  it('refuses a plan that does not fit the file: our own fault, not the sender’s', async () => {
    await expect(copied(text, [9], { columns: 3, targets: [3] })).rejects.toThrow(RangeError);
    await expect(copied(text, [9], { columns: 2 })).rejects.toThrow('the plan has 2 columns, the header 3');
  });
});
