import { dayOf, monthOf, periodOf, Year } from './calendar.js';
import { Chance } from './chance.js';
import { micro, timesToFen, toGrain } from './micro.js';
import { CostRecord } from './rows.js';
import { cell, table } from './table.js';

/**
 * What real books hold besides plain slips: what | month | department | item | how much | period corrected.
 * rebate (yuan back, quantity 0), correct-price (yuan), correct-quantity (share of the source slip in per cent), reverse (red
 * letter and booked again), no-quantity, amount-instead (an implicit loss stated in yuan), unreported, nothing-used.
 */
const ODDITIES: Record<Year, string[][]> = {
  2022: table(
    `
    rebate           | 3  | GY  | 010302 | -3600.00 |
    rebate           | 6  | GY  | 010301 | -4200.00 |
    rebate           | 9  | CM1 | 010401 | -1850.00 |
    rebate           | 12 | GY  | 010404 | -5300.00 |
    rebate           | 12 | JJ1 | 010101 | -2400.00 |
    correct-price    | 4  | CM2 | 010401 | -620.00  | 3
    correct-price    | 6  | JD  | 0201   | 2860.00  | 5
    correct-price    | 8  | CM1 | 05     | -1500.00 | 7
    correct-quantity | 5  | JJ2 | 010101 | 12       | 4
    correct-quantity | 7  | XM  | 019901 | 6        | 6
    correct-quantity | 9  | YS  | 010402 | -15      | 7
    correct-quantity | 10 | KT  | 010102 | 18       | 9
    correct-price    | 11 | ZH  | 1501   | 480.00   | 10
    correct-quantity | 12 | CM3 | 010501 | 10       | 11
    correct-price    | 12 | XM  | 15     | 900.00   | 10
    reverse          | 3  | YS  | 010302 |          |
    reverse          | 6  | JX  | 010502 |          |
    reverse          | 8  | HQ  | 0199   |          |
    reverse          | 10 | XM  | 0104   |          |
    reverse          | 11 | CM1 | 010303 |          |
    no-quantity      | 2  | YS  | 010402 |          |
    no-quantity      | 4  | CM1 | 010301 |          |
    no-quantity      | 7  | JX  | 010502 |          |
    no-quantity      | 7  | ZB  | 0203   |          |
    no-quantity      | 11 | TF  | 019903 |          |
    no-quantity      | 3  | CM3 | 010501 |          |
    no-quantity      | 10 | JJ3 | 010103 |          |
    amount-instead   | 6  | XM  | REWORK | 1760.00  |
    amount-instead   | 9  | YS  | IDLE_LABOUR | 8400.00 |
    unreported       | 1  | XX  | 11     |          |
    unreported       | 2  | JY  | 1501   |          |
    unreported       | 5  | ST  | 0202   |          |
    unreported       | 8  | HB  | 1501   |          |
    unreported       | 8  | AJ  | ACCIDENT |        |
    unreported       | 11 | JX  | 0106   |          |
    nothing-used     | 9  | PX  | 1501   |          |
    `,
    6,
  ),
  2023: table(
    `
    rebate           | 3  | GY  | 010302 | -4800.00 |
    rebate           | 3  | CM1 | 010401 | -1200.00 |
    rebate           | 6  | GY  | 010301 | -5600.00 |
    rebate           | 6  | GY  | 010404 | -3900.00 |
    rebate           | 9  | JJ1 | 010102 | -2700.00 |
    rebate           | 10 | GY  | 010402 | -3100.00 |
    rebate           | 12 | GY  | 010303 | -4400.00 |
    rebate           | 12 | XM  | 019901 | -3800.00 |
    correct-price    | 3  | CM2 | 010403 | -540.00  | 2
    correct-price    | 5  | JD  | 0201   | -3120.00 | 4
    correct-price    | 6  | CM1 | 05     | -1800.00 | 5
    correct-price    | 8  | JD  | 0201   | 2240.00  | 7
    correct-price    | 12 | HQ  | 0204   | 1060.00  | 11
    correct-price    | 11 | ZH  | 1501   | 650.00   | 9
    correct-quantity | 4  | JJ1 | 010101 | 14       | 3
    correct-quantity | 5  | JJ3 | 010102 | 22       | 4
    correct-quantity | 7  | XM  | 019901 | 5        | 6
    correct-quantity | 9  | YS  | 010402 | -12      | 8
    correct-quantity | 10 | CM3 | 010401 | 9        | 8
    correct-quantity | 11 | CM1 | 010303 | 16       | 10
    correct-quantity | 12 | CM2 | 010501 | -8       | 11
    correct-quantity | 7  | CM2 | DOWNTIME | 20     | 6
    reverse          | 2  | YS  | 010302 |          |
    reverse          | 4  | JX  | 010502 |          |
    reverse          | 5  | WY  | 0199   |          |
    reverse          | 7  | CM2 | 010303 |          |
    reverse          | 9  | XM  | 0104   |          |
    reverse          | 11 | ZB  | 0103   |          |
    no-quantity      | 1  | YS  | 010402 |          |
    no-quantity      | 3  | CM2 | 010301 |          |
    no-quantity      | 5  | JD  | 010502 |          |
    no-quantity      | 8  | YX  | 0203   |          |
    no-quantity      | 9  | KT  | 019903 |          |
    no-quantity      | 12 | CM1 | 010404 |          |
    no-quantity      | 5  | CM2 | 010501 |          |
    no-quantity      | 11 | JJ2 | 010103 |          |
    amount-instead   | 4  | XM  | REWORK | 1580.00  |
    amount-instead   | 10 | ZH  | COORDINATION | 5200.00 |
    unreported       | 1  | XX  | 11     |          |
    unreported       | 4  | JY  | 1501   |          |
    unreported       | 6  | SC  | 0202   |          |
    unreported       | 7  | HB  | 1501   |          |
    unreported       | 9  | AJ  | ACCIDENT |        |
    unreported       | 10 | JX  | 0106   |          |
    unreported       | 12 | BW  | 15     |          |
    nothing-used     | 8  | PX  | 1501   |          |
    nothing-used     | 7  | JW  | 1501   |          |
    `,
    6,
  ),
};

const VAT = micro('0.13');
const TEN = 10_000_000n;

const isMaterial = (record: CostRecord): boolean =>
  record.category === 'resource' && !record.internal && record.unitPrice !== null && (record.quantity ?? 0n) > TEN;

const later = (record: CostRecord, days: number, year: Year): string =>
  dayOf(year, monthOf(record.date), Number(record.date.slice(8)) + days);

/** Part of a withdrawal goes back to the store: negative quantity and amount, at the price it was issued at. */
function returned(record: CostRecord, share: number, year: Year): CostRecord {
  const quantity = -toGrain(((record.quantity ?? 0n) * BigInt(share)) / 100n, 1_000_000n);
  const amount = timesToFen(quantity, record.unitPrice ?? 0n);
  return { ...record, date: later(record, 3, year), quantity, amount, summary: `退库红字：${record.summary}` };
}

/** The slip was entered as on the invoice, VAT included (CMB-1). */
function inclusive(record: CostRecord): void {
  const price = ((record.unitPrice ?? 0n) * (1_000_000n + VAT)) / 1_000_000n;
  record.unitPrice = price;
  record.amount = timesToFen(record.quantity ?? 0n, price);
  record.taxRate = VAT;
}

function scatter(year: Year, records: CostRecord[]): CostRecord[] {
  const chance = new Chance(`oddities ${year}`);
  const added: CostRecord[] = [];
  for (const record of records.filter(isMaterial)) {
    const lot = chance.between(1, 180);
    if (lot <= 2) added.push(returned(record, chance.between(8, 30), year));
    else if (lot <= 7) inclusive(record);
  }
  return [...records, ...added];
}

const zero = (record: CostRecord, summary: string): CostRecord => ({
  ...record,
  quantity: 0n,
  unitPrice: null,
  amount: 0n,
  counterparty: '',
  summary,
});

function reversed(record: CostRecord, year: Year): CostRecord[] {
  const date = later(record, 2, year);
  const negative = (value: bigint | null): bigint | null => (value === null ? null : -value);
  const red = { ...record, date, quantity: negative(record.quantity), amount: negative(record.amount) };
  return [
    { ...red, summary: `红字冲销：${record.summary}` },
    { ...record, date, summary: `更正重记：${record.summary}` },
  ];
}

function corrected(row: string[], source: CostRecord, year: Year): CostRecord {
  const base: CostRecord = {
    ...source,
    date: dayOf(year, Number(cell(row, 1)), 16),
    corrects: periodOf(year, Number(cell(row, 5))),
    summary: `更正${cell(row, 5)}月：${source.summary}`,
  };
  if (cell(row, 0) === 'correct-price') {
    const hasQuantity = source.quantity !== null;
    return { ...base, quantity: hasQuantity ? 0n : null, unitPrice: null, amount: micro(cell(row, 4)) };
  }
  const grain = source.nature === 'explicit' ? 1_000_000n : 100_000n;
  const quantity = toGrain(((source.quantity ?? 0n) * BigInt(cell(row, 4))) / 100n, grain);
  return { ...base, quantity, amount: source.unitPrice === null ? null : timesToFen(quantity, source.unitPrice) };
}

/** Applies one row of the table to the year's records. */
function applied(row: string[], records: CostRecord[], year: Year): CostRecord[] {
  const kind = cell(row, 0);
  const month = Number(cell(row, kind.startsWith('correct') ? 5 : 1));
  const matches = (record: CostRecord): boolean =>
    record.item === cell(row, 3) &&
    record.corrects === '' &&
    record.taxRate === null &&
    !record.summary.includes('红字');
  const here = records.filter((record) => matches(record) && monthOf(record.date) === month);
  if (kind === 'rebate') {
    const source = records.find((record) => matches(record) && !record.internal);
    if (!source) throw new Error(`no slip like: ${row.join(' | ')}`);
    const date = dayOf(year, month, 26);
    const given = { department: cell(row, 2), date, amount: micro(cell(row, 4)), summary: '供应商返利' };
    return [...records, { ...zero(source, ''), ...given, counterparty: source.counterparty }];
  }
  const source = here.find((record) => record.department === cell(row, 2));
  if (!source) throw new Error(`no slip like: ${row.join(' | ')}`);
  const others = records.filter((record) => !(here.includes(record) && record.department === cell(row, 2)));
  switch (kind) {
    case 'correct-price':
    case 'correct-quantity':
      return [...records, corrected(row, source, year)];
    case 'reverse':
      return [...records, ...reversed(source, year)];
    case 'no-quantity':
      return records.map((record) => (record === source ? { ...record, quantity: null, unitPrice: null } : record));
    case 'amount-instead':
      return records.map((record) =>
        record === source ? { ...record, quantity: null, unit: '', amount: micro(cell(row, 4)) } : record,
      );
    case 'unreported':
      return others;
    case 'nothing-used':
      return [...others, zero(source, '本月无支出')];
    default:
      throw new Error(`unknown oddity ${kind}`);
  }
}

export const withOddities = (year: Year, records: CostRecord[]): CostRecord[] =>
  ODDITIES[year].reduce((sofar, row) => applied(row, sofar, year), scatter(year, records));
