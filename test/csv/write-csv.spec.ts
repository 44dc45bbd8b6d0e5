import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { decodeBytes } from '../../src/platform/csv/encoding.js';
import { gb18030Bytes } from '../../src/platform/csv/gb18030-bytes.js';
import { writeCsv, type CsvCell, type WrittenEncoding } from '../../src/platform/csv/write-csv.js';
import { runFolder } from '../support/database.js';

async function written(rows: readonly (readonly CsvCell[])[], encoding: WrittenEncoding): Promise<Buffer> {
  const target = join(runFolder(), `written-${encoding}.csv`);
  await writeCsv(rows, encoding, target);
  return readFile(target);
}

describe('a CSV file', () => {
  const rows: CsvCell[][] = [
    [{ text: '部门' }, { text: '金额' }],
    [{ text: '采煤"一"区,\n𠮷' }, { number: '-1.50' }],
    [null, { text: '' }],
  ];
  const text = '部门,金额\r\n"采煤""一""区,\n𠮷",-1.50\r\n,\r\n';

  it('is UTF-8 with a mark, or GB18030, and says the same in both', async () => {
    const utf8 = await written(rows, 'utf8');
    expect(utf8.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(utf8.subarray(3).toString('utf8')).toBe(text);
    const gb = await written(rows, 'gb18030');
    expect(gb.subarray(0, 4).toString('hex')).toBe('b2bfc3c5'); // 部门
    expect(iconv.decode(gb, 'gb18030')).toBe(text);
    expect(decodeBytes(gb).toString('utf8')).toBe(text);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'keeps the text %j from being a formula',
    async (hostile) => {
      const [, field] = /^"?([^]*?)"?\r\n$/.exec(
        (await written([[{ text: hostile }]], 'utf8')).toString('utf8').slice(1),
      )!;
      expect(field).toBe(`'${hostile}`);
    },
  );

  it('leaves numbers as they are', async () => {
    expect((await written([[{ number: '-12.30' }, { text: '1-2' }]], 'utf8')).toString('utf8')).toBe(
      '\ufeff-12.30,1-2\r\n',
    );
  });
});

const REPLACEMENT = Buffer.from('8431a437', 'hex');

describe('GB18030', () => {
  it('has every character of Unicode, and our reader reads back each of them', () => {
    const [characters, lost]: [string[], number[]] = [[], []];
    for (let code = 0x80; code <= 0x10ffff; code += code < 0x10000 ? 1 : 97) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (code !== 0xfffd && gb18030Bytes(character).equals(REPLACEMENT)) lost.push(code);
      else characters.push(character);
    }
    const text = characters.join('');
    const bytes = gb18030Bytes(text);
    // Against our strict reader, and against the decoder of the platform.
    expect(decodeBytes(bytes).toString('utf8') === text).toBe(true);
    expect(new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }).decode(bytes) === text).toBe(true);
    // No characters: what GB18030-2005 had at A6D9 and elsewhere, of which the edition of 2022 made U+FE10 and others.
    expect(lost).toHaveLength(19);
    expect(lost.every((code) => code >= 0xe000 && code <= 0xf8ff)).toBe(true);
  });

  it('has no half of a character', () => {
    expect(gb18030Bytes('\ud800').toString('hex')).toBe(gb18030Bytes('\ufffd').toString('hex'));
  });
});
