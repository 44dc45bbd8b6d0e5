import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  PageQuery,
  decodeCursor,
  encodeCursor,
  keyDate,
  keyNumber,
  keyText,
  pageOf,
} from '../../src/platform/http/paging.js';

describe('a page', () => {
  const keyOf = (row: number) => [String(row)];

  it.each([
    // One row more than asked for tells that there is another page, and is not given out.
    [[1, 2, 3], 2, [1, 2], ['2']],
    [[1, 2], 2, [1, 2], null],
    [[1], 2, [1], null],
    [[], 2, [], null],
    [[7, 8], 1, [7], ['7']],
  ])('of %j, %i at a time, is %j', (rows, limit, data, next) => {
    const page = pageOf(rows, limit, keyOf);
    expect([page.data, decodeCursor(page.next ?? undefined, [keyNumber])]).toEqual([data, next]);
  });
});

describe('a cursor', () => {
  const parts = [keyDate, keyNumber, keyText];
  const key = ['2024-02-29', '17', '采煤/1'];

  it('gives back the key that it was made of, and none is the first page', () => {
    expect(decodeCursor(encodeCursor(key), parts)).toEqual(key);
    expect(decodeCursor(undefined, parts)).toBeNull();
  });

  it.each([
    ['of a day that is none', encodeCursor(['2024-02-30', '17', 'x'])],
    ['of a number that is none', encodeCursor(['2024-02-29', '1e3', 'x'])],
    ['of a number beyond bigint', encodeCursor(['2024-02-29', '1'.repeat(19), 'x'])],
    ['of a text with a NUL', encodeCursor(['2024-02-29', '17', 'a\0'])],
    ['too short', encodeCursor(['2024-02-29', '17'])],
    ['too long', encodeCursor([...key, 'x'])],
    ['of a part that is no text', Buffer.from('["2024-02-29",17,"x"]').toString('base64url')],
    ['of something else than a list', Buffer.from('{"0":"2024-02-29","length":3}').toString('base64url')],
    ['written another way', Buffer.from('["2024-02-29", "17", "x"]').toString('base64url')],
    ['padded', `${encodeCursor(key)}=`],
    ['no base64', '%%%'],
  ])('%s is refused', (_, cursor) => {
    expect(() => decodeCursor(cursor, parts)).toThrow('invalid_cursor');
  });
});

describe('parts of a key', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-2-29', false],
    ['2024-02-29T00:00', false],
    ['2024-13-01', false],
    ['', false],
  ])('the day %j: %s', (text, fits) => {
    expect(keyDate(text)).toBe(fits);
  });

  it.each([
    ['0', true],
    // 18 digits fit into bigint, 19 may not.
    ['9'.repeat(18), true],
    ['9'.repeat(19), false],
    ['-1', false],
    ['1.5', false],
    ['', false],
    ['1 OR 1=1', false],
  ])('the number %j: %s', (text, fits) => {
    expect(keyNumber(text)).toBe(fits);
  });

  it.each([
    ['', true],
    ['采煤 "一" \\ 区', true],
    ['😍', true],
    ['a\0b', false],
    ['\ud83d', false],
  ])('the text %j: %s', (text, fits) => {
    expect(keyText(text)).toBe(fits);
  });
});

describe('the query of a list', () => {
  it.each([
    [{}, 50, []],
    [{ limit: '1' }, 1, []],
    [{ limit: '200' }, 200, []],
    [{ limit: '0' }, 0, ['min']],
    [{ limit: '201' }, 201, ['max']],
    [{ limit: '1e2' }, '1e2', ['isInt', 'max', 'min']],
    [{ limit: '00050' }, '00050', ['isInt', 'max', 'min']],
    [{ limit: ['1', '2'] }, ['1', '2'], ['isInt', 'max', 'min']],
    [{ cursor: '' }, 50, ['isLength']],
    [{ cursor: 'x'.repeat(2000) }, 50, []],
    [{ cursor: 'x'.repeat(2001) }, 50, ['isLength']],
  ])('%j', (query, limit, broken) => {
    const read = plainToInstance(PageQuery, query);
    const names = validateSync(read).flatMap(({ constraints }) => Object.keys(constraints ?? {}));
    expect([read.limit, names.sort()]).toEqual([limit, broken]);
  });
});
