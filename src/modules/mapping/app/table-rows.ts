/** What tables of indicators (settlement summaries, management tables) have in common: units of the mine, and rules by indicator. */
import { copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { loadDirectory, type CodeAndName } from './directory.js';
import { placed } from './map-combination.js';
import type { Books, MappingProblem, ScratchTable, Unmapped } from './mapping.js';
import type { Profile } from './profile.js';

/** Rows of a table, typed: row_no, period, department, department_name, code, name, figures, and its rule (`becomes` …). */
export interface TableRows {
  readonly document: LedgerKind;
  readonly rows: ScratchTable;
  /** Units as the table writes them → the mine's department, null where nobody knows. */
  readonly places: ScratchTable;
}

export const tableRows = (importId: string, document: LedgerKind): TableRows => ({
  document,
  rows: `scratch.import_${importId}_${document}_rows`,
  places: `scratch.import_${importId}_${document}_places`,
});

const BLANKS = `'[\\s\\u00a0\\u3000]'`;
const bare = (text: string) => `regexp_replace(${text}, ${BLANKS}, '', 'g')`;

/** Joins `rule` to typed rows t; `$1` is `rulesOf(profile)`. A code goes before a name; names are compared without blanks. */
export const RULE_JOIN = `LEFT JOIN LATERAL (
    SELECT r.* FROM jsonb_to_recordset($1::jsonb)
      AS r (indicator text, item text, category text, becomes text, driver text, place int)
    WHERE r.indicator = t.code OR ${bare('r.indicator')} = ${bare('t.name')}
    ORDER BY r.indicator = t.code DESC, r.place LIMIT 1) rule ON true`;

export const rulesOf = ({ indicators }: Profile): string =>
  JSON.stringify(indicators.map((rule, place) => ({ ...rule, place })));

/** Joins `place` to rows t. */
export const placeJoin = ({ places }: TableRows): string => `LEFT JOIN ${places} place
    ON place.said IS NOT DISTINCT FROM t.department AND place.said_name IS NOT DISTINCT FROM t.department_name`;

/** A mine has some dozens of departments; beyond this nobody is looked for. */
const MAX_PLACES = 10_000;
const MAX_LISTED = 1_000;

/** Finds the departments that rows speak of. A table that names no unit is of the whole mine: its one top department. */
export async function findPlaces(tx: Tx, books: Books, { rows, places }: TableRows): Promise<void> {
  const said = await tx.rows<CodeAndName>(
    `SELECT DISTINCT department AS code, department_name AS name FROM ${rows} LIMIT ${MAX_PLACES}`,
  );
  const known = await loadDirectory(tx, books.mine, books.importId);
  const top = await tx.rows<{ code: string }>('SELECT code FROM departments WHERE mine_id = $1 AND parent IS NULL', [
    books.mine,
  ]);
  const whole = top.length === 1 ? top[0]!.code : undefined;
  await tx.rows(`CREATE UNLOGGED TABLE ${places} (said text, said_name text, department text)`);
  await copyRows(
    tx,
    places,
    ['said', 'said_name', 'department'],
    said.map(({ code, name }) => {
      const stated = code === null && name === null ? [] : [{ code, name }];
      return [code, name, placed(stated, books.profile.departments, known.departments, whole).code];
    }),
  );
}

type FoundUnmapped = Unmapped & { readonly rowNo: number };

/** Units of rows that become something (`condition` over t) and that nobody knows, with `amount` (SQL over t, yuan). */
export async function unknownPlaces(
  tx: Tx,
  table: TableRows,
  condition: string,
  amount: string,
): Promise<FoundUnmapped[]> {
  const found = await tx.rows<{ code: string; name: string | null; lines: string; amount: string; row_no: number }>(
    `SELECT coalesce(t.department, t.department_name, '') AS code, max(t.department_name) AS name, count(*) AS lines,
       coalesce(sum(${amount}), 0)::numeric(60, 2) AS amount, min(t.row_no) AS row_no
     FROM ${table.rows} t ${placeJoin(table)} WHERE place.department IS NULL AND (${condition})
     GROUP BY 1 ORDER BY min(t.row_no) LIMIT ${MAX_LISTED}`,
  );
  return found.map(({ row_no, lines, ...rest }) => ({
    ...{ what: 'department', rowNo: row_no, lines: Number(lines) },
    ...rest,
  }));
}

/** In the words that vouchers use for a department that nobody knows. */
export function unknownPlaceProblem(
  { rowNo, code, name, lines, amount }: FoundUnmapped,
  document: LedgerKind,
  { name: profile }: Profile,
): MappingProblem {
  const params = { text: code, name: name ?? '', lines: String(lines), amount, profile };
  const problem = code === '' ? 'no_department' : 'unmapped_department';
  return { rowNo, column: name === code ? 'department_name' : 'department', code: problem, params, document };
}

export const shownUnmapped = ({ what, code, name, lines, amount }: FoundUnmapped): Unmapped => ({
  ...{ what, code, name, lines, amount },
});

/** The same indicator twice for one unit and period: it would count twice. */
export async function repeatedIndicators(tx: Tx, { document, rows }: TableRows, condition: string) {
  const found = await tx.rows<{ row_no: number }>(
    `SELECT row_no FROM (SELECT t.row_no, row_number() OVER (
         PARTITION BY t.period, t.department, t.department_name, t.code ORDER BY t.row_no) AS nth
       FROM ${rows} t WHERE ${condition}) numbered WHERE nth > 1 ORDER BY row_no LIMIT ${MAX_LISTED}`,
  );
  return found.map(({ row_no }): MappingProblem => ({
    ...{ rowNo: row_no, column: 'code', code: 'duplicate_key', params: {}, document },
  }));
}
