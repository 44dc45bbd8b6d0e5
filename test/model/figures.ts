/** The figures of some rows, by the arithmetic of one price baseline. */
import { PRICE_FEN, reaches, yuan, type Department, type Period, type Scope } from './cast.js';

/** What one record says. */
export interface Row {
  readonly department: Department;
  /** The month of its date. */
  readonly posted: Period;
  /** The month it is valued in: its own, or the one it corrects (COR-1). */
  readonly valued: Period;
  readonly units: bigint;
  readonly fen: bigint;
}

/** Of `GET /synergy`, by department and period. */
export interface FigureRow {
  readonly department: string;
  readonly period: string;
  /** As reported only. */
  readonly priorPeriod?: string;
  readonly state: string;
  readonly measures: Readonly<Record<(typeof SHOWN)[number], string>>;
}

export const SHOWN = ['explicit_actual', 'price_base', 'price_reduction', 'synergy_value'] as const;

export const reportedIn = <One extends Row>(rows: readonly One[], period: Period): One[] =>
  rows.filter(({ posted }) => posted === period);

/** Whether a month is closed, or a department's reporting in it was declared complete. */
export type StateOf = (period: Period, department: Department) => 'closed' | 'complete' | 'provisional';

/**
 * One row for each department and month with any record within a scope, in the order of their codes: price base P0·q,
 * price reduction and value P0·q − A, summed over the records (PRI-1; the value of a price baseline is its reduction).
 */
export function figures(
  rows: readonly Row[],
  view: 'known' | 'reported',
  scope: Scope,
  stateOf: StateOf,
): { rows: FigureRow[]; total: FigureRow['measures'] } {
  const seen = rows.filter(({ department }) => reaches(scope, [department]));
  const groups = new Map<string, Row[]>();
  for (const row of seen) groups.set(keyOf(row, view), [...(groups.get(keyOf(row, view)) ?? []), row]);
  const keys = [...groups.keys()].sort();
  return { rows: keys.map((key) => figureRow(groups.get(key)!, view, stateOf)), total: measuresOf(seen) };
}

const placeOf = ({ posted, valued }: Row, view: 'known' | 'reported') =>
  view === 'known' ? { period: valued } : { period: posted, priorPeriod: valued === posted ? '' : valued };

const keyOf = (row: Row, view: 'known' | 'reported') =>
  [row.department, ...Object.values(placeOf(row, view))].join('|');

function figureRow(group: readonly Row[], view: 'known' | 'reported', stateOf: StateOf): FigureRow {
  const { department } = group[0]!;
  const place = placeOf(group[0]!, view);
  return { department, ...place, state: stateOf(place.period, department), measures: measuresOf(group) };
}

export function measuresOf(rows: readonly Row[]): FigureRow['measures'] {
  const units = rows.reduce((sum, row) => sum + row.units, 0n);
  const fen = rows.reduce((sum, row) => sum + row.fen, 0n);
  const base = PRICE_FEN * units;
  const value = yuan(base - fen);
  return { explicit_actual: yuan(fen), price_base: yuan(base), price_reduction: value, synergy_value: value };
}
