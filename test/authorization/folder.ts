import { COLUMNS, type FileName } from '../support/naive/words.js';
import { ACTUAL, BOOKING, CODE, secretOf, type Booking } from './places.js';

type Row = Readonly<Record<string, string>>;

/** A file with all its columns; a row names those it fills. */
export function csv(file: FileName, ...rows: readonly Row[]): string {
  const names = COLUMNS[file].map(({ code }) => code);
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}

const ITEM = { category: 'resource', item: '0104', nature: 'explicit' };

/** A record of a department, every free text of which holds the department's mark. */
export function recordRow(of: Booking | 'away', id: string, date: string, amount: string): Row {
  const secret = secretOf(of);
  return {
    ...{ id, date, department: CODE[of], ...ITEM, quantity: '1', amount },
    ...{ counterparty: `to ${secret}`, voucher: `v-${secret}`, summary: `for ${secret}` },
  };
}

/** The day in the month that is closed, reopened and closed again, and the one in the month that stays open. */
export const CLOSED_DAY = '2023-01-10';
export const OPEN_DAY = '2023-03-10';

/** What both mines begin with: departments, a project, and in the first everything of each of the three departments. */
export function folderOf(bookings: readonly (Booking | 'away')[]): Readonly<Record<string, string>> {
  const tree: Row[] = [
    { code: CODE.KQ, name: '矿区' },
    { code: CODE.CM1, name: '采一', parent: CODE.KQ },
    { code: CODE.CM2, name: '采二', parent: CODE.KQ },
    { code: CODE.JD, name: '机电' },
  ];
  return {
    'departments.csv': csv('departments.csv', ...tree),
    'projects.csv': csv('projects.csv', { code: 'P1', name: '集采', category: 'resource', approved_on: '2023-01-01' }),
    'baselines.csv': csv('baselines.csv', ...bookings.map(baselineOf)),
    'activities.csv': csv('activities.csv', ...bookings.map(activityOf)),
    'adjustments.csv': csv('adjustments.csv', ...bookings.map(adjustmentOf)),
    'targets.csv': csv('targets.csv', ...bookings.map(targetOf)),
    'records.csv': csv('records.csv', ...bookings.flatMap(recordsOf)),
  };
}

const baselineOf = (of: Booking | 'away'): Row => ({
  ...{ code: `B-${of}-${secretOf(of)}`, department: CODE[of], ...ITEM, basis: 'contract', unit_price: '3' },
  ...{ valid_from: '2023-03-01' },
});

const activityOf = (of: Booking | 'away'): Row => ({
  ...{ period: '2023-03', department: CODE[of], driver: `d-${secretOf(of)}`, actual: '10' },
});

const adjustmentOf = (of: Booking | 'away'): Row => ({
  ...{ id: `A-${of}-${secretOf(of)}`, period: '2023-03', department: CODE[of], category: 'business', kind: 'gain' },
  ...{ amount: '5.00', recognition: 'realised', status: 'confirmed', voucher: `w-${secretOf(of)}` },
});

const targetOf = (of: Booking | 'away'): Row => ({
  ...{ period: '2023-03', department: CODE[of], category: 'resource', measure: 'price_reduction', amount: '8.00' },
});

const recordsOf = (of: Booking | 'away'): Row[] => {
  const amount = of === 'away' ? '7.07' : ACTUAL[of];
  return [recordRow(of, `R-${of}-0`, OPEN_DAY, amount), recordRow(of, `R-${of}-1`, CLOSED_DAY, '11.00')];
};

export const isBooking = (place: string): place is Booking => BOOKING.some((known) => known === place);
