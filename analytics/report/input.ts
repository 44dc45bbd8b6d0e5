/** All that a report is made from, as it was read in one moment. Amounts in yuan, exact; names as the mine wrote them. */
import type { Exact } from '../kernel/exact.js';
import type { PeriodRange } from '../synergy/compare.js';
import type { Measure, Measures } from '../synergy/measures.js';
import type { Category, IssueCode, Nature } from '../synergy/types.js';
import type { Basis, Said } from './model.js';

/** Cells of the whole mine added up by the period that reported them. */
export interface MonthSum {
  readonly period: string;
  /** COR-1: the earlier period that is corrected; '' is none. */
  readonly priorPeriod: string;
  readonly measures: Measures;
}

/** Cells of a span added up by department and category. */
export interface PlaceSum {
  readonly department: string;
  readonly category: Category;
  readonly measures: Measures;
}

/** COR-1: what a period reported of an earlier one. */
export interface CorrectionSum extends MonthSum, PlaceSum {}

/** Cells of a span added up by department, category, item and nature; '' is none. */
export interface ItemSum {
  readonly department: string;
  readonly category: Category;
  readonly item: string;
  readonly nature: Nature | '';
  readonly measures: Measures;
}

/** CMP-1: the targets of a measure added up. */
export interface PlannedSum {
  readonly measure: Measure;
  readonly amount: Exact;
}

export interface PlanSum extends PlannedSum {
  readonly department: string;
  readonly category: Category;
}

/** What is compared with what; null where there is no such span (first period of a table, no period a year before). */
export interface Spans {
  readonly now: PeriodRange;
  readonly previous: PeriodRange | null;
  readonly lastYear: PeriodRange | null;
  /** From the first period of the year; null where `now` is just that. */
  readonly cumulative: PeriodRange | null;
  readonly cumulativeLastYear: PeriodRange | null;
  /** Codes of the twelve periods up to the last one, oldest first, each with the one a year before (null: none). */
  readonly trend: readonly { readonly period: string; readonly lastYear: string | null }[];
  /** Periods of each span that have any cell, in order: what has none is missing and not zero (CMP-1). */
  readonly withData: ReadonlySet<string>;
  /** Every period from the first of any span to the last, in order. */
  readonly order: readonly string[];
}

/** Spans that departments and categories are told apart in; of others the whole mine is known. */
export const PLACED_SPANS = ['now', 'previous', 'lastYear'] as const;
export type PlacedSpan = (typeof PLACED_SPANS)[number];

/** Of a norm or quantity baseline: what was planned and what was used (FAC-1 to FAC-3). Quantities in the item's unit. */
export interface BasketLine {
  readonly department: string;
  readonly category: Category;
  readonly item: string;
  readonly baseline: string;
  /** What the consumption is per; '' for a fixed quantity. */
  readonly driver: string;
  readonly plannedVolume: Exact | null;
  readonly actualVolume: Exact | null;
  /** Per unit of the driver; null for a fixed quantity. */
  readonly norm: Exact | null;
  readonly price: Exact;
  /** null: a record had none. */
  readonly quantity: Exact | null;
  readonly amount: Exact;
}

/** What was bought of an item with a quantity in a span, for the indices (IDX-1). */
export interface BoughtItem {
  readonly department: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: Exact;
  readonly amount: Exact;
}

/** A tonnage that costs are divided by (吨煤成本); its basis is a driver of the mine's volumes. */
export interface Output {
  /** Such as 原煤产量; from the mine's settings. */
  readonly basis: Said;
  /** Tonnes by period; a period without one is missing. */
  readonly tonnes: ReadonlyMap<string, Exact>;
}

/** One of the double six zeros (双六零), or another control item. */
export interface ControlItem {
  readonly group: 'explicit' | 'implicit';
  readonly code: string;
  readonly name: string;
  /** Of which measured implicit items it is judged; none: it has no measure yet. */
  readonly items: readonly string[];
  /** How it is measured, in the mine's own words. */
  readonly measure: string;
  readonly owner: string | null;
}

/** Something that stands in the way of the closing or was let pass (section 七). */
export interface OpenCause {
  readonly code: string;
  readonly title: Said;
  readonly count: number;
  /** Departments it is in; empty: of the mine as a whole. */
  readonly departments: readonly string[];
  /** Why finance let it stand; null: it is open. */
  readonly waived: string | null;
}

export interface CellIssueLine {
  readonly code: IssueCode;
  readonly department: string;
  readonly category: Category;
  readonly item: string;
}

/** A gain or input that is listed and never added (GAI-1). */
export interface LeftOut {
  readonly id: string;
  readonly period: string;
  readonly department: string;
  readonly category: Category;
  readonly kind: 'gain' | 'input';
  readonly why: 'annualised' | 'planned' | 'claimed';
  readonly amount: Exact;
}

/** The office's own words for section 八, or a follow-up of a cause of section 七. */
export interface OfficeText {
  readonly id: string;
  /** '' : a paragraph of its own; else the code of an open cause. */
  readonly cause: string;
  readonly text: string;
  readonly owner: string | null;
  /** `2024-01-31`. */
  readonly due: string | null;
}

export interface BaselineUsed {
  readonly code: string;
  readonly kind: string;
  readonly basis: string;
  readonly department: string | null;
  readonly category: Category;
  readonly item: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A figure of a closing, and of the one before (COR-1). */
export interface RestatedLine {
  /** '' in both: of the whole mine. */
  readonly department: string;
  readonly category: Category | '';
  readonly measure: Measure;
  readonly reported: Exact;
  readonly restated: Exact;
}

export interface Restatement {
  readonly period: string;
  /** The closing that reports otherwise than the one before it. */
  readonly closing: number;
  readonly reason: string | null;
  readonly lines: readonly RestatedLine[];
  /** Causes in words, down to the records and reference rows. */
  readonly causes: readonly Said[];
}

export interface ReportInput {
  readonly mine: { readonly code: string; readonly name: string };
  readonly state: 'draft' | 'final';
  readonly version: number;
  readonly date: string | null;
  readonly basis: Basis;
  readonly spans: Spans;
  readonly departments: ReadonlyMap<string, { readonly name: string; readonly parent: string | null }>;
  readonly items: ReadonlyMap<string, string>;
  /** Over every period of `spans`. */
  readonly months: readonly MonthSum[];
  /** Empty where there is no such span. */
  readonly places: Readonly<Record<PlacedSpan, readonly PlaceSum[]>>;
  /** Within `places.now`. */
  readonly corrections: readonly CorrectionSum[];
  /** Of the departments above others, those that have a cell in any period of `spans`. */
  readonly parentsWithCells: ReadonlySet<string>;
  readonly now: readonly ItemSum[];
  readonly previous: readonly ItemSum[];
  /** Of `spans.now`. */
  readonly plan: readonly PlanSum[];
  /** Of the whole mine in `spans.cumulative`; empty where there is none. */
  readonly cumulativePlan: readonly PlannedSum[];
  readonly basket: readonly BasketLine[];
  readonly bought: { readonly now: readonly BoughtItem[]; readonly previous: readonly BoughtItem[] };
  readonly output: Output | null;
  /** In the mine's own order. */
  readonly controlItems: readonly ControlItem[];
  /** Of the last period. */
  readonly causes: readonly OpenCause[];
  readonly issues: readonly CellIssueLine[];
  readonly undeclared: readonly string[];
  /** Yuan by which records and books differ; null: no books were taken in for the period. */
  readonly unreconciled: Exact | null;
  readonly leftOut: readonly LeftOut[];
  readonly officeTexts: readonly OfficeText[];
  readonly baselines: readonly BaselineUsed[];
  readonly restatement: Restatement | null;
}
