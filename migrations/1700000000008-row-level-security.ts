import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The second wall: whatever a query forgets, a transaction sees only what its settings name. They are set by SET LOCAL
 * and end with it; where they are missing, nothing is seen. The owner, who migrates, is not held by it.
 * - app.mine: the mine, or * for the service's own errands across mines;
 * - app.whole: yes for all of the mine, else app.departments (an array literal) says which;
 * - app.actor: who asks; people see what they made themselves.
 */
export class RowLevelSecurity1700000000008 implements MigrationInterface {
  name = 'RowLevelSecurity1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...UP, ...MINE_NOW]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION mine_now');
    for (const table of Object.keys(POLICIES)) {
      await runner.query(`DROP POLICY sight ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}

/** In a subquery a setting is read once a statement, not once a row. */
const setting = (name: string) => `(SELECT nullif(current_setting('app.${name}', true), ''))`;
const IN_MINE = `(mine_id = ${setting('mine')} OR ${setting('mine')} = '*')`;
const IS_WHOLE = `${setting('whole')} = 'yes'`;
/** The cast makes it an array, which ANY would else take for a subquery's rows. */
const REACHED = `${setting('departments')}::text[]`;

const inReach = (column: string) => `(${IS_WHOLE} OR ${column} = ANY (${REACHED}))`;
const ofImport = (table: string) => `(${IS_WHOLE} OR EXISTS (SELECT FROM imports i
  WHERE i.mine_id = ${table}.mine_id AND i.id = ${table}.import_id))`;
const allReached = (maker: string) => `(${IS_WHOLE} OR ${maker} = ${setting('actor')} OR departments <@ ${REACHED})`;

const ANY_ROW = 'true';

/** By table: which of the mine's rows are seen. */
const POLICIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['methods', 'periods', 'departments', 'items', 'projects', 'rates', 'mapping_profiles', 'ledger_accounts'],
      ...['users', 'api_keys', 'grants', 'sessions', 'sign_in_attempts', 'delegations', 'approval_steps'],
      ...['waivers', 'closings'],
    ].map((table) => [table, ANY_ROW]),
  ),
  ...Object.fromEntries(
    [
      ...['records', 'cells', 'cell_sums', 'cell_issues', 'closed_cells', 'volumes', 'adjustments', 'targets'],
      ...['declarations', 'comparatives'],
    ].map((table) => [table, inReach('department')]),
  ),
  // A price baseline without a department is everyone's.
  baselines: `(department IS NULL OR ${inReach('department')})`,
  reference_history: IS_WHOLE,
  imports: allReached('actor'),
  ...Object.fromEntries(
    ['import_files', 'row_fates', 'import_accounts', 'left_out_lines', 'account_balances', 'control_totals'].map(
      (table) => [table, ofImport(table)],
    ),
  ),
  submissions: allReached('maker'),
  decisions: `(${IS_WHOLE} OR EXISTS (SELECT FROM submissions s
    WHERE s.mine_id = decisions.mine_id AND s.id = decisions.submission_id))`,
  evidence: `(${IS_WHOLE} OR actor = ${setting('actor')}
    OR subject = 'record' AND EXISTS (SELECT FROM records r
      WHERE r.mine_id = evidence.mine_id AND r.source = 'direct' AND r.id = evidence.key)
    OR subject = 'import' AND EXISTS (SELECT FROM imports i
      WHERE i.mine_id = evidence.mine_id AND i.id::text = evidence.key))`,
};

const UP = Object.entries(POLICIES).flatMap(([table, isSeen]) => [
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY sight ON ${table} USING (${IN_MINE} AND ${isSeen})`,
]);

/**
 * What stands before every answer, when it is not known yet who asks: the mine that is meant, and the versions of its
 * data and of its access rights. It runs as the owner and gives out nothing else.
 */
const MINE_NOW = [
  `CREATE FUNCTION mine_now(named text)
  RETURNS TABLE (code text, data_version numeric, access_version bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.mine_id, m.reference_version + coalesce(
      (SELECT sum(p.data_version) FROM periods p WHERE p.mine_id = m.mine_id), 0), m.access_version
    FROM mines m WHERE named IS NULL OR m.mine_id = named LIMIT 2 $$`,
  `REVOKE EXECUTE ON FUNCTION mine_now FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION mine_now TO six_synergies_app`,
];
