import type { Baseline, Books, CostRecord, Method, Nature, Period } from './books.js';
import { divided, isZero, minus, negative, plus, rounded, times, ZERO, type Fraction } from './fraction.js';
import type { Group } from './matching.js';

export const MEASURES = [
  'explicit_actual',
  'internal_actual',
  'implicit_booked_actual',
  'implicit_opportunity_actual',
  'baseline',
  'price_base',
  'price_reduction',
  'usage_saving',
  'amount_saving',
  'explicit_saving',
  'implicit_booked_saving',
  'implicit_opportunity_saving',
  'gains',
  'inputs',
  'booked_value',
  'synergy_value',
  'turnover',
  'covered_actual',
  'unreported_baseline',
] as const;
export type Measure = (typeof MEASURES)[number];
export type Measures = Readonly<Record<Measure, Fraction>>;

/** GRN-2: a record, baseline or adjustment line; its measures are exact, in yuan. */
export interface Line {
  readonly kind: 'record' | 'baseline' | 'adjustment';
  /** Record id, baseline code or adjustment id. */
  readonly id: string;
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly project: string;
  /** Code of the baseline that the record matches, covered or not; '' where none. */
  readonly baseline: string;
  readonly measures: Measures;
}

export type IssueCode =
  'missing_quantity' | 'missing_volume' | 'not_comparable' | 'not_reported' | 'possible_double_count';

type Figures = Partial<Record<Measure, Fraction>>;

/** The measures of a line from its clauses' figures; SAV-1, VAL-1 and VAL-2 give the rest. */
function measuresOf(given: Figures, method: Method): Measures {
  const of = (measure: Measure): Fraction => given[measure] ?? ZERO;
  const explicitSaving = plus(plus(of('price_reduction'), of('usage_saving')), of('amount_saving'));
  const withPrice = minus(plus(explicitSaving, of('gains')), of('inputs'));
  const booked = method.priceReduction === 'beside' ? minus(withPrice, of('price_reduction')) : withPrice;
  const opportunity = method.opportunitySaving === 'beside' ? ZERO : of('implicit_opportunity_saving');
  const all = Object.fromEntries(MEASURES.map((measure) => [measure, of(measure)])) as Record<Measure, Fraction>;
  return { ...all, explicit_saving: explicitSaving, booked_value: booked, synergy_value: plus(booked, opportunity) };
}

/** What the code relies on in a valid folder; @throws Error when a folder that was called valid is not. */
function present(figure: Fraction | undefined, what: string): Fraction {
  if (figure === undefined) throw new Error(`${what} is missing in a folder that should be valid`);
  return figure;
}

const savingOf = (nature: Nature): Measure =>
  nature === 'implicit_booked' ? 'implicit_booked_saving' : 'implicit_opportunity_saving';

/** A of the clause table: the booked amount; for an implicit record quantity × rate, or its amount (IMP-1). */
function worth(books: Books, record: CostRecord): Fraction {
  if (record.nature === 'explicit' || record.quantity === undefined)
    return present(record.amount, `${record.id} amount`);
  return times(record.quantity, books.rate(record.item, record.valuedOn));
}

/** What every record shows, whether it is covered or not (COV-1, IMP-1, TUR-1). */
function actuals(books: Books, record: CostRecord): Figures {
  const amount = worth(books, record);
  if (record.nature === 'implicit_booked') return { implicit_booked_actual: amount };
  if (record.nature === 'implicit_opportunity') return { implicit_opportunity_actual: amount };
  if (!record.internal) return { explicit_actual: amount };
  const moved = books.isApproved(record.project, record.valuedOn) ? { turnover: amount } : {};
  return { explicit_actual: amount, internal_actual: amount, ...moved };
}

function recordLine(books: Books, record: CostRecord, baseline: Baseline | undefined, savings: Figures): Line {
  return {
    kind: 'record',
    id: record.id,
    department: record.department,
    period: record.valuedIn.code,
    category: record.category,
    item: record.item,
    nature: record.nature,
    project: record.project,
    baseline: baseline?.code ?? '',
    measures: measuresOf({ ...actuals(books, record), ...savings }, books.method),
  };
}

function baselineLine(books: Books, baseline: Baseline, period: Period, figures: Figures): Line {
  return {
    kind: 'baseline',
    id: baseline.code,
    department: baseline.department,
    period: period.code,
    category: baseline.category,
    item: baseline.item,
    nature: baseline.nature,
    project: baseline.project,
    baseline: baseline.code,
    measures: measuresOf(figures, books.method),
  };
}

/** BAS-4: Q0 of a norm or quantity baseline, B0 of an amount baseline; 'no volume' where it needs one that is missing. */
function targetOf(books: Books, baseline: Baseline, period: Period): Fraction | 'no volume' {
  const { kind, code, driver } = baseline;
  if (kind === 'quantity') return present(baseline.quantity, `${code} quantity`);
  if (kind === 'amount' && driver === '') return present(baseline.amount, `${code} amount`);
  const actual = books.volume(baseline.department, period, driver);
  if (actual === undefined) return 'no volume';
  if (kind === 'norm') return times(present(baseline.norm, `${code} norm`), actual);
  const flexed = divided(times(present(baseline.amount, code), actual), present(baseline.plannedVolume, code));
  return plus(baseline.fixedAmount ?? ZERO, rounded(flexed, 12));
}

const priced = (baseline: Baseline, quantity: Fraction): Fraction =>
  times(present(baseline.unitPrice, `${baseline.code} unit_price`), quantity);

/** PRC-1 and the record lines of USE-1: P0·q against A. */
function priceFigures(baseline: Baseline, record: CostRecord, quantity: Fraction): Figures {
  const atBaselinePrice = priced(baseline, quantity);
  const amount = present(record.amount, `${record.id} amount`);
  return {
    price_base: atBaselinePrice,
    price_reduction: minus(atBaselinePrice, amount),
    covered_actual: amount,
  };
}

export interface GroupLines {
  readonly lines: readonly Line[];
  /** Codes raised by the group, each for the group's dimensions. */
  readonly issues: readonly IssueCode[];
}

/** PRC-1 and COV-0: each record alone against the price. */
function priceGroup(books: Books, baseline: Baseline, records: readonly CostRecord[]): GroupLines {
  const lines = records.map((record) => {
    const { quantity } = record;
    if (quantity === undefined) return recordLine(books, record, baseline, {});
    const figures = { baseline: priced(baseline, quantity), ...priceFigures(baseline, record, quantity) };
    return recordLine(books, record, baseline, figures);
  });
  const isMissing = records.some(({ quantity }) => quantity === undefined);
  return { lines, issues: isMissing ? ['missing_quantity'] : [] };
}

/** COV-3: nothing reported against a baseline without project. Its target is shown apart and is not a saving. */
function unreportedGroup(books: Books, baseline: Baseline, period: Period): GroupLines {
  if (baseline.project !== '') return { lines: [], issues: [] };
  const target = targetOf(books, baseline, period);
  const isMoneyless = target === 'no volume' || baseline.nature !== 'explicit';
  const yuan = isMoneyless ? ZERO : baseline.kind === 'amount' ? target : priced(baseline, target);
  const line = baselineLine(books, baseline, period, isMoneyless ? {} : { unreported_baseline: yuan });
  return { lines: [line], issues: ['not_reported'] };
}

/** USE-1, or AMT-1 where the baseline is an amount or a record has no quantity. */
function explicitGroup(books: Books, group: Group, baseline: Baseline, target: Fraction): GroupLines {
  const { records, period } = group;
  const targetYuan = baseline.kind === 'amount' ? target : priced(baseline, target);
  const isByAmount = baseline.kind === 'amount' || records.some(({ quantity }) => quantity === undefined);
  const lines = records.map((record) => {
    const amount = present(record.amount, `${record.id} amount`);
    if (isByAmount) {
      return recordLine(books, record, baseline, { amount_saving: negative(amount), covered_actual: amount });
    }
    const quantity = present(record.quantity, `${record.id} quantity`);
    const used = { usage_saving: negative(priced(baseline, quantity)) };
    return recordLine(books, record, baseline, { ...priceFigures(baseline, record, quantity), ...used });
  });
  const saving: Figures = isByAmount ? { amount_saving: targetYuan } : { usage_saving: targetYuan };
  return { lines: [...lines, baselineLine(books, baseline, period, { baseline: targetYuan, ...saving })], issues: [] };
}

/** IMP-2: w·(Q0 − q), or B0 − A. */
function implicitGroup(books: Books, group: Group, baseline: Baseline, target: Fraction): GroupLines {
  const { records, period } = group;
  const [first] = records;
  const saving = savingOf(baseline.nature);
  if (!first) throw new Error('a group of records has records');
  if (baseline.kind !== 'amount' && records.some(({ quantity }) => quantity === undefined)) {
    return uncoveredGroup(books, group, baseline, 'not_comparable');
  }
  const yuan = baseline.kind === 'amount' ? target : times(books.rate(first.item, first.valuedOn), target);
  const lines = records.map((record) =>
    recordLine(books, record, baseline, { [saving]: negative(worth(books, record)) }),
  );
  return { lines: [...lines, baselineLine(books, baseline, period, { [saving]: yuan })], issues: [] };
}

/** COV-2: nothing of the group is measured; the baseline line stands with zeros. */
function uncoveredGroup(books: Books, group: Group, baseline: Baseline, issue: IssueCode): GroupLines {
  const lines = group.records.map((record) => recordLine(books, record, baseline, {}));
  return { lines: [...lines, baselineLine(books, baseline, group.period, {})], issues: [issue] };
}

/** The lines of one group: the records (perhaps none) of one department and period that match one baseline, or none. */
export function groupLines(books: Books, group: Group): GroupLines {
  const { baseline, records, period } = group;
  if (!baseline) return { lines: records.map((record) => recordLine(books, record, undefined, {})), issues: [] };
  if (baseline.kind === 'price') return priceGroup(books, baseline, records);
  if (records.length === 0) return unreportedGroup(books, baseline, period);
  const target = targetOf(books, baseline, period);
  if (target === 'no volume') return uncoveredGroup(books, group, baseline, 'missing_volume');
  if (baseline.nature === 'explicit') return explicitGroup(books, group, baseline, target);
  return implicitGroup(books, group, baseline, target);
}

/** ADJ lines (GAI-1): one per row; only realised and confirmed ones carry money. */
export function adjustmentLines(books: Books): Line[] {
  return books.adjustments.map((row) => {
    const measure: Measure = row.isGain ? 'gains' : 'inputs';
    const { id, department, period, category, project } = row;
    const place = { id, department, period, category, item: '', nature: '', project, baseline: '' };
    return {
      kind: 'adjustment',
      ...place,
      measures: measuresOf(row.counts ? { [measure]: row.amount } : {}, books.method),
    };
  });
}

export const isZeroLine = (line: Line): boolean => MEASURES.every((measure) => isZero(line.measures[measure]));
