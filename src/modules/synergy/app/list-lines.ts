import { exact, plain, type Exact } from '../../../../analytics/kernel/exact.js';
import { adjustmentMeasures } from '../../../../analytics/synergy/cells.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { sumsOfRecord } from '../../../../analytics/synergy/compute.js';
import {
  NO_SUMS,
  addSums,
  baselineMeasures,
  recordMeasures,
  standingOf,
  type Standing,
} from '../../../../analytics/synergy/group.js';
import { MEASURES, complete, type Measure, type Measures } from '../../../../analytics/synergy/measures.js';
import type { Nature } from '../../../../analytics/synergy/types.js';
import { invariant } from '../../../../analytics/kernel/invariant.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { rowPlace } from '../../rules/row-number.js';
import type { CellFilter } from '../db/cell-queries-filter.js';
import { keyText, loadInputs, type GroupKey, type Inputs } from '../db/group-inputs.js';
import {
  pageOfAdjustments,
  pageOfBaselines,
  pageOfRecords,
  type AdjustmentLineRow,
  type BaselineLineRow,
  type LineQuestion,
  type RecordLineRow,
} from '../db/line-queries.js';
import { takeStandpoint } from './answer-synergy.js';

/** In the order in which they are listed. */
export const LINE_KINDS = ['record', 'baseline', 'adjustment'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** A line (GRN-2): its dimensions ('' is none), where it comes from, and its exact part of every measure in yuan. */
export interface Line {
  readonly kind: LineKind;
  /** Id of the record or adjustment, or code of the baseline. */
  readonly id: string;
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly project: string;
  readonly baseline: string;
  readonly date?: string;
  readonly summary?: string | null;
  readonly voucher?: string | null;
  readonly counterparty?: string | null;
  readonly importId?: string;
  readonly source?: string;
  readonly rowNo?: number;
  readonly measures: Readonly<Record<Measure, string>>;
}

/** The key of the last line given out: its kind and the key of its kind. */
export interface LinePosition {
  readonly kind: LineKind;
  readonly key: readonly string[];
}

/** How many parts the key of a kind has: source and id; the group key; id. */
export const KEY_LENGTHS: Readonly<Record<LineKind, number>> = { record: 2, baseline: 6, adjustment: 1 };

export interface LinesQuestion {
  readonly periods: PeriodRange | null;
  readonly filter: CellFilter;
  /** null: from the first line on. */
  readonly after: LinePosition | null;
  readonly limit: number;
}

export interface Lines {
  readonly dataVersion: string;
  readonly lines: readonly Line[];
  /** null: these were the last. */
  readonly last: LinePosition | null;
}

interface Found {
  readonly records: readonly RecordLineRow[];
  readonly baselines: readonly BaselineLineRow[];
  readonly adjustments: readonly AdjustmentLineRow[];
}

/**
 * A page of the lines behind whatever the same filter shows in `GET /synergy`, as known now. The measures of all pages
 * together, rounded once, are that figure.
 * @throws AppError `no_such_period`, `period_range_reversed`
 */
export async function listLines(tx: Tx, mine: string, question: LinesQuestion): Promise<Lines> {
  const { periods, filter, after, limit } = question;
  const { dataVersion, cells } = await takeStandpoint(tx, mine, { periods, filter, by: [], view: 'known' });
  const found = await findLines(tx, mine, cells, after, limit + 1);
  const inputs = await loadInputs(tx, mine, [...found.records, ...found.baselines]);

  const all = [
    ...found.records.map((row) => placed('record', [row.source, row.id], recordLine(row, inputs))),
    ...found.baselines.map((row) => placed('baseline', groupKey(row), baselineLine(row, inputs))),
    ...found.adjustments.map((row) => placed('adjustment', [row.id], adjustmentLine(row, inputs))),
  ];
  const page = all.slice(0, limit);
  return {
    dataVersion,
    lines: page.map(({ line }) => line),
    last: all.length > limit ? page.at(-1)!.position : null,
  };
}

const placed = (kind: LineKind, key: readonly string[], line: Line) => ({ position: { kind, key }, line });

const groupKey = (row: GroupKey) => [row.period, row.department, row.category, row.item, row.nature, row.baseline];

/** One kind after another, each only as far as the page reaches. */
async function findLines(
  tx: Tx,
  mine: string,
  question: LineQuestion,
  after: LinePosition | null,
  limit: number,
): Promise<Found> {
  const from = after === null ? 0 : LINE_KINDS.indexOf(after.kind);
  const keyIn = (kind: LineKind) =>
    after?.kind === kind ? after.key : Array.from({ length: KEY_LENGTHS[kind] }, () => '');
  const [source, id] = keyIn('record') as [string, string];
  const records = from > 0 ? [] : await pageOfRecords(tx, mine, question, [source, id], limit);
  let left = limit - records.length;
  const baselines = from > 1 || left === 0 ? [] : await pageOfBaselines(tx, mine, question, keyIn('baseline'), left);
  left -= baselines.length;
  const adjustments = left === 0 ? [] : await pageOfAdjustments(tx, mine, question, keyIn('adjustment')[0]!, left);
  return { records, baselines, adjustments };
}

/** How the whole group of a line stands: that decides what each of its lines is worth. */
function standingIn(row: GroupKey, inputs: Inputs): { standing: Standing; rate: Exact | null } {
  const baseline = row.baseline === '' ? null : inputs.baselines.get(row.baseline)!;
  const totals = (inputs.parts.get(keyText(row)) ?? []).reduce((sum, part) => addSums(sum, part.sums), NO_SUMS);
  const volume = inputs.volumes.get([row.department, row.period, baseline?.driver ?? ''].join('\u0000')) ?? null;
  const rate = inputs.rates.get([row.item, row.period].join('\u0000')) ?? null;
  return { standing: standingOf(baseline, totals, { volume, rate }), rate };
}

function recordLine(row: RecordLineRow, inputs: Inputs): Line {
  const { id, department, period, category, item, nature, project, baseline } = row;
  const { date, summary, voucher, counterparty, importId, rowNo } = row;
  const { standing, rate } = standingIn(row, inputs);
  const number = (text: string | null) => (text === null ? null : exact(text));
  const sums = sumsOfRecord(
    {
      nature: nature as Nature,
      quantity: number(row.quantity),
      amount: number(row.amount),
      isInternal: row.isInternal,
    },
    row.isApproved,
  );
  return {
    ...{ kind: 'record', id, department, period, category, item, nature, project, baseline },
    ...{ source: row.source, date, summary, voucher, counterparty, importId, rowNo: rowPlace(rowNo).row },
    measures: inFull(complete(recordMeasures(nature as Nature, standing, sums, rate), inputs.methods.of(period))),
  };
}

function baselineLine(row: BaselineLineRow, inputs: Inputs): Line {
  const { department, period, category, item, nature, project, baseline } = row;
  const stated = baselineMeasures(nature as Nature, standingIn(row, inputs).standing);
  invariant(stated !== null, 'only baselines beyond a price have a line');
  return {
    ...{ kind: 'baseline', id: baseline, department, period, category, item, nature, project, baseline },
    measures: inFull(complete(stated, inputs.methods.of(period))),
  };
}

function adjustmentLine(row: AdjustmentLineRow, inputs: Inputs): Line {
  const { id, department, period, category, project, voucher } = row;
  return {
    ...{ kind: 'adjustment', id, department, period, category, item: '', nature: '', project, baseline: '', voucher },
    measures: inFull(adjustmentMeasures({ ...row, amount: exact(row.amount) }, inputs.methods.of(period))),
  };
}

const inFull = (measures: Measures) =>
  Object.fromEntries(MEASURES.map((measure) => [measure, plain(measures[measure])])) as Record<Measure, string>;
