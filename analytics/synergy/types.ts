/** What the calculation reads. Money in yuan, prices in yuan per unit, all net of VAT (CMB-1); dates are ISO texts. */
import type { Exact } from '../kernel/exact.js';

export const CATEGORIES = ['management', 'resource', 'business', 'personnel', 'market', 'industry'] as const;
export type Category = (typeof CATEGORIES)[number];

export const NATURES = ['explicit', 'implicit_booked', 'implicit_opportunity'] as const;
export type Nature = (typeof NATURES)[number];

export interface Project {
  readonly code: string;
  readonly approvedOn: string | null;
  readonly closedOn: string | null;
}

/** BAS-1: what a baseline fills in says what it is. */
export type BaselineKind = 'price' | 'norm' | 'quantity' | 'amount';

export interface Baseline {
  readonly code: string;
  readonly kind: BaselineKind;
  /** null only on price baselines: any department. */
  readonly department: string | null;
  readonly category: Category;
  readonly item: string;
  readonly nature: Nature;
  readonly project: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly unit: string | null;
  readonly unitPrice: Exact | null;
  readonly norm: Exact | null;
  readonly driver: string | null;
  readonly quantity: Exact | null;
  readonly amount: Exact | null;
  readonly plannedVolume: Exact | null;
  readonly fixedAmount: Exact | null;
}

export interface CostRecord {
  readonly id: string;
  readonly date: string;
  readonly department: string;
  readonly category: Category;
  readonly item: string;
  readonly nature: Nature;
  readonly quantity: Exact | null;
  readonly unit: string | null;
  readonly amount: Exact | null;
  readonly project: string | null;
  readonly isInternal: boolean;
  readonly voucher: string | null;
  readonly correctsPeriod: string | null;
}

export interface Volume {
  readonly period: string;
  readonly department: string;
  readonly driver: string;
  /** null: only a planned volume is known; the actual one is missing (BAS-4). */
  readonly actual: Exact | null;
}

export interface Rate {
  readonly item: string;
  readonly unit: string | null;
  readonly rate: Exact;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface Adjustment {
  readonly id: string;
  readonly period: string;
  readonly department: string;
  readonly category: Category;
  readonly project: string | null;
  readonly kind: 'gain' | 'input';
  readonly amount: Exact;
  readonly recognition: 'realised' | 'annualised' | 'planned';
  readonly status: 'claimed' | 'confirmed';
  readonly voucher: string | null;
}

/** The switches of IMP-4 and VAL-2; stored with every result under a version. */
export interface Method {
  readonly priceReduction: 'within' | 'beside';
  readonly opportunitySaving: 'within' | 'beside';
}

export const DEFAULT_METHOD: Method = { priceReduction: 'within', opportunitySaving: 'within' };

export const ISSUE_CODES = [
  'missing_quantity',
  'missing_volume',
  'not_comparable',
  'not_reported',
  'possible_double_count',
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

/** The dimensions of a cell without its period (GRN-2); '' is "none". */
export interface CellIssue {
  readonly code: IssueCode;
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly baseline: string;
}
