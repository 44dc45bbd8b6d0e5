/** From rows whose texts were read to what the calculation takes. */
import { exact, quotient, type Exact } from '../../../analytics/kernel/exact.js';
import type {
  Adjustment,
  Baseline,
  BaselineKind,
  Category,
  CostRecord,
  Nature,
  Project,
  Rate,
  Volume,
} from '../../../analytics/synergy/types.js';
import type { ReadRow } from '../rules/check-rows.js';

type Values = ReadRow['read'];

const number = (text: string | null | undefined): Exact | null => (text == null ? null : exact(text));

/** CMB-1: net of tax, rounded half away from zero to the places of the figure. */
function net(values: Values, name: string, places: number): Exact | null {
  const figure = number(values[name]);
  if (figure === null || values.tax_basis !== 'incl') return figure;
  return quotient(figure, exact('1') + exact(values.tax_rate!), places);
}

export function projectOf({ read }: ReadRow): Project {
  return { code: read.code!, approvedOn: read.approved_on ?? null, closedOn: read.closed_on ?? null };
}

export function recordOf({ read }: ReadRow): CostRecord {
  return {
    id: read.id!,
    date: read.date!,
    department: read.department!,
    category: read.category as Category,
    item: read.item!,
    nature: read.nature as Nature,
    quantity: number(read.quantity),
    unit: read.unit ?? null,
    amount: net(read, 'amount', 2),
    project: read.project ?? null,
    isInternal: read.internal === 'yes',
    voucher: read.voucher ?? null,
    correctsPeriod: read.corrects_period ?? null,
  };
}

export function baselineOf({ read }: ReadRow): Baseline {
  return {
    code: read.code!,
    kind: baselineKind(read),
    department: read.department ?? null,
    category: read.category as Category,
    item: read.item!,
    nature: read.nature as Nature,
    project: read.project ?? null,
    validFrom: read.valid_from ?? null,
    validTo: read.valid_to ?? null,
    unit: read.unit ?? null,
    unitPrice: net(read, 'unit_price', 6),
    norm: number(read.norm),
    driver: read.driver ?? null,
    quantity: number(read.quantity),
    amount: net(read, 'amount', 2),
    plannedVolume: number(read.planned_volume),
    fixedAmount: net(read, 'fixed_amount', 2),
  };
}

/** BAS-1, of a row whose shape was checked. */
function baselineKind(read: Values): BaselineKind {
  if (read.norm !== null) return 'norm';
  if (read.quantity !== null) return 'quantity';
  return read.amount !== null ? 'amount' : 'price';
}

export function volumeOf({ read }: ReadRow): Volume {
  return { period: read.period!, department: read.department!, driver: read.driver!, actual: number(read.actual) };
}

export function rateOf({ read }: ReadRow): Rate {
  return {
    item: read.item!,
    unit: read.unit ?? null,
    rate: exact(read.rate!),
    validFrom: read.valid_from ?? null,
    validTo: read.valid_to ?? null,
  };
}

export function adjustmentOf({ read }: ReadRow): Adjustment {
  return {
    id: read.id!,
    period: read.period!,
    department: read.department!,
    category: read.category as Category,
    project: read.project ?? null,
    kind: read.kind as Adjustment['kind'],
    amount: exact(read.amount!),
    recognition: read.recognition as Adjustment['recognition'],
    status: read.status as Adjustment['status'],
    voucher: read.voucher ?? null,
  };
}
