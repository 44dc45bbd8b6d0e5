import { endOfPeriod } from './calendar.js';
import { divideRounded, FEN, Micro, net, ONE, TRIPLE } from './micro.js';
import { isApproved } from './projects.js';
import { Baseline, CostRecord, Folder } from './rows.js';

/**
 * The generator's own exact reading of calculation.md, only as much as the headline figures need, so that the sample does
 * not depend on the code it is a sample for. Values are yuan × 10¹⁸ (`TRIPLE`).
 */
export interface Line {
  period: string;
  department: string;
  category: string;
  turnover: bigint;
  priceReduction: bigint;
  /** usage_saving + amount_saving */
  otherSaving: bigint;
  opportunitySaving: bigint;
  gains: bigint;
  inputs: bigint;
}

export type Way = 'price' | 'usage' | 'amount' | 'implicit' | 'uncovered';

export interface Evaluation {
  lines: Line[];
  ways: Ways;
}

/** How each record was measured, and against which net price where it was measured by one. */
export type Ways = Map<CostRecord, { way: Way; price: Micro }>;

const SINGLE = TRIPLE / ONE;
const NOTHING = { turnover: 0n, priceReduction: 0n, otherSaving: 0n, opportunitySaving: 0n, gains: 0n, inputs: 0n };

/** COR-1 */
const valuedOn = (record: CostRecord): string => (record.corrects === '' ? record.date : endOfPeriod(record.corrects));

const netAmount = (record: CostRecord): Micro =>
  record.taxRate === null ? (record.amount ?? 0n) : net(record.amount ?? 0n, record.taxRate, FEN);

const netPrice = (baseline: Baseline): Micro => {
  const price = baseline.unitPrice ?? 0n;
  return baseline.taxRate === null ? price : net(price, baseline.taxRate, 1n);
};

/** BAS-2: the most specific baseline valid on the record's day. */
function matched(folder: Folder, record: CostRecord, byItem: Map<string, Baseline[]>): Baseline | undefined {
  const day = valuedOn(record);
  const usable = (byItem.get(`${record.category} ${record.item} ${record.nature}`) ?? []).filter(
    (baseline) =>
      (baseline.department === '' || baseline.department === record.department) &&
      (baseline.project === '' ||
        (baseline.project === record.project && isApproved(folder.projects, baseline.project, day))) &&
      baseline.from <= day &&
      day <= baseline.to,
  );
  const weight = (baseline: Baseline): number =>
    (baseline.project === '' ? 0 : 2) + (baseline.department === '' ? 0 : 1);
  return usable.sort((one, other) => weight(other) - weight(one))[0];
}

/** BAS-4 and BAS-1: the target in yuan × 10¹⁸; undefined where the volume is missing. */
function targetYuan(baseline: Baseline, volume: Micro | undefined, rate: Micro): bigint | undefined {
  const price = baseline.nature === 'explicit' ? netPrice(baseline) : rate;
  if (baseline.driver !== '' && volume === undefined) return undefined;
  if (baseline.norm !== null) return baseline.norm * (volume ?? 0n) * price;
  if (baseline.quantity !== null) return baseline.quantity * price * ONE;
  const amount = baseline.amount ?? 0n;
  if (baseline.driver === '') return amount * SINGLE;
  const flexed = divideRounded(amount * (volume ?? 0n) * ONE, baseline.plannedVolume ?? 0n);
  return (baseline.fixedAmount ?? 0n) * SINGLE + flexed * (SINGLE / ONE);
}

function measureGroup(folder: Folder, baseline: Baseline, records: CostRecord[], ways: Ways): Line {
  const [first] = records;
  if (!first) throw new Error('an empty group');
  const period = valuedOn(first).slice(0, 7);
  const line: Line = { ...NOTHING, period, department: first.department, category: baseline.category };
  const all = (way: Way): void => records.forEach((record) => ways.set(record, { way, price: netPrice(baseline) }));
  const volume = folder.activities.find(
    (row) => row.period === period && row.department === first.department && row.driver === baseline.driver,
  );
  const isPrice = baseline.norm === null && baseline.quantity === null && baseline.amount === null;
  const rate = folder.rates.find(
    (row) => row.item === baseline.item && row.from.slice(0, 7) <= period && period <= row.to.slice(0, 7),
  );
  const target = targetYuan(baseline, volume?.actual ?? undefined, rate?.rate ?? 0n);
  if (target === undefined) return line;
  const isCounted = baseline.amount === null && records.every((record) => record.quantity !== null);
  const actual = records.reduce((sum, record) => sum + netAmount(record) * SINGLE, 0n);
  if (baseline.nature !== 'explicit') {
    if (!isCounted && baseline.amount === null) return line;
    all('implicit');
    const worth = records.reduce((sum, record) => sum + (record.quantity ?? 0n) * (rate?.rate ?? 0n) * ONE, 0n);
    const saving = target - (baseline.amount === null ? worth : actual);
    return { ...line, opportunitySaving: baseline.nature === 'implicit_opportunity' ? saving : 0n };
  }
  if (isPrice) {
    const counted = records.filter((record) => record.quantity !== null);
    counted.forEach((record) => ways.set(record, { way: 'price', price: netPrice(baseline) }));
    const at = (record: CostRecord): bigint =>
      netPrice(baseline) * (record.quantity ?? 0n) * ONE - netAmount(record) * SINGLE;
    return { ...line, priceReduction: counted.reduce((sum, record) => sum + at(record), 0n) };
  }
  all(isCounted ? 'usage' : 'amount');
  if (!isCounted) return { ...line, otherSaving: target - actual };
  const base = records.reduce((sum, record) => sum + netPrice(baseline) * (record.quantity ?? 0n) * ONE, 0n);
  return { ...line, priceReduction: base - actual, otherSaving: target - base };
}

export function evaluate(folder: Folder): Evaluation {
  const byItem = new Map<string, Baseline[]>();
  for (const row of folder.baselines) {
    const key = `${row.category} ${row.item} ${row.nature}`;
    byItem.set(key, [...(byItem.get(key) ?? []), row]);
  }
  const ways: Ways = new Map(folder.records.map((record) => [record, { way: 'uncovered', price: 0n }]));
  const groups = new Map<string, { baseline: Baseline; records: CostRecord[] }>();
  const lines: Line[] = [];
  for (const record of folder.records) {
    const { department, category, project, nature } = record;
    if (nature === 'explicit' && record.internal && isApproved(folder.projects, project, valuedOn(record))) {
      const turnover = netAmount(record) * SINGLE;
      lines.push({ ...NOTHING, period: valuedOn(record).slice(0, 7), department, category, turnover });
    }
    const baseline = matched(folder, record, byItem);
    if (!baseline) continue;
    const key = `${department} ${valuedOn(record).slice(0, 7)} ${baseline.code}`;
    const group = groups.get(key) ?? { baseline, records: [] };
    group.records.push(record);
    groups.set(key, group);
  }
  for (const { baseline, records } of groups.values()) lines.push(measureGroup(folder, baseline, records, ways));
  for (const row of folder.adjustments) {
    if (row.recognition !== 'realised' || row.status !== 'confirmed') continue;
    const { period, department, category, kind } = row;
    lines.push({
      ...NOTHING,
      period,
      department,
      category,
      [kind === 'gain' ? 'gains' : 'inputs']: row.amount * SINGLE,
    });
  }
  return { lines, ways };
}

export const valueOf = (line: Line): bigint =>
  line.priceReduction + line.otherSaving + line.opportunitySaving + line.gains - line.inputs;

export const total = (lines: readonly Line[], measure: (line: Line) => bigint): bigint =>
  lines.reduce((sum, line) => sum + measure(line), 0n);
