import { MONTHS, monthOf, Year } from './calendar.js';
import { energyBaselines, energyStreams } from './energy.js';
import { evaluate } from './evaluate.js';
import { implicitBaselines, implicitStreams, ratesOf } from './implicit.js';
import { insideBaselines, insideStreams } from './inside.js';
import { materialBaselines, materialStreams } from './materials.js';
import { DEPARTMENTS, ITEMS } from './mine.js';
import { withOddities } from './oddities.js';
import { outlayBaselines, outlayStreams } from './outlays.js';
import { adjustmentsOf } from './policy.js';
import { projectsOf } from './projects.js';
import { CostRecord, Folder } from './rows.js';
import { monthRecords } from './streams.js';
import { targetsOf } from './targets.js';
import { Goal, tune } from './tune.js';
import { activitiesOf } from './volumes.js';

const orderOf = (record: CostRecord): string => `${record.date} ${record.department} ${record.category} ${record.item}`;

/** Ids run through the year; vouchers start anew each month, and slips of one day and department share one. */
function numbered(year: Year, records: CostRecord[]): CostRecord[] {
  const sorted = records
    .map((record, index) => ({ record, key: `${orderOf(record)} ${String(index).padStart(6, '0')}` }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const counters = new Map<string, number>();
  let previous = '';
  return sorted.map(({ record }, index) => {
    const month = record.date.slice(2, 7).replace('-', '');
    const series = `${record.internal ? '结' : '记'}-${month}`;
    const same = `${series} ${record.date} ${record.department}`;
    const isBooked = record.nature === 'explicit';
    if (isBooked && same !== previous) counters.set(series, (counters.get(series) ?? 0) + 1);
    if (isBooked) previous = same;
    return {
      ...record,
      id: `${String(year).slice(2)}-${String(index + 1).padStart(6, '0')}`,
      voucher: isBooked ? `${series}-${String(counters.get(series) ?? 0).padStart(4, '0')}` : '',
    };
  });
}

function voucherOf(records: readonly CostRecord[], month: number): string {
  const slip = records.find((record) => monthOf(record.date) === month && record.item === '1501');
  if (!slip) throw new Error(`no office slip in month ${month}`);
  return slip.voucher;
}

export function buildYear(year: Year, goal?: Goal): Folder {
  const streams = [materialStreams, energyStreams, insideStreams, outlayStreams, implicitStreams].flatMap((of) =>
    of(year),
  );
  const ordinary = MONTHS.flatMap((month) => streams.flatMap((stream) => monthRecords(stream, year, month)));
  const records = numbered(year, withOddities(year, ordinary));
  const folder: Folder = {
    departments: DEPARTMENTS,
    items: ITEMS,
    projects: projectsOf(year),
    records,
    baselines: [materialBaselines, energyBaselines, insideBaselines, outlayBaselines, implicitBaselines].flatMap((of) =>
      of(year),
    ),
    activities: activitiesOf(year),
    rates: ratesOf(year),
    adjustments: adjustmentsOf(year, (month) => voucherOf(records, month)),
    targets: [],
  };
  if (goal) tune(folder, goal);
  folder.targets = targetsOf(year, evaluate(folder));
  return folder;
}
