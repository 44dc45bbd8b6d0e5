import type { Category } from '../../../../analytics/synergy/types.js';
import { plannedFor } from '../../../platform/database/bulk-plan.js';
import { copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { typedRows } from '../../rules/check-sql.js';
import { COLUMNS } from '../../rules/columns.js';
import { loadDirectory, type Directory } from './directory.js';
import { placed } from './map-combination.js';
import type { Books, Mapping, ScratchTable } from './mapping.js';
import { shownUnmapped, unmappedProblem, type FoundUnmapped } from './unmapped.js';
import type { Profile } from './profile.js';

/** What slips have in common, as they write it; '' where they say nothing. */
export interface SlipCombination {
  readonly receiver: string;
  readonly project: string;
  readonly service: string;
}

/** null: what no rule knows. `project` is '' for none. */
export interface MappedSlip {
  readonly department: string | null;
  readonly project: string | null;
  readonly item: string | null;
  readonly category: Category | null;
}

/**
 * Whoever receives bears the cost. A slip of no project belongs to the internal market (市场协同), unless the rule of
 * its service says otherwise.
 */
export function mapSlip(profile: Profile, known: Directory, slip: SlipCombination): MappedSlip {
  const said = (text: string) => (text === '' ? [] : [{ code: null, name: text }]);
  const department = placed(said(slip.receiver), profile.departments, known.departments, undefined).code;
  const project = placed(said(slip.project), profile.projects, known.projects, '').code;
  const [rule] = profile.services
    .filter(({ contains, item }) => slip.service.includes(contains) && known.items.has(item))
    .sort((a, b) => b.contains.length - a.contains.length);
  const category = known.categories.get(project ?? '') ?? rule?.category ?? 'market';
  return { department, project, item: rule?.item ?? null, category: rule ? category : null };
}

/**
 * Internal settlement slips become internal records of the unit that receives. Amounts and prices are kept as the slip
 * states them: the rules of records check that they agree.
 */
export async function mapSettlements(
  tx: Tx,
  books: Books,
  { table, rows }: Books['documents'][number],
): Promise<Mapping> {
  const slips: ScratchTable = `scratch.import_${books.importId}_slips`;
  const answers: ScratchTable = `scratch.import_${books.importId}_slip_answers`;
  const records: ScratchTable = `scratch.import_${books.importId}_slip_records`;
  return plannedFor(tx, rows, async () => {
    await tx.rows(slipsSql(slips, table));
    const isComplete = await answerSlips(tx, books, slips, answers);
    const unmapped = isComplete ? [] : await findUnmapped(tx, slips, answers);
    if (unmapped.length > 0) {
      const problems = unmapped.map((found) => unmappedProblem(found, books.profile.name, 'settlements'));
      return { targets: [], problems, unmapped: unmapped.map(shownUnmapped), leftOut: [] };
    }
    await tx.rows(slipRecordsSql(slips, answers, records, books.profile));
    const target = {
      kind: 'records',
      document: 'settlements',
      table: records,
      rows,
      source: books.profile.source,
    } as const;
    return { targets: [target], problems: [], unmapped: [], leftOut: [] };
  });
}

const slipsSql = (slips: ScratchTable, staged: ScratchTable) => `CREATE UNLOGGED TABLE ${slips} AS
  SELECT t.row_no, t.id, t.date, t.provider, t.receiver, coalesce(t.project, '') AS project, t.service, t.quantity, t.unit,
    t.unit_price, t.amount, t.tax_basis, t.tax_rate, t.summary FROM ${typedRows('settlements', staged)} t`;

/** Memory must not grow with what a file makes up: combinations are answered page by page. */
const PAGE = 10_000;

/** Answers every combination; tells whether all of them lead somewhere. */
async function answerSlips(tx: Tx, books: Books, slips: ScratchTable, answers: ScratchTable): Promise<boolean> {
  const known = await loadDirectory(tx, books.mine, books.importId);
  const asked = `${answers}_asked`;
  await tx.rows(`CREATE UNLOGGED TABLE ${asked} AS SELECT row_number() OVER ()::int AS no, s.*
    FROM (SELECT receiver, project, service FROM ${slips} GROUP BY 1, 2, 3) s`);
  await tx.rows(`CREATE UNLOGGED TABLE ${answers} (receiver text, project text, service text, department text,
    to_project text, item text, category text)`);
  let isComplete = true;
  for (let after = 0; ; after += PAGE) {
    const page = await tx.rows<SlipCombination>(
      `SELECT receiver, project, service FROM ${asked} WHERE no > $1 AND no <= $2`,
      [after, after + PAGE],
    );
    if (page.length === 0) return isComplete;
    const mapped = page.map((slip) => ({ slip, to: mapSlip(books.profile, known, slip) }));
    isComplete &&= mapped.every(({ to }) => to.department !== null && to.project !== null && to.item !== null);
    await copyRows(
      tx,
      answers,
      ['receiver', 'project', 'service', 'department', 'to_project', 'item', 'category'],
      mapped.map(({ slip, to }) => [
        ...[slip.receiver, slip.project, slip.service, to.department, to.project, to.item, to.category],
      ]),
    );
  }
}

const answered = (slips: ScratchTable, answers: ScratchTable) =>
  `${slips} s JOIN ${answers} a USING (receiver, project, service)`;

async function findUnmapped(tx: Tx, slips: ScratchTable, answers: ScratchTable): Promise<FoundUnmapped[]> {
  const by = (what: string, code: string, condition: string) =>
    `SELECT '${what}' AS what, ${code} AS code, NULL AS name, count(*)::int AS lines, sum(s.amount)::numeric(40, 2) AS amount,
       min(s.row_no) AS "rowNo" FROM ${answered(slips, answers)} WHERE ${condition} GROUP BY 1, 2`;
  return tx.rows<FoundUnmapped>(
    `${by('department', 's.receiver', 'a.department IS NULL')}
     UNION ALL ${by('project', 's.project', 'a.to_project IS NULL')}
     UNION ALL ${by('service', 's.service', 'a.item IS NULL')} ORDER BY "rowNo", what LIMIT 1000`,
  );
}

function slipRecordsSql(slips: ScratchTable, answers: ScratchTable, records: ScratchTable, profile: Profile): string {
  const rate = profile.taxRate === null ? 'NULL' : `'${profile.taxRate.replaceAll("'", "''")}'`;
  const filled: Readonly<Record<string, string>> = {
    ...{ id: 's.id', date: 's.date', department: 'a.department', category: 'a.category', item: 'a.item' },
    ...{ nature: `'explicit'`, unit: 's.unit', unit_price: 's.unit_price', amount: 's.amount' },
    quantity: profile.zeroQuantity === 'none' ? 'nullif(s.quantity, 0)' : 's.quantity',
    ...{ project: `nullif(a.to_project, '')`, counterparty: 's.provider', internal: `'yes'`, voucher: 's.id' },
    summary: `left(concat_ws('；', s.service, s.summary), 2000)`,
    tax_basis: `coalesce(s.tax_basis, '${profile.taxBasis}')`,
    tax_rate: `coalesce(s.tax_rate::text, CASE coalesce(s.tax_basis, '${profile.taxBasis}') WHEN 'incl' THEN ${rate} END)`,
  };
  const columns = COLUMNS.records.map(({ name }) => `(${filled[name] ?? 'NULL'})::text AS "${name}"`);
  return `CREATE UNLOGGED TABLE ${records} AS SELECT s.row_no, ${columns.join(', ')} FROM ${answered(slips, answers)}`;
}
