import { describe, expect, it } from '@jest/globals';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { copyRows } from '../../src/platform/csv/csv-to-copy.js';
import { readHeader } from '../../src/platform/csv/header.js';
import { readCopyText, refusalOf } from './reading.js';

const MEGABYTE = 1024 * 1024;

/** A file without end: what is read of it is counted. */
class Endless {
  bytes = 0;

  constructor(
    private readonly start: string,
    private readonly filling: Buffer,
  ) {}

  *[Symbol.iterator](): Generator<Buffer> {
    yield Buffer.from(this.start);
    for (;;) {
      this.bytes += this.filling.length;
      yield this.filling;
    }
  }
}

async function exhaust(chunks: Iterable<Buffer>, columns: number): Promise<number> {
  let bytes = 0;
  for await (const part of copyRows(chunks, { columns, targets: [0] }).output) bytes += part.length;
  return bytes;
}

describe('a file without end is refused after what one row may hold', () => {
  const filling = (text: string) => Buffer.from(text.repeat((64 * 1024) / text.length));
  const cases: [title: string, start: string, filling: Buffer, refusal: string, mostBytes: number][] = [
    ['an open quote', 'a,b\n1,2\n1,"', filling('x,1\n2,y\n'), 'unclosed_quote@3:2', 64 * 1024],
    ['an open quote over doubled ones', 'a,b\n1,2\n1,"', filling('""'), 'unclosed_quote@3:2', 64 * 1024],
    ['one unquoted field', 'a,b\n1,', filling('x'), 'row_too_long@2:-', 2 * MEGABYTE],
    ['one row of fields', 'a,b\n1,', filling('x,'), 'row_too_long@2:-', 2 * MEGABYTE],
    ['one row of commas', 'a,b\n', filling(','), 'row_too_long@2:-', 2 * MEGABYTE],
    ['one row of short quoted fields', 'a,b\n', filling('"",'), 'row_too_long@2:-', 2 * MEGABYTE],
  ];
  it.each(cases)('%s', async (_title, start, text, refusal, mostBytes) => {
    const file = new Endless(start, text);
    expect(await refusalOf(() => exhaust(file, 2))).toBe(refusal);
    expect(file.bytes).toBeLessThanOrEqual(mostBytes);
  });

  it('also as a header', async () => {
    const file = new Endless('', filling('x,'));
    expect(await refusalOf(() => readHeader(file))).toBe('row_too_long@1:-');
    expect(file.bytes).toBeLessThanOrEqual(2 * MEGABYTE);
  });

  it('and the header is read without reading the rest', async () => {
    const file = new Endless('a,b\n', filling('1,2\n'));
    expect((await readHeader(file)).names).toEqual(['a', 'b']);
    expect(file.bytes).toBe(0);
  });
});

describe('many rows', () => {
  // 40,000 rows of 4 columns in chunks of 64 KB: every kind of row meets every kind of chunk border.
  const rows = Array.from({ length: 40_000 }, (_, k) => [
    `R${k}`,
    `采煤${k}队`,
    k % 3 === 0 ? `a\\${k}\n"b"` : '',
    `${k}.25`,
  ]);
  const csv = Buffer.from(
    [
      'id,dept,note,amount',
      ...rows.map((row) => row.map((v) => (/["\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(',')),
    ].join('\r\n'),
  );
  function* chunks(): Generator<Buffer> {
    for (let at = 0; at < csv.length; at += 65_536) yield csv.subarray(at, at + 65_536);
  }

  it('go through a slow stream whole, in order, and no buffer is touched after it was handed out', async () => {
    const progress: number[] = [];
    const run = copyRows(chunks(), { columns: 4, targets: [0, 1, 2, 3] }, ({ bytes }) => progress.push(bytes));
    const kept: { buffer: Buffer; copy: Buffer }[] = [];
    const sink = new Writable({
      highWaterMark: 1,
      write(buffer: Buffer, _encoding, done) {
        kept.push({ buffer, copy: Buffer.from(buffer) });
        setTimeout(done, 1);
      },
    });
    await pipeline(Readable.from(run.output), sink);
    for (const { buffer, copy } of kept) expect(buffer.equals(copy)).toBe(true);
    expect(kept.length).toBeGreaterThan(2);
    expect(Math.max(...kept.map(({ buffer }) => buffer.length))).toBeLessThanOrEqual(256 * 1024);
    const text = Buffer.concat(kept.map(({ buffer }) => buffer)).toString('utf8');
    expect(readCopyText(text)).toEqual(rows.map((row, k) => [String(k + 2), ...row.map((v) => v || null)]));
    expect(run.result.rows).toBe(40_000);
    expect(progress.at(-1)).toBe(csv.length);
  });

  it('rows longer than a buffer still come whole, the last one also without a line end', async () => {
    const field = '\\'.repeat(300_000);
    const long = Buffer.from(`a,b\n1,2\n${field},${field}\n${field},3`);
    const run = copyRows([long], { columns: 2, targets: [1, 0, 0], maxFieldBytes: 400_000 });
    let out = '';
    for await (const part of run.output) out += part.toString('utf8');
    expect(readCopyText(out)).toEqual([
      ['2', '2', '1', '1'],
      ['3', field, field, field],
      ['4', '3', field, field],
    ]);
  });
});
