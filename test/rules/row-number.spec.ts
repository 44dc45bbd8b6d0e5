import { expect, it } from '@jest/globals';
import { MAX_ROWS, rowNumber, rowPlace } from '../../src/modules/rules/row-number.js';

it.each([
  [0, 1, 1],
  [0, 2_097_151, 2_097_151],
  // The first row of the second sheet: 2^21 + 1
  [1, 1, 2_097_153],
  [2, 1_048_576, 5_242_880],
  // The last of a thousand sheets still fits into integer (2^31 − 1): 999 × 2^21 + 2^20
  [999, 1_048_576, 2_096_103_424],
])('sheet %i, row %i is %i, and back', (sheet, row, number) => {
  expect(rowNumber(sheet, row)).toBe(number);
  expect(rowPlace(number)).toEqual({ sheet, row });
});

it('a text file has 2^21 − 1 rows at most', () => {
  expect(MAX_ROWS).toBe(2_097_151);
});
