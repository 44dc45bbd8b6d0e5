import type { Category, Nature } from '../../../../analytics/synergy/types.js';
import type { FormatId } from '../../formats/index.js';
import type { TableKind } from '../../rules/tables.js';

/**
 * How what a centre's books say becomes records of the mine, as data. Built-in profiles are the defaults of their formats;
 * a mine keeps its own under a name, each change a new version.
 */
export interface Profile {
  readonly name: string;
  /** 0 for a built-in profile. */
  readonly version: number;
  readonly title: string;
  /** Files that are mapped by this profile when none is named. */
  readonly formats: readonly FormatId[];
  /** Records are unique per mine, source and id: what comes by several formats has one source. */
  readonly source: string;
  readonly headers: Readonly<Partial<Record<TableKind, Readonly<Record<string, readonly string[]>>>>>;
  /** Texts that mark rows of sums, compared without blanks: 合计, 小计 … */
  readonly totals: readonly string[];
  /** Which side of a cost account is cost, unless its rule says otherwise. Red letters are negative amounts. */
  readonly side: Side;
  /** What a quantity of 0 beside an amount means: no quantity was kept, or a price adjustment (ADJ-1). */
  readonly zeroQuantity: 'none' | 'zero';
  readonly taxBasis: 'excl' | 'incl';
  readonly taxRate: string | null;
  /** The most specific rule wins: the longest account, then the most conditions, then the first. */
  readonly accounts: readonly AccountRule[];
  /** What settlement slips call a service → what it is; the longest text that is contained wins. */
  readonly services: readonly ServiceRule[];
  /** Codes or names of the books' departments → the mine's department. Where nothing is said, the same code or name. */
  readonly departments: Readonly<Record<string, string>>;
  readonly projects: Readonly<Record<string, string>>;
  /** Counterparties and account prefixes whose lines are internal settlements. */
  readonly internal: { readonly counterparties: readonly string[]; readonly accounts: readonly string[] };
  /** Indicators of management tables and coals of settlement summaries. */
  readonly indicators: readonly IndicatorRule[];
}

export type Side = 'debit' | 'credit' | 'net';

/**
 * `cost` becomes records; `fund` is 专项储备, whose spending is no cost again; `left_out` is no cost of this model, for the
 * reason given. Accounts that no rule names are left out, unless they are cost accounts by the standard's table of
 * accounts: then the import stops.
 */
export interface AccountRule {
  /** Prefix of the account code; '' is any. */
  readonly account: string;
  /** A part of the account's name (生产成本 in 生产成本_材料), for charts that number the same accounts differently. */
  readonly name?: string;
  /** Conditions on the line, as the books write them. */
  readonly department?: string;
  readonly project?: string;
  readonly is: 'cost' | 'fund' | 'left_out';
  readonly reason?: string;
  /** Item code; `@rest`: what follows the prefix; `@name`: the item named like the last part of the account's name. */
  readonly item?: string;
  /** A line of a project has the project's category, unless `isCategoryFixed`. */
  readonly category?: Category;
  readonly isCategoryFixed?: boolean;
  readonly nature?: Nature;
  readonly side?: Side;
  /** The mine's department and project, where the books do not say. */
  readonly toDepartment?: string;
  readonly toProject?: string;
}

export interface ServiceRule {
  readonly contains: string;
  readonly item: string;
  readonly category?: Category;
}

export interface IndicatorRule {
  /** Code or name of the indicator. */
  readonly indicator: string;
  readonly item?: string;
  readonly category?: Category;
  /** What a budget or last year's figure of it becomes. */
  readonly becomes: 'price_baseline' | 'amount_baseline' | 'target' | 'volume' | 'comparative';
  /** Driver of a volume. */
  readonly driver?: string;
}
