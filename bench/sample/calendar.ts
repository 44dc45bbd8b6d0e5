export type Year = 2022 | 2023;

export const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

const two = (number: number): string => String(number).padStart(2, '0');

export const periodOf = (year: Year, month: number): string => `${year}-${two(month)}`;

export const lastDay = (year: Year, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const dayOf = (year: Year, month: number, day: number): string =>
  `${year}-${two(month)}-${two(Math.min(day, lastDay(year, month)))}`;

export const monthOf = (date: string): number => Number(date.slice(5, 7));

/** “2023-03” or a day of it → its last day. Natural months throughout. */
export const endOfPeriod = (period: string): string =>
  `${period.slice(0, 7)}-${two(new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).getUTCDate())}`;
