/** From the cells of a row, as a file has them, to the columns of its document. */
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { columnsOf, type TableKind } from '../../rules/tables.js';
import type { Part } from './opened-file.js';
import { dimensionsIn, placeDimensions, type Dimensions } from './auxiliary.js';
import { ContinuedVouchers } from './continued-vouchers.js';
import type { FoundHeader } from './layout/find-header.js';
import { columnFedBy } from './layout/layout.js';
import type { TitleFacts } from './layout/title-facts.js';
import { rowsAbove, type TableMarks } from './left-out-lines.js';
import * as texts from './ledger-texts.js';
import { voucherNumber, type VoucherNumber } from './voucher-number.js';

export type Cells = readonly (string | null)[];

export interface RowShape extends TableMarks {
  readonly document: TableKind;
  /** The document's columns in order. */
  readonly values: readonly ((cells: Cells) => string | null)[];
  /** Columns of the file that are read: index from 0 → the canonical column that it fills. */
  readonly read: ReadonlyMap<number, string>;
  /** Of journals: what a row's values lack because the voucher said it above. */
  readonly continued: ContinuedVouchers | null;
}

const KEYS: Readonly<Record<LedgerKind, readonly string[]>> = {
  ...{ vouchers: ['account'], balances: ['account'], accounts: ['account'], settlements: ['provider', 'receiver'] },
  ...{ coal_settlements: ['code'], management: ['code'] },
};

/** A text as the file has it, or null where the file has no such column. */
type Read = (cells: Cells) => string | null;
type Overrides = Readonly<Record<string, Read>>;

const NOTHING: Read = () => null;

/** How rows under this header become rows of its document. */
export function shapeUnder({ match, facts, above }: FoundHeader): RowShape {
  const { layout, fields } = match;
  const field = (name: string): Read => {
    const place = fields.get(name);
    return place === undefined ? NOTHING : (cells) => cells[place] ?? null;
  };
  const special = SPECIAL[layout.document](field, (name) => fields.has(name), facts);
  const read = new Map<number, string>();
  for (const [name, place] of fields) read.set(place, columnFedBy(layout, name));
  const keys = KEYS[layout.document].map((name) => fields.get(name)!);
  const amounts = [...read].flatMap(([place, name]) => (isMoney(layout.document, name) ? [place] : []));
  return {
    document: layout.document,
    values: columnsOf(layout.document).map(({ name }) => (Object.hasOwn(special, name) ? special[name]! : field(name))),
    ...{ read, keys, amounts, above: rowsAbove(above, { keys, amounts }) },
    continued: layout.document === 'vouchers' ? new ContinuedVouchers() : null,
  };
}

function isMoney(document: LedgerKind, name: string): boolean {
  const type = columnsOf(document).find((column) => column.name === name)?.type;
  return type?.is === 'number' && type.decimals === 2;
}

/** For findings: where each column of the document stands. Of two fields that fill one, the column's own comes first. */
export function partColumns({ match: { layout, fields } }: FoundHeader): Part['columns'] {
  const columns: Record<string, number> = {};
  for (const [name, place] of fields) columns[columnFedBy(layout, name)] ??= place;
  for (const { name } of columnsOf(layout.document)) {
    const place = fields.get(name);
    if (place !== undefined) columns[name] = place;
  }
  return columns;
}

type Special = (field: (name: string) => Read, has: (name: string) => boolean, facts: TitleFacts) => Overrides;

const SPECIAL: Readonly<Record<LedgerKind, Special>> = {
  vouchers: vouchers,
  balances: (field, has, facts) => ({
    period: periodOf(field, has, facts),
    ...side('opening', field, has),
    ...side('closing', field, has),
    ...dimensions(field, ['department']),
  }),
  accounts: (field) => ({ direction: (cells) => texts.direction(field('direction')(cells)) }),
  settlements,
  coal_settlements: (field, has, facts) => ({ period: periodOf(field, has, facts) }),
  management: (field, has, facts) => ({ period: periodOf(field, has, facts) }),
};

function vouchers(field: (name: string) => Read, has: (name: string) => boolean, facts: TitleFacts): Overrides {
  const [type, no] = [field('voucher_type'), field('voucher_no')];
  const split = remembered<VoucherNumber>(
    (cells) => `${type(cells) ?? ''}\t${no(cells) ?? ''}`,
    (cells) => voucherNumber(type(cells), no(cells)),
  );
  const [debits, credits] = [field('debit_quantity'), field('credit_quantity')];
  const bySide: Read = (cells) => texts.bookedQuantity(debits(cells), credits(cells));
  const [customer, supplier] = [field('customer'), field('supplier')];
  const [line, direction, unit, isVoid] = [field('line_no'), field('direction'), field('unit'), field('is_void')];
  return {
    ...(has('date') ? {} : { date: dateOf(field, facts) }),
    period: periodOf(field, has, facts),
    voucher_type: (cells) => split(cells).type,
    voucher_no: (cells) => split(cells).number,
    line_no: (cells) => texts.wholeNumber(line(cells)),
    direction: (cells) => texts.direction(direction(cells)),
    // K/3 writes * where there is none.
    unit: (cells) => (unit(cells) === '*' ? null : unit(cells)),
    is_void: (cells) => texts.yesNo(isVoid(cells)),
    ...(has('quantity') ? {} : { quantity: bySide }),
    ...dimensions(field, ['department', 'project', 'counterparty'], (cells) => customer(cells) ?? supplier(cells)),
  };
}

/** A column of its own wins over what the cell of dimensions says. */
function dimensions(
  field: (name: string) => Read,
  columns: readonly (keyof Dimensions)[],
  otherParty: Read = NOTHING,
): Overrides {
  const cell = field('auxiliary');
  const named = remembered<Dimensions>(
    (cells) => cell(cells) ?? '',
    (cells) => placeDimensions(dimensionsIn(cell(cells) ?? '')),
  );
  const overrides: Record<string, Read> = { auxiliary: (cells) => named(cells).auxiliary };
  for (const column of columns) {
    const own = field(column);
    overrides[column] =
      column === 'counterparty'
        ? (cells) => own(cells) ?? otherParty(cells) ?? named(cells)[column]
        : (cells) => own(cells) ?? named(cells)[column];
  }
  return overrides;
}

/** A day of which month and day stand in columns of their own, and the year there or above. */
function dateOf(field: (name: string) => Read, { year: titleYear }: TitleFacts): Read {
  const [year, period, month, day] = [field('year'), field('period'), field('month'), field('day')];
  return (cells) => {
    const stated = year(cells) ?? titleYear;
    return texts.dateOfParts(stated, month(cells) ?? texts.ledgerPeriod(stated, period(cells), null), day(cells));
  };
}

function periodOf(field: (name: string) => Read, has: (name: string) => boolean, facts: TitleFacts): Read {
  const [year, period, date] = [field('year'), field('period'), field('date')];
  if (!has('period')) return () => facts.period;
  return (cells) => texts.ledgerPeriod(year(cells), period(cells), date(cells));
}

/** A balance in one column with a direction beside it. */
function side(when: 'opening' | 'closing', field: (name: string) => Read, has: (name: string) => boolean): Overrides {
  const [amount, direction] = [field(`${when}_amount`), field(`${when}_direction`)];
  if (has(`${when}_debit`) || !has(`${when}_direction`)) return {};
  return {
    [`${when}_debit`]: (cells) => texts.balanceSides(amount(cells), direction(cells))[0],
    [`${when}_credit`]: (cells) => texts.balanceSides(amount(cells), direction(cells))[1],
  };
}

/** The header says whether amounts are with or without tax, where no column does. */
function settlements(field: (name: string) => Read, has: (name: string) => boolean): Overrides {
  const basis = has('amount') ? null : has('amount_excl') ? 'excl' : 'incl';
  const rate: Overrides = { tax_rate: (cells) => texts.taxRate(field('tax_rate')(cells)) };
  if (basis === null) return rate;
  const price = field('unit_price');
  const own = field(`unit_price_${basis}`);
  return {
    ...rate,
    unit_price: (cells) => own(cells) ?? price(cells),
    amount: field(`amount_${basis}`),
    ...(has('tax_basis') ? {} : { tax_basis: () => basis }),
  };
}

/** Neighbouring rows mostly say the same: the last answer is kept. */
function remembered<T>(key: (cells: Cells) => string, compute: (cells: Cells) => T): (cells: Cells) => T {
  let last: { readonly key: string; readonly answer: T } | null = null;
  return (cells) => {
    const now = key(cells);
    if (last?.key !== now) last = { key: now, answer: compute(cells) };
    return last.answer;
  };
}
