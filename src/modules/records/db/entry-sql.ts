/**
 * One record as a person enters it, judged by the rules that judge a file: the row is a relation of parameters instead of
 * a staging table, and everything that decides over it comes back with one statement, planned once per connection.
 */
import { datedRecords, valuationProblems, valuedRecords } from '../../synergy/index.js';
import { judgedRowsSql, problemsSql, type KnownRelations } from '../../rules/check-sql.js';
import { COLUMNS } from '../../rules/columns.js';
import { RECORD_VALUES } from './staged-records.js';

/** The mine is $1, the columns follow in their order. */
const ROW = `(SELECT 1 AS row_no, ${COLUMNS.records.map(({ name }, i) => `$${i + 2}::text AS "${name}"`).join(', ')})`;

const KNOWN: KnownRelations = {
  departments: '(SELECT code FROM departments WHERE mine_id = $1)',
  projects: '(SELECT code FROM projects WHERE mine_id = $1)',
  items: '(SELECT code, nature FROM items WHERE mine_id = $1)',
};

export const entryParameters = (mine: string, values: Readonly<Record<string, string | null>>) => [
  mine,
  ...COLUMNS.records.map(({ name }) => values[name] ?? null),
];

/** What the rules and the tables around it make of a row. */
export interface JudgedEntry {
  /** The record with its periods as JSON, whose digits only PostgreSQL reads. */
  readonly json: string;
  readonly isWrong: boolean;
  readonly department: string | null;
  /** Yuan, net of tax. */
  readonly amountYuan: string | null;
  /** YYYY-MM of its date. */
  readonly month: string | null;
  readonly correctsPeriod: string | null;
  readonly postedPeriod: string | null;
  readonly valuedPeriod: string | null;
  readonly periodStatus: 'open' | 'closing' | 'closed' | null;
  /** What is wrong with it among the tables around it. */
  readonly problems: readonly { readonly column: string; readonly code: string }[] | null;
  /** The import of the record that has its id. */
  readonly takenBy: string | null;
  readonly takenByFile: string | null;
  readonly takenByActor: string | null;
  /** Null: of the whole mine. */
  readonly takenByDepartments: readonly string[] | null;
}

export const JUDGE_ENTRY = {
  name: 'judge_entry',
  text: `WITH judged AS MATERIALIZED (${judgedRowsSql('records', ROW, KNOWN, RECORD_VALUES)}),
    dated AS MATERIALIZED (SELECT * FROM ${datedRecords('judged')} r)
    SELECT row_to_json(d)::text AS json, d.is_wrong AS "isWrong", d.department, d.amount AS "amountYuan",
      to_char(d.date, 'YYYY-MM') AS month, d.corrects_period AS "correctsPeriod",
      d.posted_period AS "postedPeriod", d.valued_period AS "valuedPeriod", p.status AS "periodStatus",
      (SELECT json_agg(json_build_object('column', w.column_name, 'code', w.code) ORDER BY w.place)
       FROM (${valuationProblems(valuedRecords('dated'), 'found.place')}) w) AS problems,
      r.import_id AS "takenBy", i.file_name AS "takenByFile", i.actor AS "takenByActor",
      i.departments AS "takenByDepartments"
    FROM dated d
    LEFT JOIN periods p ON p.mine_id = $1 AND p.code = d.posted_period
    LEFT JOIN records r ON r.mine_id = $1 AND r.source = 'direct' AND r.id = d.id AND r.reversed_by = 0
    LEFT JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.import_id`,
};

/** Everything that is wrong with the row itself: column_name, code. */
export const ENTRY_PROBLEMS = problemsSql('records', ROW, KNOWN);
