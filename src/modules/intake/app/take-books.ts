import type { Tx } from '../../../platform/database/unit-of-work.js';
import { mapDocuments, readVouchers, type Books, type Mapping, type Profile } from '../../mapping/index.js';
import { checkTotals, separateTotals } from '../../reconciliation/index.js';
import { problemsSql, type KnownRelations } from '../../rules/check-sql.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import type { Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';
import { keepFindings, keepProblems } from './check-staged.js';
import { placeIn, type Intake, type Staged } from './source.js';

/** Books on their way to the door: rows of the contract's kinds that they became, still to be judged like any other. */
export interface MappedBooks {
  readonly targets: readonly (Staged<Kind> & { readonly recordSource: string })[];
  readonly findings: number;
  /** Rows that are no entries, by the reason: the text that marks rows of sums, or `known_department`. */
  readonly sums: readonly { readonly reason: string; readonly rows: number }[];
  /** Null where something was wrong before the profile was asked. */
  readonly mapping: Mapping | null;
}

/** Ledger kinds name no table of the mine. */
const NOTHING_KNOWN: KnownRelations = { departments: '', projects: '', items: '' };

/**
 * Rows of sums are set aside and compared, every column is checked, and the profile turns what is left into rows of the
 * contract's kinds. Where columns are wrong that is all that is said: what follows would only be its echo.
 */
export async function takeBooks(
  tx: Tx,
  intake: Intake,
  books: readonly Staged<LedgerKind>[],
  profile: Profile,
): Promise<MappedBooks> {
  const sums: { reason: string; rows: number }[] = [];
  let findings = 0;
  for (const staged of books) {
    const { document, table } = staged;
    const totals = await separateTotals(tx, { importId: intake.importId, document, table, totals: profile.totals });
    sums.push(...totals.map(({ label, rows }) => ({ reason: label, rows })));
    // Vouchers are read once, for their columns and for the mapping; only what is wrong is looked at again.
    if (document === 'vouchers' && (await readVouchers(tx, intake.importId, { ...staged, document }))) continue;
    findings += await keepFindings(tx, intake, staged, problemsSql(document, table, NOTHING_KNOWN));
  }
  if (findings > 0) return { targets: [], findings, sums, mapping: null };
  for (const staged of books) {
    const { document, table } = staged;
    const wrong = await checkTotals(tx, { ...intake, document, table, typed: intake.typed });
    findings += await keepWrong(tx, intake, staged, wrong);
  }
  const mapping = await mapDocuments(tx, booksOf(intake, books, profile));
  for (const staged of books) {
    const wrong = mapping.problems.filter(({ document }) => document === staged.document);
    findings += await keepWrong(tx, intake, staged, wrong);
  }
  const targets = mapping.targets.map(({ kind, table, rows, source, document }) => {
    const origin = books.find((staged) => staged.document === document)!;
    return { ...origin, document: kind, table, rows, blank: 0, recordSource: source };
  });
  return { targets, findings, sums, mapping };
}

const booksOf = (intake: Intake, books: readonly Staged<LedgerKind>[], profile: Profile): Books => ({
  ...{ mine: intake.mine, importId: intake.importId, profile },
  documents: books.map(({ document, table, rows }) => ({ document, table, rows })),
});

interface Wrong {
  readonly rowNo: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

async function keepWrong(tx: Tx, intake: Intake, staged: Staged, wrong: readonly Wrong[]): Promise<number> {
  const problems = wrong.map(({ rowNo, column, code, params }): Problem => ({
    ...{ file: staged.source.name, ...placeIn(staged, rowNo), column, code, params, document: staged.document },
  }));
  await keepProblems(tx, intake, problems);
  return problems.length;
}
