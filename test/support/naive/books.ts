import { divided, ONE, parsed, plus, rounded, type Fraction } from './fraction.js';
import { rowsOf, type Folder, type Row } from './table.js';

export type Nature = 'explicit' | 'implicit_booked' | 'implicit_opportunity';

export interface Period {
  readonly code: string;
  /** ISO dates, both inclusive; they compare as text. */
  readonly start: string;
  readonly end: string;
}

export interface CostRecord {
  readonly id: string;
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly nature: Nature;
  readonly project: string;
  readonly internal: boolean;
  readonly voucher: string;
  /** Net of VAT (CMB-1), yuan. */
  readonly amount: Fraction | undefined;
  readonly quantity: Fraction | undefined;
  /** Period of the record's own date. */
  readonly postedIn: Period;
  /** COR-1: the corrected period, else postedIn. */
  readonly valuedIn: Period;
  readonly valuedOn: string;
}

export interface Baseline {
  readonly code: string;
  readonly kind: 'price' | 'norm' | 'quantity' | 'amount';
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly nature: Nature;
  readonly project: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly driver: string;
  /** Net of VAT (CMB-1), yuan. */
  readonly unitPrice: Fraction | undefined;
  readonly amount: Fraction | undefined;
  readonly fixedAmount: Fraction | undefined;
  readonly norm: Fraction | undefined;
  readonly quantity: Fraction | undefined;
  readonly plannedVolume: Fraction | undefined;
}

export interface Adjustment {
  readonly id: string;
  readonly period: string;
  readonly department: string;
  readonly category: string;
  readonly project: string;
  readonly isGain: boolean;
  /** GAI-1: realised and confirmed by finance. */
  readonly counts: boolean;
  readonly amount: Fraction;
  readonly voucher: string;
}

export interface Method {
  readonly priceReduction: 'within' | 'beside';
  readonly opportunitySaving: 'within' | 'beside';
}

export interface Books {
  readonly method: Method;
  readonly records: readonly CostRecord[];
  readonly baselines: readonly Baseline[];
  readonly adjustments: readonly Adjustment[];
  /** Periods in which there is any record, volume or adjustment (COV-3). */
  readonly lookedAt: readonly Period[];
  /** Undefined where the row is missing or its actual is blank. */
  volume(department: string, period: Period, driver: string): Fraction | undefined;
  /** PRJ-1. */
  isApproved(project: string, date: string): boolean;
  /** IMP-1: yuan per unit in force on the date. */
  rate(item: string, date: string): Fraction;
}

/** Is the date within a validity whose blank ends are open? */
export function isValidOn(date: string, from: string, to: string): boolean {
  return (from === '' || from <= date) && (to === '' || date <= to);
}

const given = (text: string): Fraction | undefined => (text === '' ? undefined : parsed(text));

/** CMB-1: incl figures are divided by 1 + rate and rounded at intake; anything else is net already. */
function net(row: Row, column: string, places: number): Fraction | undefined {
  const figure = given(row(column));
  if (figure === undefined || row('tax_basis') !== 'incl') return figure;
  return rounded(divided(figure, plus(ONE, parsed(row('tax_rate')))), places);
}

interface Calendar {
  byCode(code: string): Period;
  byDate(date: string): Period;
}

/** GRN-1: the period table, or natural months where there is none. */
function calendarOf(folder: Folder): Calendar {
  const table = rowsOf(folder, 'periods.csv').map((row) => ({
    code: row('code'),
    start: row('start'),
    end: row('end'),
  }));
  const found = (period: Period | undefined, what: string): Period => {
    if (!period) throw new Error(`no period holds ${what}`);
    return period;
  };
  if (table.length > 0) {
    return {
      byCode: (code) =>
        found(
          table.find((period) => period.code === code),
          code,
        ),
      byDate: (date) =>
        found(
          table.find((period) => period.start <= date && date <= period.end),
          date,
        ),
    };
  }
  const month = (code: string): Period => {
    const [year, number] = code.split('-').map(Number) as [number, number];
    const end = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
    return { code, start: `${code}-01`, end };
  };
  return { byCode: month, byDate: (date) => month(date.slice(0, 7)) };
}

function recordOf(row: Row, calendar: Calendar): CostRecord {
  const postedIn = calendar.byDate(row('date'));
  const corrected = row('corrects_period');
  const valuedIn = corrected === '' ? postedIn : calendar.byCode(corrected);
  return {
    id: row('id'),
    department: row('department'),
    category: row('category'),
    item: row('item'),
    nature: row('nature') as Nature,
    project: row('project'),
    internal: row('internal') === 'yes',
    voucher: row('voucher'),
    amount: net(row, 'amount', 2),
    quantity: given(row('quantity')),
    postedIn,
    valuedIn,
    valuedOn: corrected === '' ? row('date') : valuedIn.end,
  };
}

/** BAS-1: what a baseline fills in says what it is. */
function kindOf(row: Row): Baseline['kind'] {
  if (row('norm') !== '') return 'norm';
  if (row('quantity') !== '') return 'quantity';
  return row('amount') !== '' ? 'amount' : 'price';
}

function baselineOf(row: Row): Baseline {
  return {
    code: row('code'),
    kind: kindOf(row),
    department: row('department'),
    category: row('category'),
    item: row('item'),
    nature: row('nature') as Nature,
    project: row('project'),
    validFrom: row('valid_from'),
    validTo: row('valid_to'),
    driver: row('driver'),
    unitPrice: net(row, 'unit_price', 6),
    amount: net(row, 'amount', 2),
    fixedAmount: net(row, 'fixed_amount', 2),
    norm: given(row('norm')),
    quantity: given(row('quantity')),
    plannedVolume: given(row('planned_volume')),
  };
}

function adjustmentOf(row: Row): Adjustment {
  return {
    id: row('id'),
    period: row('period'),
    department: row('department'),
    category: row('category'),
    project: row('project'),
    isGain: row('kind') === 'gain',
    counts: row('recognition') === 'realised' && row('status') === 'confirmed',
    amount: parsed(row('amount')),
    voucher: row('voucher'),
  };
}

/** Reads a valid folder; nothing is checked here. @throws Error on a folder that is not valid, where that is noticed. */
export function booksOf(folder: Folder): Books {
  const calendar = calendarOf(folder);
  const records = rowsOf(folder, 'records.csv').map((row) => recordOf(row, calendar));
  const adjustments = rowsOf(folder, 'adjustments.csv').map(adjustmentOf);
  const activities = rowsOf(folder, 'activities.csv');
  const projects = rowsOf(folder, 'projects.csv');
  const rates = rowsOf(folder, 'rates.csv');
  const lookedAt = new Set([
    ...records.map(({ valuedIn }) => valuedIn.code),
    ...activities.map((row) => row('period')),
    ...adjustments.map(({ period }) => period),
  ]);
  return {
    method: methodOf(folder),
    records,
    baselines: rowsOf(folder, 'baselines.csv').map(baselineOf),
    adjustments,
    lookedAt: [...lookedAt].map((code) => calendar.byCode(code)),
    volume(department, period, driver) {
      const row = activities.find(
        (each) => each('department') === department && each('period') === period.code && each('driver') === driver,
      );
      return row && given(row('actual'));
    },
    isApproved(project, date) {
      const row = projects.find((each) => each('code') === project);
      return row !== undefined && row('approved_on') !== '' && isValidOn(date, row('approved_on'), row('closed_on'));
    },
    rate(item, date) {
      const row = rates.find((each) => each('item') === item && isValidOn(date, each('valid_from'), each('valid_to')));
      if (!row) throw new Error(`no rate for ${item} on ${date} (IMP-1)`);
      return parsed(row('rate'));
    },
  };
}

function methodOf(folder: Folder): Method {
  const text = folder['method.json'];
  const method = text === undefined ? {} : (JSON.parse(text) as Partial<Method>);
  return {
    priceReduction: method.priceReduction ?? 'within',
    opportunitySaving: method.opportunitySaving ?? 'within',
  };
}
