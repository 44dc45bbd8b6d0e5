import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The service works as `six_synergies_app`, which can neither change the schema nor delete what was used.
 * Its password is set at start, outside the migrations. Staging tables are its own, in the schema `scratch`.
 */
export class ApplicationRole1700000000002 implements MigrationInterface {
  name = 'ApplicationRole1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA scratch CASCADE');
    await runner.query('DROP OWNED BY six_synergies_app');
  }
}

const STATEMENTS = [
  // Roles belong to the whole server: another database of it may have made this one already.
  `DO $$ BEGIN
    CREATE ROLE six_synergies_app LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`,
  `GRANT USAGE ON SCHEMA public TO six_synergies_app`,
  `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO six_synergies_app`,
  // Sums and cells are replaced whole when a group is matched or computed anew.
  `GRANT DELETE ON cell_sums, cells, cell_issues TO six_synergies_app`,
  `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO six_synergies_app`,
  `CREATE SCHEMA scratch`,
  `GRANT USAGE, CREATE ON SCHEMA scratch TO six_synergies_app`,
];
