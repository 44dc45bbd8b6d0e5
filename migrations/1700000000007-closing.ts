import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE } from './column-words.js';

/** Months that are sealed: what was declared, what was waived, the figures as they were reported, and who opened again. */
export class Closing1700000000007 implements MigrationInterface {
  name = 'Closing1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...ORIGINS, ...RIGHTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const MEASURES = [
  ...['explicit_actual', 'internal_actual', 'implicit_booked_actual', 'implicit_opportunity_actual'],
  ...['baseline', 'price_base', 'price_reduction', 'usage_saving', 'amount_saving', 'explicit_saving'],
  ...['implicit_booked_saving', 'implicit_opportunity_saving', 'gains', 'inputs', 'booked_value', 'synergy_value'],
  ...['turnover', 'covered_actual', 'unreported_baseline'],
].map((measure) => `m_${measure} numeric NOT NULL CHECK (m_${measure} > '-Infinity' AND m_${measure} < 'Infinity')`);

const OF_PERIOD = (column = 'period') => `FOREIGN KEY (mine_id, ${column}) REFERENCES periods (mine_id, code)`;

const TABLES = [
  `CREATE TABLE declarations (
    mine_id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    seq integer NOT NULL,
    declared_by ${CODE} NOT NULL,
    declared_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_by ${CODE},
    withdrawn_at timestamptz,
    PRIMARY KEY (mine_id, period, department, seq),
    ${OF_PERIOD()},
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code))`,
  `CREATE UNIQUE INDEX declarations_standing ON declarations (mine_id, period, department) WHERE withdrawn_at IS NULL`,
  `CREATE TABLE waivers (
    mine_id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    version integer NOT NULL,
    code text COLLATE "C" NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    waived_by ${CODE} NOT NULL,
    waived_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mine_id, period, version, code),
    ${OF_PERIOD()})`,
  // The first closing of a period is version 1. What a reopening says is written into the version that it ends.
  `CREATE TABLE closings (
    mine_id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    version integer NOT NULL,
    method_version integer NOT NULL,
    data_version bigint NOT NULL,
    checklist jsonb NOT NULL,
    closed_by ${CODE} NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT now(),
    reopen_requested_by ${CODE},
    reopen_reason text,
    reopened_by ${CODE},
    reopened_at timestamptz,
    PRIMARY KEY (mine_id, period, version),
    ${OF_PERIOD()},
    FOREIGN KEY (mine_id, method_version) REFERENCES methods (mine_id, version),
    CONSTRAINT closings_reopened_by_two CHECK (reopened_at IS NULL
      OR reopened_by IS DISTINCT FROM reopen_requested_by AND reopen_reason <> ''
        AND reopened_by IS NOT NULL AND reopen_requested_by IS NOT NULL))`,
  // The cells that a closing reported: those with reported_in = the period, as they stood.
  `CREATE TABLE closed_cells (
    mine_id ${CODE} NOT NULL,
    reported_in ${CODE} NOT NULL,
    closing_version integer NOT NULL,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    category text COLLATE "C" NOT NULL,
    item ${CODE} NOT NULL,
    nature text COLLATE "C" NOT NULL,
    baseline ${CODE} NOT NULL,
    project ${CODE} NOT NULL,
    method_version integer NOT NULL,
    ${MEASURES.join(',\n    ')},
    PRIMARY KEY (mine_id, reported_in, closing_version, period, department, category, item, nature, baseline, project),
    FOREIGN KEY (mine_id, reported_in, closing_version) REFERENCES closings (mine_id, period, version))`,
];

/** Reference rows say which import brought their present version (null: before this was kept, or built in). */
const VERSIONED = [
  'departments',
  'periods',
  'items',
  'projects',
  'rates',
  'baselines',
  'volumes',
  'adjustments',
  'targets',
];
const ORIGINS = VERSIONED.map((table) => `ALTER TABLE ${table} ADD COLUMN import_id bigint`);

const NEW_TABLES = ['declarations', 'waivers', 'closings', 'closed_cells'];

const RIGHTS = [
  `GRANT SELECT, INSERT, UPDATE ON declarations, closings TO six_synergies_app`,
  // What was reported is never edited.
  `GRANT SELECT, INSERT ON waivers, closed_cells TO six_synergies_app`,
];

const DOWN = [
  ...VERSIONED.map((table) => `ALTER TABLE ${table} DROP COLUMN import_id`),
  ...[...NEW_TABLES].reverse().map((table) => `DROP TABLE ${table}`),
];
