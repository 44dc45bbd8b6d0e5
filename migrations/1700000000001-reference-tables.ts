import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AMOUNT, CATEGORY_CHECK, CODE, MEASURED, NATURE_CHECK, finite } from './column-words.js';

/**
 * Mines, their calendar and their reference data. Everything belongs to a mine: `mine_id` leads every primary, unique and
 * foreign key, so that the schema can be distributed by mine. Texts that are keys sort by code point everywhere ("C").
 */
export class ReferenceTables1700000000001 implements MigrationInterface {
  name = 'ReferenceTables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...MINES_AND_CALENDAR, ...REFERENCE]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  ...['reference_history', 'targets', 'adjustments', 'rates', 'volumes', 'baselines', 'projects', 'items'],
  ...['departments', 'periods', 'methods', 'mines'],
];

const MINES_AND_CALENDAR = [
  `CREATE TABLE mines (
    mine_id ${CODE} PRIMARY KEY CHECK (mine_id ~ '^[A-Za-z0-9_-]{1,32}$'),
    name text NOT NULL,
    has_period_table boolean NOT NULL DEFAULT false,
    reference_version bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE methods (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    version integer NOT NULL,
    price_reduction text NOT NULL CHECK (price_reduction IN ('within','beside')),
    opportunity_saving text NOT NULL CHECK (opportunity_saving IN ('within','beside')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mine_id, version))`,
  `CREATE TABLE periods (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    code ${CODE} NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open','closing','closed')),
    has_data boolean NOT NULL DEFAULT false,
    data_version bigint NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, code),
    UNIQUE (mine_id, start_date),
    CONSTRAINT periods_start_to_end CHECK (start_date <= end_date))`,
];

const REFERENCE = [
  `CREATE TABLE departments (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    code ${CODE} NOT NULL,
    name text NOT NULL,
    parent ${CODE},
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, code),
    FOREIGN KEY (mine_id, parent) REFERENCES departments (mine_id, code) DEFERRABLE INITIALLY DEFERRED)`,
  `CREATE TABLE items (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    code ${CODE} NOT NULL,
    name text NOT NULL,
    nature text NOT NULL CHECK (nature IN ('explicit','implicit')),
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, code))`,
  `CREATE TABLE projects (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    code ${CODE} NOT NULL,
    name text NOT NULL,
    category text NOT NULL ${CATEGORY_CHECK},
    lead ${CODE},
    approved_on date,
    closed_on date,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, code),
    FOREIGN KEY (mine_id, lead) REFERENCES departments (mine_id, code))`,
  `CREATE TABLE baselines (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    code ${CODE} NOT NULL,
    kind text NOT NULL CHECK (kind IN ('price','norm','quantity','amount')),
    department ${CODE},
    category text COLLATE "C" NOT NULL ${CATEGORY_CHECK},
    item ${CODE} NOT NULL,
    nature text COLLATE "C" NOT NULL ${NATURE_CHECK},
    project ${CODE},
    valid_from date,
    valid_to date,
    basis text NOT NULL,
    unit_price ${MEASURED},
    norm ${MEASURED},
    driver ${CODE},
    quantity ${MEASURED},
    amount ${AMOUNT},
    planned_volume ${MEASURED},
    fixed_amount ${AMOUNT},
    unit text,
    tax_basis text,
    tax_rate numeric(24,6),
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, code),
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code),
    FOREIGN KEY (mine_id, item) REFERENCES items (mine_id, code),
    FOREIGN KEY (mine_id, project) REFERENCES projects (mine_id, code),
    CONSTRAINT baselines_department_unless_price CHECK (department IS NOT NULL OR kind = 'price'),
    CONSTRAINT baselines_price_is_explicit CHECK (kind <> 'price' OR nature = 'explicit'),
    ${finite('unit_price', 'norm', 'quantity', 'amount', 'planned_volume', 'fixed_amount', 'tax_rate')})`,
  `CREATE TABLE volumes (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    driver ${CODE} NOT NULL,
    actual ${MEASURED},
    planned ${MEASURED},
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, period, department, driver),
    FOREIGN KEY (mine_id, period) REFERENCES periods (mine_id, code),
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code),
    ${finite('actual', 'planned')})`,
  `CREATE TABLE rates (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    item ${CODE} NOT NULL,
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_to date,
    unit text,
    rate ${MEASURED} NOT NULL,
    basis text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, item, valid_from),
    FOREIGN KEY (mine_id, item) REFERENCES items (mine_id, code),
    ${finite('rate')})`,
  `CREATE TABLE adjustments (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    category text NOT NULL ${CATEGORY_CHECK},
    project ${CODE},
    kind text NOT NULL CHECK (kind IN ('gain','input')),
    amount ${AMOUNT} NOT NULL,
    recognition text NOT NULL CHECK (recognition IN ('realised','annualised','planned')),
    status text NOT NULL CHECK (status IN ('claimed','confirmed')),
    voucher text,
    is_voucher_recorded boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, id),
    FOREIGN KEY (mine_id, period) REFERENCES periods (mine_id, code),
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code),
    FOREIGN KEY (mine_id, project) REFERENCES projects (mine_id, code),
    ${finite('amount')})`,
  `CREATE TABLE targets (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    category text COLLATE "C" NOT NULL ${CATEGORY_CHECK},
    measure ${CODE} NOT NULL,
    amount ${AMOUNT} NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (mine_id, period, department, category, measure),
    FOREIGN KEY (mine_id, period) REFERENCES periods (mine_id, code),
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code),
    ${finite('amount')})`,
  `CREATE TABLE reference_history (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    kind text COLLATE "C" NOT NULL,
    key ${CODE} NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    replaced_by_import bigint NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mine_id, kind, key, version))`,
];
