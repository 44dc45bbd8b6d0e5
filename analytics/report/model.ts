/**
 * The committee's report as data: what each of its five documents says, and nothing of how it looks. Its canonical JSON is
 * what is hashed, stored and signed, so it holds no clock, no random id and no floating-point number.
 */
import type { PeriodRange } from '../synergy/compare.js';
import type { Measure } from '../synergy/measures.js';
import type { Category, Method, Nature } from '../synergy/types.js';

export type Language = 'zh' | 'en';
export const LANGUAGES: readonly Language[] = ['zh', 'en'];
export type Said = Readonly<Record<Language, string>>;

/** How an exact value is printed (docs/glossary.md). Values are yuan for money, ratios for shares and rates. */
export const UNITS = ['wan', 'yuan', 'percent', 'points', 'index', 'number', 'yuanPerTonne'] as const;
export type Unit = (typeof UNITS)[number];

/** Which cells a sum is of: `GET /synergy` with the same filter, `asOf=reported`, answers it. */
export interface Place {
  readonly periods: PeriodRange;
  readonly department?: string;
  readonly category?: Category;
  readonly item?: string;
  readonly nature?: Nature;
}

/** Where a figure comes from. */
export type Source =
  | { readonly kind: 'sum'; readonly measure: Measure; readonly place: Place }
  | { readonly kind: 'plan'; readonly measure: Measure; readonly place: Place }
  /** Reckoned from others, each of which has a source of its own. */
  | { readonly kind: 'derived'; readonly rule: DerivedRule; readonly of: readonly Source[] }
  /** Counted or looked up: what, in words. */
  | { readonly kind: 'stated'; readonly what: Said };

/**
 * difference: first − second; rate: (first − second) ÷ second; ratio: first ÷ second; sum: of all; effect: FAC-1 to FAC-3
 * and IDX-1, from what the baselines planned and the records say; tail: RND-3, the first less all others, each as printed.
 */
export const DERIVED_RULES = ['difference', 'rate', 'ratio', 'sum', 'effect', 'tail'] as const;
export type DerivedRule = (typeof DERIVED_RULES)[number];

export interface Figure {
  /** Short and stable within the report: `45` in a sentence, `120.3` in column 3 of the table row 120. */
  readonly id: string;
  readonly unit: Unit;
  /** A plain decimal, unrounded (12 decimals where a division does not end): yuan or a ratio. null: it has no value. */
  readonly exact: string | null;
  /** As printed, without its unit: `2.51`, `—`. In a sentence that says 减少 it is the magnitude. */
  readonly shown: string;
  /** Why there is no value. */
  readonly reason?: Said;
  readonly source: Source;
}

/** Text, or a figure by its id. */
export type Run = string | { readonly figure: string };

export interface Paragraph {
  readonly kind: 'paragraph';
  /** `office`: the general office's own words, marked and kept apart from what was computed. */
  readonly origin: 'computed' | 'office';
  readonly text: Readonly<Record<Language, readonly Run[]>>;
}

/** （一） under the 一、 of the section. */
export interface Heading {
  readonly kind: 'heading';
  readonly text: Said;
}

export interface Column {
  readonly title: Said;
  /** null: words. */
  readonly unit: Unit | null;
}

/** `office`: as of a paragraph. */
export type Cell = { readonly text: Said; readonly origin?: 'office' } | { readonly figure: string };

export interface Row {
  /** 行次, unique in the report; with the number of the column it is the id of a cell's figure. */
  readonly no: number;
  /** tail: 尾差. */
  readonly kind: 'body' | 'total' | 'tail';
  /** One for each column. */
  readonly cells: readonly Cell[];
}

export interface Table {
  readonly kind: 'table';
  readonly id: string;
  readonly title: Said;
  /** At the top right: of all money in it; null where there is none. */
  readonly unit: Unit | null;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Bars, points and tiles are figures by id. The drawing is in charts/, the same for page and documents. */
export type Chart = { readonly kind: 'chart'; readonly id: string; readonly title: Said; readonly alt: Said } & (
  | { readonly shape: 'bridge'; readonly bars: readonly Bar[] }
  | {
      readonly shape: 'heat';
      readonly rows: readonly Said[];
      readonly columns: readonly Said[];
      readonly tiles: readonly (readonly string[])[];
    }
  | { readonly shape: 'pareto'; readonly bars: readonly Labelled[] }
  | { readonly shape: 'line'; readonly points: readonly (Labelled & { readonly lastYear: string })[] }
  | { readonly shape: 'bullet'; readonly bars: readonly (Labelled & { readonly plan: string })[] }
);

export interface Labelled {
  readonly label: Said;
  readonly figure: string;
}

/** level: stands on the axis (baseline, actual); step: leads on from the bar before; gap: uncovered and not reported. */
export interface Bar extends Labelled {
  readonly role: 'level' | 'step' | 'gap';
}

export type Block = Heading | Paragraph | Table | Chart;

export interface Section {
  readonly id: string;
  readonly title: Said;
  /** Why the section is not there: its source does not exist. */
  readonly absent: Said | null;
  readonly blocks: readonly Block[];
}

/** What the figures rest on; printed as 口径说明 and on the page of proof. */
export interface Basis {
  readonly method: Method;
  readonly methodVersion: number;
  readonly oldestMethodVersion: number;
  readonly dataVersion: string;
  /** Of a final report, by period. */
  readonly closings: readonly SealedClosing[];
}

export interface SealedClosing {
  readonly period: string;
  readonly version: number;
  /** SHA-256 of its cells, and the head of the audit chain that was anchored with it. */
  readonly cellsSha256: string | null;
  readonly auditEntries: string | null;
  readonly auditHash: string | null;
}

export interface ReportModel {
  readonly schema: 'six-synergies/report/1';
  readonly mine: { readonly code: string; readonly name: string };
  readonly periods: PeriodRange;
  readonly state: 'draft' | 'final';
  /** 1 is the first final report of the periods; 0 a draft. */
  readonly version: number;
  readonly title: Said;
  /** Day of the last closing, `2024-01-05`; null for a draft. */
  readonly date: string | null;
  readonly basis: Basis;
  /** The restatement table of a restated month; else null. */
  readonly restatement: Section | null;
  /** 一 to 八. */
  readonly sections: readonly Section[];
  readonly annexes: readonly Section[];
  /** In order of mention. */
  readonly figures: readonly Figure[];
}
