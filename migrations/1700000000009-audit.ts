import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE } from './column-words.js';

/**
 * Who changed what: every change of a lasting row that people or programs make becomes an entry, whoever makes it and by
 * whatever way, because the database itself writes it. Entries are chained by mine: each holds the hash of the one
 * before it. Triggers draft an entry at once, and one deferred trigger chains the drafts of a transaction as it commits:
 * the chain is held for that moment only, and its order is that of the commits.
 *
 * What is derived (sums, cells) is not here, nor the rows of files: an import's entry holds the file's hash and totals.
 */
export class Audit1700000000009 implements MigrationInterface {
  name = 'Audit1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...FUNCTIONS, ...TRIGGERS, ...RIGHTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const HASH = (column: string) => `${column} text COLLATE "C" NOT NULL CHECK (${column} ~ '^[0-9a-f]{64}$')`;

const TABLES = [
  `CREATE TABLE audit_entries (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    seq bigint NOT NULL CHECK (seq > 0),
    form smallint NOT NULL,
    at timestamptz NOT NULL,
    actor ${CODE} NOT NULL,
    address text,
    request text,
    action text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    key text NOT NULL,
    before text,
    after text,
    ${HASH('previous')},
    ${HASH('hash')},
    PRIMARY KEY (mine_id, seq))`,
  `CREATE INDEX audit_entries_of_subject ON audit_entries (mine_id, subject, key, seq)`,
  `CREATE INDEX audit_entries_of_actor ON audit_entries (mine_id, actor, seq)`,
  `CREATE INDEX audit_entries_of_request ON audit_entries (mine_id, request, seq)`,
  `CREATE TABLE audit_heads (
    mine_id ${CODE} PRIMARY KEY REFERENCES mines,
    entries bigint NOT NULL,
    ${HASH('hash')})`,
  // How long the chain was, and its head, when something was sealed; written once, and outside the database too.
  `CREATE TABLE audit_anchors (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    occasion ${CODE} NOT NULL,
    entries bigint NOT NULL,
    ${HASH('hash')},
    anchored_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mine_id, occasion))`,
  `ALTER TABLE closings ADD COLUMN cells_sha256 text COLLATE "C"`,
  `CREATE SCHEMA audit`,
  // Never outlives its transaction, so it needs no log.
  `CREATE UNLOGGED TABLE audit.drafts (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    mine_id text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    key text NOT NULL,
    before text,
    after text,
    PRIMARY KEY (transaction, id))`,
];

const OWNER_FUNCTION = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp';

/** The columns that change what a record says; its steps are entries of its submission. */
const SAID = [
  ...['id', 'date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'unit_price', 'amount', 'project'],
  ...['counterparty', 'is_internal', 'voucher', 'summary', 'tax_basis', 'tax_rate', 'corrects_period'],
  ...['posted_period', 'valued_period', 'valued_on'],
];
const saidOf = (row: string) => `(${SAID.map((column) => `${row}.${column}`).join(', ')})`;

const FUNCTIONS = [
  /** Values as texts: a decimal keeps its digits. */
  `CREATE FUNCTION audit_texts(held jsonb, unheeded text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(held) e WHERE e.key <> ALL (unheeded) $$`,
  `CREATE FUNCTION audit_masked(held jsonb, secret text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(e.key, CASE WHEN e.key = ANY (secret) AND e.value IS NOT NULL THEN '***' ELSE e.value END)::text
    FROM jsonb_each_text(held) e $$`,
  /** Arguments: the key's columns, the columns that do not matter, the columns that nobody may read. */
  `CREATE FUNCTION audit_change() RETURNS trigger ${OWNER_FUNCTION} AS $$
    DECLARE
      unheeded text[] := string_to_array(TG_ARGV[1], ',');
      secret text[] := string_to_array(TG_ARGV[2], ',');
      old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN audit_texts(to_jsonb(OLD), unheeded) END;
      new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN audit_texts(to_jsonb(NEW), unheeded) END;
      whole jsonb := coalesce(new_row, old_row);
      named text := (SELECT jsonb_object_agg(k, whole -> k)::text FROM unnest(string_to_array(TG_ARGV[0], ',')) k);
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) INTO old_row, new_row
        FROM jsonb_each(old_row) o JOIN jsonb_each(new_row) n USING (key) WHERE o.value IS DISTINCT FROM n.value;
        IF old_row IS NULL THEN RETURN NULL; END IF;
      END IF;
      INSERT INTO audit.drafts (mine_id, action, subject, key, before, after) VALUES (whole ->> 'mine_id',
        lower(TG_OP), TG_TABLE_NAME, named, audit_masked(old_row, secret), audit_masked(new_row, secret));
      PERFORM set_config('app.audit_drafted', 'yes', true);
      RETURN NULL;
    END $$`,
  /** A part of the hashed form: its length in bytes and itself, so that no two lists of parts read the same. */
  `CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN part IS NULL THEN '-' ELSE octet_length(part) || ':' || part END $$`,
  `CREATE FUNCTION audit_chain() RETURNS trigger ${OWNER_FUNCTION} AS $$
    DECLARE
      mine text;
      draft audit.drafts;
      head audit_heads;
      entry audit_entries;
    BEGIN
      PERFORM set_config('app.audit_drafted', '', true);
      entry.form := 1;
      entry.actor := coalesce(nullif(current_setting('app.actor', true), ''), 'database ' || session_user);
      entry.address := nullif(current_setting('app.address', true), '');
      entry.request := nullif(current_setting('app.request', true), '');
      FOR mine IN SELECT DISTINCT d.mine_id FROM audit.drafts d WHERE d.transaction = pg_current_xact_id() ORDER BY 1 LOOP
        INSERT INTO audit_heads VALUES (mine, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
        SELECT * INTO head FROM audit_heads h WHERE h.mine_id = mine FOR UPDATE;
        entry.at := clock_timestamp();
        FOR draft IN SELECT * FROM audit.drafts d
          WHERE d.transaction = pg_current_xact_id() AND d.mine_id = mine ORDER BY d.id
        LOOP
          head.entries := head.entries + 1;
          entry.mine_id := mine;
          entry.seq := head.entries;
          entry.action := draft.action;
          entry.subject := draft.subject;
          entry.key := draft.key;
          entry.before := draft.before;
          entry.after := draft.after;
          entry.previous := head.hash;
          entry.hash := encode(sha256(convert_to(audit_part(entry.form::text) || audit_part(mine)
            || audit_part(entry.seq::text)
            || audit_part(to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            || audit_part(entry.actor) || audit_part(entry.address) || audit_part(entry.request)
            || audit_part(entry.action) || audit_part(entry.subject) || audit_part(entry.key)
            || audit_part(entry.before) || audit_part(entry.after) || audit_part(entry.previous), 'UTF8')), 'hex');
          INSERT INTO audit_entries SELECT entry.*;
          head.hash := entry.hash;
        END LOOP;
        UPDATE audit_heads SET entries = head.entries, hash = head.hash WHERE mine_id = mine;
      END LOOP;
      DELETE FROM audit.drafts d WHERE d.transaction = pg_current_xact_id();
      RETURN NULL;
    END $$`,
  `CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$`,
];

interface Audited {
  readonly table: string;
  readonly key: string;
  /** Columns of the service's own book-keeping. */
  readonly unheeded?: string;
  readonly secret?: string;
}

const AUDITED: readonly Audited[] = [
  { table: 'mines', key: 'mine_id', unheeded: 'reference_version,access_version' },
  { table: 'methods', key: 'version' },
  { table: 'periods', key: 'code', unheeded: 'data_version,has_data' },
  ...['departments', 'items', 'projects', 'baselines'].map((table) => ({ table, key: 'code' })),
  { table: 'rates', key: 'item,valid_from' },
  { table: 'volumes', key: 'period,department,driver' },
  { table: 'adjustments', key: 'id', unheeded: 'is_voucher_recorded' },
  { table: 'targets', key: 'period,department,category,measure' },
  { table: 'mapping_profiles', key: 'name,version' },
  { table: 'imports', key: 'id' },
  { table: 'declarations', key: 'period,department,seq' },
  { table: 'waivers', key: 'period,version,code' },
  { table: 'closings', key: 'period,version' },
  { table: 'approval_steps', key: 'kind,from_yuan,step' },
  { table: 'submissions', key: 'id' },
  { table: 'decisions', key: 'submission_id,round,step' },
  { table: 'evidence', key: 'id' },
  { table: 'users', key: 'username', unheeded: 'last_sign_in_at', secret: 'password_hash' },
  { table: 'api_keys', key: 'id', secret: 'secret_sha256' },
  { table: 'grants', key: 'principal,role,department' },
  { table: 'sessions', key: 'id', unheeded: 'refresh_sha256,refreshed_at,expires_at' },
  { table: 'delegations', key: 'id' },
];

const APPEND_ONLY = ['audit_entries', 'audit_anchors'];

const TRIGGERS = [
  ...AUDITED.map(
    ({ table, key, unheeded = '', secret = '' }) =>
      `CREATE TRIGGER audit_change AFTER INSERT OR UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION audit_change('${key}', '${unheeded}', '${secret}')`,
  ),
  // Of records, those entered one by one, which begin as drafts; of files, only what the service itself never does.
  `CREATE TRIGGER audit_entry AFTER INSERT ON records FOR EACH ROW WHEN (NEW.status <> 'posted')
    EXECUTE FUNCTION audit_change('source,id', '', '')`,
  `CREATE TRIGGER audit_change AFTER UPDATE ON records FOR EACH ROW
    WHEN (OLD.status NOT IN ('posted', 'reversed') OR ${saidOf('OLD')} IS DISTINCT FROM ${saidOf('NEW')})
    EXECUTE FUNCTION audit_change('source,id', '', '')`,
  `CREATE TRIGGER audit_delete AFTER DELETE ON records FOR EACH ROW EXECUTE FUNCTION audit_change('source,id', '', '')`,
  // Once a transaction: later drafts find the setting.
  `CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit.drafts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_setting('app.audit_drafted', true) IS DISTINCT FROM 'yes')
    EXECUTE FUNCTION audit_chain()`,
  ...APPEND_ONLY.flatMap((table) => [
    `CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION audit_stands()`,
    `CREATE TRIGGER audit_stands_whole BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION audit_stands()`,
  ]),
];

const NEW_TABLES = ['audit_entries', 'audit_heads', 'audit_anchors'];

/** As in migration 8: of the mine, and only to whom all of it is seen. */
const SEEN = `(mine_id = (SELECT nullif(current_setting('app.mine', true), ''))
    OR (SELECT nullif(current_setting('app.mine', true), '')) = '*')
  AND (SELECT nullif(current_setting('app.whole', true), '')) = 'yes'`;

const RIGHTS = [
  `GRANT SELECT ON ${NEW_TABLES.join(', ')} TO six_synergies_app`,
  `GRANT INSERT ON audit_anchors TO six_synergies_app`,
  `REVOKE EXECUTE ON FUNCTION audit_change, audit_chain FROM PUBLIC`,
  ...NEW_TABLES.flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY sight ON ${table} USING (${SEEN})`,
  ]),
];

const DOWN = [
  `DROP FUNCTION audit_change, audit_chain, audit_stands CASCADE`,
  `DROP FUNCTION audit_masked, audit_texts, audit_part`,
  `DROP SCHEMA audit CASCADE`,
  `DROP TABLE audit_anchors, audit_heads, audit_entries`,
  `ALTER TABLE closings DROP COLUMN cells_sha256`,
];
