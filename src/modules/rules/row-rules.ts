/**
 * What the columns of one row must say together, as data: a rule names what is *wrong*.
 * `check-sql.ts` turns a condition into SQL, `check-rows.ts` evaluates it on a row; a parity test holds them together.
 * A column whose own text is invalid is reported for that alone: it counts as given, but has no value.
 */
import type { Kind } from './columns.js';

export type Condition =
  | readonly ['given', string]
  | readonly ['blank', string]
  | readonly ['is', string, ...string[]]
  | readonly ['positive', string]
  /** The first day is later than the second. */
  | readonly ['after', string, string]
  /** RND-4: quantity × unit price and amount, all given, differ by more than 0.01 yuan. */
  | readonly ['productDiffers', string, string, string]
  /** The item named in the column is explicit or implicit, as its table says. */
  | readonly ['itemIs', string, 'explicit' | 'implicit']
  | readonly ['not', Condition]
  | readonly ['all', ...Condition[]]
  | readonly ['any', ...Condition[]];

export interface RowRule {
  readonly code: string;
  /** The column the clerk is sent to. */
  readonly column: string;
  readonly wrongWhen: Condition;
}

const given = (column: string): Condition => ['given', column];
const blank = (column: string): Condition => ['blank', column];
const all = (...conditions: Condition[]): Condition => ['all', ...conditions];
const any = (...conditions: Condition[]): Condition => ['any', ...conditions];
const allBlank = (...columns: string[]): Condition => all(...columns.map(blank));

const isExplicit: Condition = ['is', 'nature', 'explicit'];
const isImplicit: Condition = ['is', 'nature', 'implicit_booked', 'implicit_opportunity'];

/** CMB-1. */
const inclWithoutRate: RowRule = {
  code: 'tax_rate_missing',
  column: 'tax_rate',
  wrongWhen: all(['is', 'tax_basis', 'incl'], blank('tax_rate')),
};
const validityOrder: RowRule = {
  code: 'date_order',
  column: 'valid_to',
  wrongWhen: ['after', 'valid_from', 'valid_to'],
};
const natureDoesNotFitItem: RowRule = {
  code: 'nature_mismatch',
  column: 'nature',
  wrongWhen: any(all(isExplicit, ['itemIs', 'item', 'implicit']), all(isImplicit, ['itemIs', 'item', 'explicit'])),
};

/** BAS-1: the four things a baseline can be. Anything else is a mixture. */
const priceShape = all(
  isExplicit,
  given('unit_price'),
  allBlank('norm', 'driver', 'quantity', 'amount', 'planned_volume', 'fixed_amount'),
);
const priceFitsNature = any(all(isExplicit, given('unit_price')), all(isImplicit, blank('unit_price')));
const normShape = all(
  priceFitsNature,
  given('norm'),
  given('driver'),
  allBlank('quantity', 'amount', 'planned_volume', 'fixed_amount'),
);
const quantityShape = all(
  priceFitsNature,
  given('quantity'),
  allBlank('norm', 'driver', 'amount', 'planned_volume', 'fixed_amount'),
);
const amountShape = all(
  given('amount'),
  allBlank('unit_price', 'norm', 'quantity'),
  any(allBlank('driver', 'planned_volume', 'fixed_amount'), all(given('driver'), given('planned_volume'))),
);

export const BASELINE_SHAPES = { price: priceShape, norm: normShape, quantity: quantityShape, amount: amountShape };

export const ROW_RULES: Readonly<Record<Kind, readonly RowRule[]>> = {
  departments: [],
  periods: [{ code: 'date_order', column: 'end', wrongWhen: ['after', 'start', 'end'] }],
  items: [],
  projects: [{ code: 'date_order', column: 'closed_on', wrongWhen: ['after', 'approved_on', 'closed_on'] }],
  activities: [],
  targets: [],
  adjustments: [],
  rates: [validityOrder, { code: 'item_not_implicit', column: 'item', wrongWhen: ['itemIs', 'item', 'explicit'] }],
  baselines: [
    inclWithoutRate,
    validityOrder,
    natureDoesNotFitItem,
    { code: 'norm_without_driver', column: 'driver', wrongWhen: all(given('norm'), blank('driver')) },
    {
      code: 'baseline_mixture',
      column: 'code',
      wrongWhen: all(
        any(isExplicit, isImplicit),
        ['not', all(given('norm'), blank('driver'))],
        ['not', any(priceShape, normShape, quantityShape, amountShape)],
      ),
    },
    {
      code: 'planned_volume_not_positive',
      column: 'planned_volume',
      wrongWhen: all(given('planned_volume'), ['not', ['positive', 'planned_volume']]),
    },
    {
      code: 'department_missing',
      column: 'department',
      wrongWhen: all(blank('department'), any(isExplicit, isImplicit), ['not', priceShape]),
    },
  ],
  records: [
    inclWithoutRate,
    natureDoesNotFitItem,
    { code: 'amount_missing', column: 'amount', wrongWhen: all(isExplicit, blank('amount')) },
    // IMP-1: a quantity or an amount, never both.
    {
      code: 'quantity_and_amount',
      column: 'amount',
      wrongWhen: all(isImplicit, given('quantity'), given('amount')),
    },
    {
      code: 'quantity_or_amount_missing',
      column: 'quantity',
      wrongWhen: all(isImplicit, blank('quantity'), blank('amount')),
    },
    {
      code: 'product_mismatch',
      column: 'amount',
      wrongWhen: ['productDiffers', 'quantity', 'unit_price', 'amount'],
    },
  ],
};
