import { exact, type Exact } from '../../../../analytics/kernel/exact.js';
import type { GroupPart } from '../../../../analytics/synergy/cells.js';
import type { Baseline, Method } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A group of the calculation: the records of a department and period against one baseline ('' is none). */
export interface GroupKey {
  readonly period: string;
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly baseline: string;
}

export const GROUP_KEY = ['period', 'department', 'category', 'item', 'nature', 'baseline'] as const;

/** `unnest` of group keys given as one array a column, from parameter $`first` on. */
export function unnestedKeys(first: number): string {
  const arrays = GROUP_KEY.map((_, i) => `$${first + i}::text[]`);
  return `unnest(${arrays.join(', ')}) AS k (${GROUP_KEY.join(', ')})`;
}

export function keyArrays(keys: readonly GroupKey[]): string[][] {
  return GROUP_KEY.map((column) => keys.map((key) => key[column]));
}

export const onKeys = (alias: string) => GROUP_KEY.map((column) => `${alias}.${column} = k.${column}`).join(' AND ');

export const keyText = (key: GroupKey) => GROUP_KEY.map((column) => key[column]).join('\u0000');

/** A method as it was adopted: the version is stored with every figure. */
export type AdoptedMethod = Method & { readonly version: number };

/** What the formulas need around the sums, for a set of groups. */
export interface Inputs {
  readonly methods: Methods;
  readonly parts: ReadonlyMap<string, GroupPart[]>;
  readonly baselines: ReadonlyMap<string, Baseline>;
  readonly periods: ReadonlyMap<string, { readonly start: string; readonly end: string; readonly hasData: boolean }>;
  /** By department, period and driver. */
  readonly volumes: ReadonlyMap<string, Exact | null>;
  /** By item and period. */
  readonly rates: ReadonlyMap<string, Exact>;
}

export async function loadInputs(tx: Tx, mine: string, keys: readonly GroupKey[]): Promise<Inputs> {
  return {
    methods: await loadMethods(tx, mine),
    parts: await loadParts(tx, mine, keys),
    baselines: await loadBaselines(tx, mine, [...new Set(keys.map((key) => key.baseline))]),
    periods: await loadPeriods(tx, mine),
    volumes: await loadVolumes(tx, mine, [...new Set(keys.map((key) => key.period))]),
    rates: await loadRates(tx, mine, [...new Set(keys.filter((k) => k.nature !== 'explicit').map((k) => k.item))]),
  };
}

const METHOD_COLUMNS = `m.version, m.price_reduction AS "priceReduction", m.opportunity_saving AS "opportunitySaving"`;

/** The method of whatever is not closed. */
export async function loadMethod(tx: Tx, mine: string): Promise<AdoptedMethod> {
  const [method] = await tx.rows<AdoptedMethod>(
    `SELECT ${METHOD_COLUMNS} FROM methods m WHERE m.mine_id = $1 ORDER BY m.version DESC LIMIT 1`,
    [mine],
  );
  return method!;
}

/** Which method the groups of a period are computed by: a closed period keeps that of its closing. */
export class Methods {
  constructor(
    readonly latest: AdoptedMethod,
    private readonly ofClosed: ReadonlyMap<string, AdoptedMethod>,
  ) {}

  of(period: string): AdoptedMethod {
    return this.ofClosed.get(period) ?? this.latest;
  }
}

const methodOf = ({ version, priceReduction, opportunitySaving }: AdoptedMethod): AdoptedMethod => ({
  ...{ version, priceReduction, opportunitySaving },
});

export async function loadMethods(tx: Tx, mine: string): Promise<Methods> {
  const rows = await tx.rows<AdoptedMethod & { readonly period: string | null }>(
    `SELECT ${METHOD_COLUMNS}, c.period FROM methods m
     LEFT JOIN closings c ON c.mine_id = m.mine_id AND c.method_version = m.version AND c.reopened_at IS NULL
     WHERE m.mine_id = $1 ORDER BY m.version`,
    [mine],
  );
  const ofClosed = rows.flatMap((row) => (row.period === null ? [] : [[row.period, methodOf(row)] as const]));
  const latest = methodOf(rows.at(-1)!);
  return new Methods(latest, new Map(ofClosed));
}

interface PartRow extends GroupKey {
  readonly project: string;
  readonly reported_in: string;
  readonly quantified: string;
  readonly unquantified: string;
  readonly quantity: string;
  readonly amount_of_quantified: string;
  readonly amount_of_unquantified: string;
  readonly internal: string;
  readonly turnover: string;
}

async function loadParts(tx: Tx, mine: string, keys: readonly GroupKey[]): Promise<Map<string, GroupPart[]>> {
  const rows = await tx.rows<PartRow>(
    `SELECT s.* FROM ${unnestedKeys(2)} JOIN cell_sums s ON s.mine_id = $1 AND ${onKeys('s')}
     ORDER BY s.reported_in, s.project`,
    [mine, ...keyArrays(keys)],
  );
  const parts = new Map<string, GroupPart[]>();
  for (const row of rows) {
    const part: GroupPart = {
      project: row.project,
      reportedIn: row.reported_in,
      sums: {
        quantified: Number(row.quantified),
        unquantified: Number(row.unquantified),
        quantity: exact(row.quantity),
        amountOfQuantified: exact(row.amount_of_quantified),
        amountOfUnquantified: exact(row.amount_of_unquantified),
        internal: exact(row.internal),
        turnover: exact(row.turnover),
      },
    };
    const key = keyText(row);
    const list = parts.get(key);
    if (list) list.push(part);
    else parts.set(key, [part]);
  }
  return parts;
}

export const BASELINE_COLUMNS = `code, kind, department, category, item, nature, project, valid_from AS "validFrom",
  valid_to AS "validTo", unit, unit_price AS "unitPrice", norm, driver, quantity, amount,
  planned_volume AS "plannedVolume", fixed_amount AS "fixedAmount"`;

type Textual<Row, Numbers extends keyof Row> = Omit<Row, Numbers> & Record<Numbers, string | null>;
const BASELINE_NUMBERS = ['unitPrice', 'norm', 'quantity', 'amount', 'plannedVolume', 'fixedAmount'] as const;
export type BaselineRow = Textual<Baseline, (typeof BASELINE_NUMBERS)[number]>;

export function baselineOf(row: BaselineRow): Baseline {
  const numbers = BASELINE_NUMBERS.map((name) => [name, row[name] === null ? null : exact(row[name])] as const);
  return { ...row, ...(Object.fromEntries(numbers) as Pick<Baseline, (typeof BASELINE_NUMBERS)[number]>) };
}

async function loadBaselines(tx: Tx, mine: string, codes: string[]): Promise<Map<string, Baseline>> {
  const rows = await tx.rows<BaselineRow>(
    `SELECT ${BASELINE_COLUMNS} FROM baselines WHERE mine_id = $1 AND code = ANY ($2)`,
    [mine, codes],
  );
  return new Map(rows.map((row) => [row.code, baselineOf(row)]));
}

async function loadPeriods(tx: Tx, mine: string): Promise<Inputs['periods']> {
  const rows = await tx.rows<{ code: string; start: string; end: string; hasData: boolean }>(
    `SELECT code, start_date AS start, end_date AS end, has_data AS "hasData" FROM periods WHERE mine_id = $1`,
    [mine],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

async function loadVolumes(tx: Tx, mine: string, periods: string[]): Promise<Map<string, Exact | null>> {
  const rows = await tx.rows<{ period: string; department: string; driver: string; actual: string | null }>(
    `SELECT period, department, driver, actual FROM volumes WHERE mine_id = $1 AND period = ANY ($2)`,
    [mine, periods],
  );
  return new Map(
    rows.map((v) => [[v.department, v.period, v.driver].join('\u0000'), v.actual === null ? null : exact(v.actual)]),
  );
}

async function loadRates(tx: Tx, mine: string, items: string[]): Promise<Map<string, Exact>> {
  if (items.length === 0) return new Map();
  const rows = await tx.rows<{ item: string; period: string; rate: string }>(
    `SELECT r.item, p.code AS period, r.rate FROM rates r
     JOIN periods p ON p.mine_id = r.mine_id AND r.valid_from <= p.end_date
       AND (r.valid_to IS NULL OR p.end_date <= r.valid_to)
     WHERE r.mine_id = $1 AND r.item = ANY ($2)`,
    [mine, items],
  );
  return new Map(rows.map((row) => [[row.item, row.period].join('\u0000'), exact(row.rate)]));
}
