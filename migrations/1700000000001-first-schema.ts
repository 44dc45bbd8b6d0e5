import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everything belongs to a mine: `mine_id` leads every primary, unique and foreign key, so that the schema can be
 * distributed by mine. Texts that are keys sort by code point everywhere ("C"). '' in a key column means "none".
 */
export class FirstSchema1700000000001 implements MigrationInterface {
  name = 'FirstSchema1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...MINES_AND_CALENDAR, ...REFERENCE, ...INTAKE, ...RECORDS_AND_CELLS]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  ...['cell_issues', 'cells', 'cell_sums', 'records', 'row_fates', 'import_files', 'imports', 'reference_history'],
  ...['targets', 'adjustments', 'rates', 'volumes', 'baselines', 'projects', 'items', 'departments', 'periods'],
  ...['methods', 'mines'],
];

const CODE = 'text COLLATE "C"';
const AMOUNT = 'numeric(20,2)';
const MEASURED = 'numeric(24,6)';
const finite = (...columns: string[]) => columns.map((c) => `CHECK (${c} <> 'NaN'::numeric)`).join(', ');
const CATEGORY_CHECK = `CHECK (category IN ('management','resource','business','personnel','market','industry'))`;
const NATURE_CHECK = `CHECK (nature IN ('explicit','implicit_booked','implicit_opportunity'))`;

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

const INTAKE = [
  `CREATE TABLE imports (
    mine_id ${CODE} NOT NULL REFERENCES mines,
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    kind text NOT NULL,
    status text NOT NULL CHECK (status IN ('queued','running','refused','accepted')),
    reason text,
    actor text NOT NULL,
    file_name text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    body text,
    attempts integer NOT NULL DEFAULT 0,
    phase text,
    rows_read bigint NOT NULL DEFAULT 0,
    rows_accepted bigint NOT NULL DEFAULT 0,
    rows_refused bigint NOT NULL DEFAULT 0,
    control_rows bigint NOT NULL DEFAULT 0,
    control_amount numeric NOT NULL DEFAULT 0 CHECK (control_amount > '-Infinity' AND control_amount < 'Infinity'),
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (mine_id, id))`,
  `CREATE INDEX imports_by_content ON imports (mine_id, kind, sha256)`,
  `CREATE INDEX imports_unfinished ON imports (mine_id, id) WHERE status IN ('queued','running')`,
  `CREATE TABLE import_files (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    name ${CODE} NOT NULL,
    kind text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    encoding text,
    rows_read bigint NOT NULL DEFAULT 0,
    rows_added bigint NOT NULL DEFAULT 0,
    rows_changed bigint NOT NULL DEFAULT 0,
    rows_unchanged bigint NOT NULL DEFAULT 0,
    rows_skipped bigint NOT NULL DEFAULT 0,
    amount numeric NOT NULL DEFAULT 0 CHECK (amount > '-Infinity' AND amount < 'Infinity'),
    PRIMARY KEY (mine_id, import_id, name),
    FOREIGN KEY (mine_id, import_id) REFERENCES imports (mine_id, id))`,
  `CREATE TABLE row_fates (
    mine_id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    seq integer NOT NULL,
    file text NOT NULL,
    row_no integer NOT NULL,
    column_name text NOT NULL,
    fate text NOT NULL CHECK (fate IN ('refused','unchanged','changed','added')),
    code text NOT NULL,
    params jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (mine_id, import_id, seq),
    FOREIGN KEY (mine_id, import_id) REFERENCES imports (mine_id, id))`,
];

const CELL_KEY = `
    mine_id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    category text COLLATE "C" NOT NULL,
    item ${CODE} NOT NULL,
    nature text COLLATE "C" NOT NULL,
    baseline ${CODE} NOT NULL,
    project ${CODE} NOT NULL,
    reported_in ${CODE} NOT NULL`;
const CELL_FOREIGN_KEYS = `
    FOREIGN KEY (mine_id, period) REFERENCES periods (mine_id, code),
    FOREIGN KEY (mine_id, department) REFERENCES departments (mine_id, code)`;

const SUMS = ['quantity', 'amount_of_quantified', 'amount_of_unquantified', 'internal', 'turnover'];
const MEASURES = [
  ...['explicit_actual', 'internal_actual', 'implicit_booked_actual', 'implicit_opportunity_actual'],
  ...['baseline', 'price_base', 'price_reduction', 'usage_saving', 'amount_saving', 'explicit_saving'],
  ...['implicit_booked_saving', 'implicit_opportunity_saving', 'gains', 'inputs', 'booked_value', 'synergy_value'],
  ...['turnover', 'covered_actual', 'unreported_baseline'],
].map((measure) => `m_${measure}`);
const numerics = (columns: readonly string[]) =>
  columns.map((c) => `${c} numeric NOT NULL CHECK (${c} > '-Infinity' AND ${c} < 'Infinity')`).join(',\n    ');

const RECORDS_AND_CELLS = [
  `CREATE TABLE records (
    mine_id ${CODE} NOT NULL,
    source ${CODE} NOT NULL,
    id ${CODE} NOT NULL,
    import_id bigint NOT NULL,
    row_no integer NOT NULL,
    status text NOT NULL CHECK (status IN ('draft','submitted','reviewed','posted','reversed')),
    date date NOT NULL,
    department ${CODE} NOT NULL,
    category text COLLATE "C" NOT NULL ${CATEGORY_CHECK},
    item ${CODE} NOT NULL,
    nature text COLLATE "C" NOT NULL ${NATURE_CHECK},
    quantity ${MEASURED},
    unit text,
    unit_price ${MEASURED},
    amount ${AMOUNT},
    project ${CODE},
    counterparty text,
    is_internal boolean NOT NULL,
    voucher text,
    summary text,
    tax_basis text,
    tax_rate numeric(24,6),
    corrects_period ${CODE},
    posted_period ${CODE} NOT NULL,
    valued_period ${CODE} NOT NULL,
    valued_on date NOT NULL,
    PRIMARY KEY (mine_id, source, id),
    ${finite('quantity', 'unit_price', 'amount', 'tax_rate')})`,
  `CREATE TABLE cell_sums (${CELL_KEY},
    quantified bigint NOT NULL,
    unquantified bigint NOT NULL,
    ${numerics(SUMS)},
    PRIMARY KEY (mine_id, period, department, category, item, nature, baseline, project, reported_in),
    ${CELL_FOREIGN_KEYS})`,
  `CREATE TABLE cells (${CELL_KEY},
    method_version integer NOT NULL,
    ${numerics(MEASURES)},
    PRIMARY KEY (mine_id, period, department, category, item, nature, baseline, project, reported_in),
    FOREIGN KEY (mine_id, method_version) REFERENCES methods (mine_id, version),
    ${CELL_FOREIGN_KEYS})`,
  `CREATE TABLE cell_issues (
    mine_id ${CODE} NOT NULL,
    period ${CODE} NOT NULL,
    department ${CODE} NOT NULL,
    category text COLLATE "C" NOT NULL,
    item ${CODE} NOT NULL,
    nature text COLLATE "C" NOT NULL,
    baseline ${CODE} NOT NULL,
    code text COLLATE "C" NOT NULL,
    PRIMARY KEY (mine_id, period, department, category, item, nature, baseline, code),
    ${CELL_FOREIGN_KEYS})`,
];
