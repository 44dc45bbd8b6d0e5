import { describe, expect, it } from '@jest/globals';
import { alignTable } from '../../src/platform/terminal/align-table.js';
import { cutToWidth, displayWidth } from '../../src/platform/terminal/display-width.js';
import { printable } from '../../src/platform/terminal/printable.js';
import { Progress } from '../../src/platform/terminal/progress.js';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['协同创效', 8],
    ['ＡＢ１', 6],
    ['（无）', 6],
    ['ｱｲ', 2],
    ['한글', 4],
    ['𠮷', 2],
    ['—“”…·×', 6],
    ['Ａ\u0301', 2],
    ['e\u0301', 1],
    ['\u1112\u1161\u11ab', 2],
    ['a\u200bb\ufeff', 2],
    ['📈', 2],
    ['\t\u001b\u0085', 0],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('cuts without halving a wide character', () => {
    expect(cutToWidth('协同ab', 3)).toBe('协');
    expect(cutToWidth('协同ab', 5)).toBe('协同a');
    expect(cutToWidth('ab', 9)).toBe('ab');
  });
});

describe('alignTable', () => {
  it('aligns Chinese and Latin texts by their width', () => {
    const lines = alignTable(
      ['部门', '协同额'],
      [['CM1 采煤一区', '18.60'], ['JD', '-0.11'], ['合计']],
      ['left', 'right'],
    );
    expect(lines).toEqual([
      '部门          协同额',
      '------------  ------',
      'CM1 采煤一区   18.60',
      'JD             -0.11',
      '合计',
    ]);
  });
});

describe('printable', () => {
  it('writes out what would move the cursor or turn the text around', () => {
    expect(printable('a\u001b[2Jb\r\n\t\u202ec\u2028')).toBe('a\\u{1b}[2Jb\\u{d}\\u{a}\\u{9}\\u{202e}c\\u{2028}');
    expect(printable('柴里煤矿 “A-1”')).toBe('柴里煤矿 “A-1”');
  });

  it('cuts long texts by characters', () => {
    expect(printable('𠮷'.repeat(5), 3)).toBe('𠮷𠮷𠮷…');
  });
});

describe('Progress', () => {
  function watched(isTTY: boolean, columns = 100) {
    const written: string[] = [];
    const clock = { ms: 0 };
    const output = { isTTY, columns, write: (text: string) => void written.push(text) };
    return { written, clock, progress: new Progress(output, () => clock.ms) };
  }

  it('tells a pipe each tenth once, and the end', () => {
    const { written, clock, progress } = watched(false);
    progress.begin('读取', 1000);
    for (let done = 1; done <= 1000; done++) {
      clock.ms = done * 2;
      progress.advance(done, done * 1000);
    }
    progress.end();
    // 1,000 rows each 2 ms are 500,000 a second.
    expect(written).toHaveLength(10);
    expect(written[0]).toBe('读取  10% 100,000 行, 500,000 行/秒\n');
    expect(written[8]).toBe('读取  90% 900,000 行, 500,000 行/秒\n');
    expect(written[9]).toBe('读取 1,000,000 行, 500,000 行/秒\n');
  });

  it('tells a pipe every ten seconds where the total is unknown', () => {
    const { written, clock, progress } = watched(false);
    progress.begin('检查', null);
    for (clock.ms = 0; clock.ms < 30_000; clock.ms += 100) progress.advance(0, clock.ms);
    expect(written).toEqual(['检查 10,000 行, 1,000 行/秒\n', '检查 20,000 行, 1,000 行/秒\n']);
  });

  it('redraws one line on a terminal, ten times a second at most', () => {
    const { written, clock, progress } = watched(true);
    progress.begin('读取', 100);
    for (clock.ms = 0; clock.ms < 1000; clock.ms += 10) progress.advance(clock.ms / 10, clock.ms);
    expect(written.length).toBeLessThanOrEqual(11);
    expect(written.every((text) => text.startsWith('\r\u001b[K') && !text.includes('\n'))).toBe(true);
    expect(written.at(-1)).toContain('[#####################---]  90% 900 行, 1,000 行/秒');
    progress.end();
    expect(written.at(-1)).toBe('\r\u001b[K读取 990 行, 990 行/秒\n');
  });

  it('never draws a line that wraps', () => {
    const { written, progress } = watched(true, 20);
    progress.begin('读取文件夹中的全部记录', 100);
    expect(displayWidth(written[0]!.replace('\r\u001b[K', ''))).toBeLessThan(20);
  });

  it('stays within bounds whatever it is told, and closes a phase before the next', () => {
    const { written, progress } = watched(false);
    progress.advance(5, 5);
    progress.end();
    expect(written).toEqual([]);
    progress.begin('一', 0);
    progress.advance(5, 5);
    progress.begin('二', 10);
    progress.advance(20, 7);
    progress.end();
    expect(written).toEqual(['一 5 行, 0 行/秒\n', '二 7 行, 0 行/秒\n']);
  });
});
