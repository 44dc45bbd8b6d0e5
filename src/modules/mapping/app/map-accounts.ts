import { copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isAbout, isConditional } from './account-rules.js';
import { accountParts, carryTarget, isCostAccount, type CarryTarget } from './cost-accounts.js';
import { ACCOUNT_COLUMNS, distinctAccountsSql, type VoucherTables } from './entries-sql.js';
import type { Books } from './mapping.js';
import type { AccountRule } from './profile.js';

/** An account as a line writes it. */
interface UsedAccount {
  readonly account: string;
  readonly name: string;
}

/** What is known of an account and those above it. */
export type Chart = ReadonlyMap<string, { readonly name: string; readonly type: string | null }>;

/** What an account says of its lines by itself. */
export interface AccountFacts {
  readonly path: string | null;
  readonly type: string | null;
  readonly isCost: boolean;
  /** The line's dimensions must be looked at too. */
  readonly isOpen: boolean;
  /** Of one that is not open: `fund`, or why its lines are left out. */
  readonly reason: string | null;
  readonly carries: CarryTarget | null;
}

/** The whole name of an account: as the line writes it if that has several parts, else with those above it. */
export function pathOf({ account, name }: UsedAccount, chart: Chart): string | null {
  const own = accountParts(name === '' ? (chart.get(account)?.name ?? null) : name);
  if (own.length > 1) return own.join('_');
  const above: string[] = [];
  for (let length = 1; length < account.length; length++) {
    const last = accountParts(chart.get(account.slice(0, length))?.name ?? null).at(-1);
    if (last !== undefined && last !== above.at(-1)) above.push(last);
  }
  return [...above, ...own].join('_') || null;
}

const typeOf = (account: string, chart: Chart) =>
  Array.from({ length: account.length }, (_, i) => chart.get(account.slice(0, account.length - i))?.type).find(
    (type) => type != null,
  ) ?? null;

/** `rules` in the order of `bySpecificity`. */
export function accountFacts(rules: readonly AccountRule[], used: UsedAccount, chart: Chart): AccountFacts {
  const { account } = used;
  const path = pathOf(used, chart);
  const type = typeOf(account, chart);
  const about = rules.filter((rule) => isAbout(rule, account, path));
  const first = about.find((rule) => !isConditional(rule)) ?? null;
  const isStandardCost = isCostAccount(account, path, type);
  const isCost = first === null ? isStandardCost : first.is === 'cost' || (first.is === 'left_out' && isStandardCost);
  const carries = carryTarget(account, path);
  const isOpen = about.some(isConditional) || (first === null ? isStandardCost : first.is === 'cost');
  const reason = isOpen ? null : first?.is === 'fund' ? 'fund' : (first?.reason ?? 'not_cost');
  return { path, type, isCost, isOpen, reason, carries };
}

/** More are no chart of accounts. */
const MAX_ACCOUNTS = 50_000;

/** Fills the table of accounts; answers false where there are more than any chart has. */
export async function mapAccounts(
  tx: Tx,
  books: Books,
  tables: VoucherTables,
  rules: readonly AccountRule[],
): Promise<boolean> {
  await tx.rows(`CREATE UNLOGGED TABLE ${tables.accounts} (${ACCOUNT_COLUMNS})`);
  const used = await tx.rows<UsedAccount>(`${distinctAccountsSql(tables)} LIMIT ${MAX_ACCOUNTS + 1}`);
  if (used.length > MAX_ACCOUNTS) return false;
  const chart = await loadChart(tx, books, used);
  await copyRows(
    tx,
    tables.accounts,
    ['account', 'account_name', 'path', 'type', 'is_cost', 'is_open', 'reason', 'carries'],
    used.map((account) => {
      const facts = accountFacts(rules, account, chart);
      const flags = [String(facts.isCost), String(facts.isOpen)];
      return [account.account, account.name, facts.path, facts.type, ...flags, facts.reason, facts.carries];
    }),
  );
  return true;
}

/** The chart that came with the books outweighs the one kept from earlier ones, and that the names on the lines. */
async function loadChart(tx: Tx, books: Books, used: readonly UsedAccount[]): Promise<Chart> {
  const codes = [...new Set(used.map(({ account }) => account))];
  const staged = books.documents.find(({ document }) => document === 'accounts')?.table;
  const ofBooks = staged ? `SELECT 1 AS place, account, account_name, type FROM ${staged} UNION ALL` : '';
  const rows = await tx.rows<{ account: string; name: string; type: string | null }>(
    `WITH wanted AS (SELECT DISTINCT left(c.account, n) AS account
       FROM unnest($2::text[]) AS c (account), generate_series(1, length(c.account)) n)
     SELECT DISTINCT ON (k.account) k.account, k.account_name AS name, k.type FROM (${ofBooks}
       SELECT 2 AS place, account, account_name, type FROM ledger_accounts WHERE mine_id = $1) k
     JOIN wanted USING (account) WHERE k.account_name IS NOT NULL ORDER BY k.account, k.place`,
    [books.mine, codes],
  );
  const written = used
    .filter(({ name }) => name !== '')
    .map(({ account, name }) => [account, { name, type: null }] as const);
  return new Map([...written, ...rows.map(({ account, name, type }) => [account, { name, type }] as const)]);
}
