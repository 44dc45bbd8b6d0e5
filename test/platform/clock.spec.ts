import { expect, it } from '@jest/globals';
import { dayInChina } from '../../src/platform/clock/clock.js';

it.each([
  // China is eight hours ahead and has no summer time: its day begins at 16:00 UTC of the day before.
  ['2024-01-01T15:59:59.999Z', '2024-01-01'],
  ['2024-01-01T16:00:00.000Z', '2024-01-02'],
  ['2023-12-31T16:00:00Z', '2024-01-01'],
  ['2024-02-28T16:00:00Z', '2024-02-29'],
  ['2024-02-29T15:59:59Z', '2024-02-29'],
  ['2024-02-29T16:00:00Z', '2024-03-01'],
  ['2023-02-28T16:00:00Z', '2023-03-01'],
  ['2024-07-01T00:00:00Z', '2024-07-01'],
])('at %s it is %s in China', (moment, day) => {
  expect(dayInChina(new Date(moment))).toBe(day);
});
