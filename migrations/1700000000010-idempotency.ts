import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE } from './column-words.js';

/** Requests that were sent under an Idempotency-Key: who is at one, whether it had an effect, what was answered. */
export class Idempotency1700000000010 implements MigrationInterface {
  name = 'Idempotency1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const setting = (name: string) => `(SELECT nullif(current_setting('app.${name}', true), ''))`;

const UP = [
  `CREATE TABLE idempotency_keys (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    actor ${CODE} NOT NULL,
    key ${CODE} NOT NULL,
    attempt uuid NOT NULL,
    fingerprint text COLLATE "C",
    sight text COLLATE "C" NOT NULL,
    begun_at timestamptz NOT NULL,
    lease_until timestamptz NOT NULL,
    has_effect boolean NOT NULL DEFAULT false,
    is_answered boolean NOT NULL DEFAULT false,
    status smallint,
    headers jsonb,
    body bytea,
    PRIMARY KEY (mine_id, actor, key))`,
  `CREATE INDEX idempotency_keys_by_age ON idempotency_keys (mine_id, begun_at)`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO six_synergies_app`,
  `ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY`,
  // Answers are their own senders' alone; the service's errands (*) see to leases and to what is too old.
  `CREATE POLICY sight ON idempotency_keys USING (${setting('mine')} = '*'
    OR (mine_id = ${setting('mine')} AND actor = ${setting('actor')}))`,
  /**
   * Called last in a transaction that has an effect, whatever mine or actor it works for: hence the owner's rights. Who
   * does not know the attempt changes nothing.
   */
  `CREATE FUNCTION mark_effect(of_mine text, of_actor text, of_key text, of_attempt uuid, of_fingerprint text)
  RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE idempotency_keys SET has_effect = true, fingerprint = coalesce(of_fingerprint, fingerprint)
    WHERE mine_id = of_mine AND actor = of_actor AND key = of_key AND attempt = of_attempt
    RETURNING true $$`,
  `REVOKE EXECUTE ON FUNCTION mark_effect FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION mark_effect TO six_synergies_app`,
];

const DOWN = [`DROP FUNCTION mark_effect`, `DROP TABLE idempotency_keys`];
