import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The service works as `six_synergies_app`, which can neither change the schema nor delete what was used.
 * Its password is set at start, outside the migrations. Staging tables are its own, in the schema `scratch`.
 */
export class ApplicationRole1700000000003 implements MigrationInterface {
  name = 'ApplicationRole1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  // Roles belong to the whole server: another database of it, or an administrator, may have made this one already.
  `DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'six_synergies_app') THEN
      CREATE ROLE six_synergies_app LOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`,
  // Databases that were made before PostgreSQL 15 and upgraded still let everyone create tables in it.
  `REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
  `GRANT USAGE ON SCHEMA public TO six_synergies_app`,
  `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO six_synergies_app`,
  // Sums and cells are replaced whole when a group is matched or computed anew.
  `GRANT DELETE ON cell_sums, cells, cell_issues TO six_synergies_app`,
  `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO six_synergies_app`,
  // Which migrations ran is the owner's to say.
  `REVOKE INSERT, UPDATE ON schema_migrations FROM six_synergies_app`,
  `REVOKE USAGE ON SEQUENCE schema_migrations_id_seq FROM six_synergies_app`,
  `CREATE SCHEMA scratch`,
  `GRANT USAGE, CREATE ON SCHEMA scratch TO six_synergies_app`,
];

/** The role stays: another database may use it. DROP OWNED would need the role's rights, which its maker does not get. */
const DOWN = [
  `DROP SCHEMA scratch CASCADE`,
  `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM six_synergies_app`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM six_synergies_app`,
  `REVOKE ALL ON SCHEMA public FROM six_synergies_app`,
];
