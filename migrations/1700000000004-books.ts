import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AMOUNT, CODE, MEASURED, finite } from './column-words.js';

/**
 * What a settlement centre's books leave behind: how a file was read, the profiles that map it, what of each account was
 * imported and what was left out, and the balances that it must tie to. A record may be reversed: it stays, and its id
 * may be taken again by the one that replaces it.
 */
export class Books1700000000004 implements MigrationInterface {
  name = 'Books1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...LOG, ...REVERSAL, ...PROFILES, ...RECONCILIATION, ...RIGHTS])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const LOG = [
  `ALTER TABLE imports ADD COLUMN format text, ADD COLUMN profile text COLLATE "C", ADD COLUMN profile_version integer,
    ADD COLUMN rows_skipped bigint NOT NULL DEFAULT 0, ADD COLUMN typed_rows bigint, ADD COLUMN typed_amount numeric
      CHECK (typed_amount > '-Infinity' AND typed_amount < 'Infinity'),
    ADD COLUMN supersedes bigint, ADD COLUMN superseded_by bigint,
    ADD FOREIGN KEY (mine_id, supersedes) REFERENCES imports (mine_id, id),
    ADD FOREIGN KEY (mine_id, superseded_by) REFERENCES imports (mine_id, id)`,
  `ALTER TABLE import_files ADD COLUMN format text, ADD COLUMN delimiter text,
    ADD COLUMN details jsonb NOT NULL DEFAULT '{}'`,
  `ALTER TABLE row_fates ADD COLUMN sheet text, ADD COLUMN document text`,
];

const REVERSAL = [
  `ALTER TABLE records ADD COLUMN reversed_by bigint NOT NULL DEFAULT 0`,
  `ALTER TABLE records DROP CONSTRAINT records_pkey, ADD PRIMARY KEY (mine_id, source, id, reversed_by)`,
];

const PROFILES = [
  `CREATE TABLE mapping_profiles (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    name ${CODE} NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mine_id, name, version))`,
];

const OF_IMPORT = 'FOREIGN KEY (mine_id, import_id) REFERENCES imports (mine_id, id)';
const BALANCES = ['opening_debit', 'opening_credit', 'debit', 'credit', 'closing_debit', 'closing_credit'];
const PAIRS = ['budget', 'actual', 'last_year', 'last_month', 'to_date', 'last_year_to_date'];
const PAIR_COLUMNS = PAIRS.flatMap((pair) => [`${pair}_price`, `${pair}_total`]);

/** Many amounts added up may have more digits than one. */
const sum = (column: string) => `${column} numeric NOT NULL CHECK (${column} > '-Infinity' AND ${column} < 'Infinity')`;

const RECONCILIATION = [
  `CREATE TABLE ledger_accounts (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    account ${CODE} NOT NULL,
    account_name text NOT NULL,
    level text,
    type text,
    direction text CHECK (direction IN ('debit','credit')),
    import_id bigint NOT NULL,
    PRIMARY KEY (mine_id, account),
    ${OF_IMPORT})`,
  `CREATE TABLE import_accounts (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    period ${CODE} NOT NULL,
    account ${CODE} NOT NULL,
    reason text COLLATE "C" NOT NULL,
    account_name text,
    is_cost boolean NOT NULL,
    lines bigint NOT NULL,
    ${['debit', 'credit', 'imported', 'internal'].map(sum).join(', ')},
    PRIMARY KEY (mine_id, import_id, period, account, reason),
    ${OF_IMPORT})`,
  `CREATE INDEX import_accounts_by_period ON import_accounts (mine_id, period, account)`,
  `CREATE TABLE left_out_lines (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    row_no integer NOT NULL,
    period ${CODE} NOT NULL,
    account ${CODE} NOT NULL,
    voucher text NOT NULL,
    summary text,
    debit ${AMOUNT} NOT NULL,
    credit ${AMOUNT} NOT NULL,
    reason text COLLATE "C" NOT NULL,
    PRIMARY KEY (mine_id, import_id, row_no),
    ${finite('debit', 'credit')},
    ${OF_IMPORT})`,
  `CREATE INDEX left_out_lines_by_period ON left_out_lines (mine_id, period, account)`,
  `CREATE TABLE account_balances (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    row_no integer NOT NULL,
    period ${CODE} NOT NULL,
    account ${CODE} NOT NULL,
    account_name text,
    department text,
    auxiliary text,
    ${BALANCES.map((column) => `${column} ${AMOUNT}`).join(', ')},
    PRIMARY KEY (mine_id, import_id, row_no),
    ${finite(...BALANCES)},
    ${OF_IMPORT})`,
  `CREATE INDEX account_balances_by_period ON account_balances (mine_id, period, account)`,
  `CREATE TABLE control_totals (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('file_total','typed')),
    document text NOT NULL,
    row_no integer,
    label text NOT NULL,
    ${['stated', 'found'].map(sum).join(', ')},
    PRIMARY KEY (mine_id, import_id, seq),
    ${OF_IMPORT})`,
  `CREATE TABLE comparatives (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    row_no integer NOT NULL,
    period ${CODE} NOT NULL,
    department text,
    code ${CODE} NOT NULL,
    name text NOT NULL,
    unit text,
    ${PAIR_COLUMNS.map((column) => `${column} ${MEASURED}`).join(', ')},
    PRIMARY KEY (mine_id, import_id, row_no),
    ${finite(...PAIR_COLUMNS)},
    ${OF_IMPORT})`,
  `CREATE INDEX comparatives_by_period ON comparatives (mine_id, period, code)`,
];

const TABLES = [
  ...['mapping_profiles', 'ledger_accounts', 'import_accounts', 'left_out_lines', 'account_balances'],
  ...['control_totals', 'comparatives'],
];

const RIGHTS = [`GRANT SELECT, INSERT, UPDATE ON ${TABLES.join(', ')} TO six_synergies_app`];

const DOWN = [
  ...TABLES.map((table) => `DROP TABLE ${table}`),
  `ALTER TABLE records DROP CONSTRAINT records_pkey, ADD PRIMARY KEY (mine_id, source, id), DROP COLUMN reversed_by`,
  `ALTER TABLE row_fates DROP COLUMN sheet, DROP COLUMN document`,
  `ALTER TABLE import_files DROP COLUMN format, DROP COLUMN delimiter, DROP COLUMN details`,
  `ALTER TABLE imports DROP COLUMN format, DROP COLUMN profile, DROP COLUMN profile_version, DROP COLUMN rows_skipped,
    DROP COLUMN typed_rows, DROP COLUMN typed_amount, DROP COLUMN supersedes, DROP COLUMN superseded_by`,
];
