/**
 * The tables a mine hands in, column by column, as data (docs/calculation-spec.md).
 * The door's SQL (`check-sql.ts`) and the database-free command (`check-rows.ts`) read the same lines, and so do the
 * HTTP bodies and the OpenAPI document: a column is described here and nowhere else.
 */
import { MEASURES } from '../../../analytics/synergy/measures.js';
import { CATEGORIES, NATURES } from '../../../analytics/synergy/types.js';

export const KINDS = [
  'departments',
  'periods',
  'items',
  'projects',
  'rates',
  'baselines',
  'activities',
  'adjustments',
  'targets',
  'records',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds whose rows other rows may name by code. */
export type Referable = 'departments' | 'items' | 'projects';

export type ColumnType =
  | { readonly is: 'code' }
  | { readonly is: 'text' }
  | { readonly is: 'number'; readonly decimals: 2 | 6 }
  | { readonly is: 'taxRate' }
  | { readonly is: 'date' }
  /** Books write days in more ways than our own files, some with a time of day, which is dropped. */
  | { readonly is: 'ledgerDate' }
  | { readonly is: 'period' }
  | { readonly is: 'ledgerPeriod' }
  | { readonly is: 'choice'; readonly values: readonly string[]; readonly chinese: readonly string[] }
  | { readonly is: 'reference'; readonly to: Referable };

export interface Column {
  readonly name: string;
  readonly chinese: string;
  readonly type: ColumnType;
  readonly isRequired: boolean;
  /** The column may be missing from a file's header. */
  readonly isOptionalInHeader: boolean;
}

export const code: ColumnType = { is: 'code' };
export const text: ColumnType = { is: 'text' };
export const amount: ColumnType = { is: 'number', decimals: 2 };
export const measured: ColumnType = { is: 'number', decimals: 6 };
export const taxRate: ColumnType = { is: 'taxRate' };
const date: ColumnType = { is: 'date' };
export const ledgerDate: ColumnType = { is: 'ledgerDate' };
const period: ColumnType = { is: 'period' };
export const ledgerPeriod: ColumnType = { is: 'ledgerPeriod' };
const reference = (to: Referable): ColumnType => ({ is: 'reference', to });
export const choice = (values: readonly string[], chinese: readonly string[]): ColumnType => ({
  is: 'choice',
  values,
  chinese,
});

const category = choice(CATEGORIES, ['管理', '资源', '业务', '人员', '市场', '产业']);
const nature = choice(NATURES, ['显性', '账内隐性', '账外机会损失']);
export const taxBasis = choice(['excl', 'incl'], ['不含税', '含税']);

export const must = (name: string, chinese: string, type: ColumnType): Column => ({
  ...{ name, chinese, type, isRequired: true, isOptionalInHeader: false },
});
export const may = (name: string, chinese: string, type: ColumnType): Column => ({
  ...{ name, chinese, type, isRequired: false, isOptionalInHeader: false },
});
/** A column that a file need not have at all. */
const extra = (name: string, chinese: string, type: ColumnType): Column => ({
  ...may(name, chinese, type),
  isOptionalInHeader: true,
});

export const COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  departments: [
    must('code', '编码', code),
    must('name', '名称', text),
    may('parent', '上级', reference('departments')),
  ],
  periods: [must('code', '期间', period), must('start', '开始日期', date), must('end', '结束日期', date)],
  items: [
    must('code', '编码', code),
    must('name', '名称', text),
    must('nature', '成本性质', choice(['explicit', 'implicit'], ['显性', '隐性'])),
  ],
  projects: [
    must('code', '编码', code),
    must('name', '名称', text),
    must('category', '协同类别', category),
    may('lead', '牵头部门', reference('departments')),
    may('approved_on', '立项日期', date),
    may('closed_on', '结项日期', date),
  ],
  records: [
    must('id', '单据号', code),
    must('date', '日期', date),
    must('department', '部门', reference('departments')),
    must('category', '协同类别', category),
    must('item', '成本项目', reference('items')),
    must('nature', '成本性质', nature),
    may('quantity', '数量', measured),
    may('unit', '计量单位', text),
    may('unit_price', '单价', measured),
    may('amount', '金额', amount),
    may('project', '协同项目', reference('projects')),
    may('counterparty', '对方单位', text),
    may('internal', '内部结算', choice(['no', 'yes'], ['否', '是'])),
    may('voucher', '凭证号', text),
    may('summary', '摘要', text),
    extra('tax_basis', '税口径', taxBasis),
    extra('tax_rate', '税率', taxRate),
    extra('corrects_period', '更正期间', period),
  ],
  baselines: [
    must('code', '编码', code),
    may('department', '部门', reference('departments')),
    must('category', '协同类别', category),
    must('item', '成本项目', reference('items')),
    must('nature', '成本性质', nature),
    may('project', '协同项目', reference('projects')),
    may('valid_from', '生效日期', date),
    may('valid_to', '失效日期', date),
    must(
      'basis',
      '基准类型',
      choice(['budget', 'prior_year', 'market', 'contract', 'internal'], ['预算', '上年', '市场价', '合同', '内部价']),
    ),
    may('unit_price', '单价', measured),
    may('norm', '单耗定额', measured),
    may('driver', '动因', code),
    may('quantity', '数量', measured),
    may('amount', '金额', amount),
    may('planned_volume', '计划产量', measured),
    extra('fixed_amount', '固定金额', amount),
    extra('unit', '计量单位', text),
    extra('tax_basis', '税口径', taxBasis),
    extra('tax_rate', '税率', taxRate),
  ],
  activities: [
    must('period', '期间', period),
    must('department', '部门', reference('departments')),
    must('driver', '动因', code),
    may('actual', '实际', measured),
    may('planned', '计划', measured),
  ],
  rates: [
    must('item', '项目', reference('items')),
    may('unit', '计量单位', text),
    must('rate', '费率', measured),
    may('valid_from', '生效日期', date),
    may('valid_to', '失效日期', date),
    may('basis', '依据', text),
  ],
  adjustments: [
    must('id', '编号', code),
    must('period', '期间', period),
    must('department', '部门', reference('departments')),
    must('category', '协同类别', category),
    may('project', '协同项目', reference('projects')),
    must('kind', '类型', choice(['gain', 'input'], ['增收', '投入'])),
    must('amount', '金额', amount),
    must('recognition', '计入方式', choice(['realised', 'annualised', 'planned'], ['已实现', '年化', '计划'])),
    must('status', '状态', choice(['claimed', 'confirmed'], ['申报', '财务确认'])),
    may('voucher', '凭证号', text),
  ],
  targets: [
    must('period', '期间', period),
    must('department', '部门', reference('departments')),
    must('category', '协同类别', category),
    must('measure', '指标', choice(MEASURES, [])),
    must('amount', '金额', amount),
  ],
};

/** What makes a row of a kind one and the same row: stated twice in a file it is refused, stated again later it is a new version. */
export const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  departments: ['code'],
  periods: ['code'],
  items: ['code'],
  projects: ['code'],
  records: ['id'],
  baselines: ['code'],
  activities: ['period', 'department', 'driver'],
  rates: ['item', 'valid_from'],
  adjustments: ['id'],
  targets: ['period', 'department', 'category', 'measure'],
};

/** Lengths of texts, in characters. */
export const MAX_CODE_LENGTH = 64;
export const MAX_TEXT_LENGTH = 2000;

/** Of any amount, price or quantity. */
export const WHOLE_DIGITS = 18;

/**
 * A number of at most 18 whole digits, grouped by thousands rightly or not at all; zeros behind the last decimal say nothing
 * (RND-4; docs/calculation-spec.md, “Numbers”).
 */
export function numberPattern(decimals: number): string {
  return `^[+-]?([0-9]{1,${WHOLE_DIGITS}}|[0-9]{1,3}(,[0-9]{3}){1,5})([.][0-9]{1,${decimals}}0*)?$`;
}
/** The form of a number, whatever its size and scale: tells a number out of range from a text that is none. */
export const ANY_NUMBER_PATTERN = '^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?$';
/** 2023-03-05, 2023-3-5, 2023/03/05 or 2023年3月5日. */
export const DATE_PATTERN =
  '^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)$';
/** Days outside are typing errors. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2199-12-31';
/** 20230305, 2023.3.5, and any of DATE_PATTERN's forms, each with or without a time of day. */
export const LEDGER_DATE_PATTERN =
  '^([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.][0-9]{1,6})?)?$';
/** 2023-03, 202303, 2023/3, 2023.03, 2023年3月; 2023-13 and 2023-1201 are adjustment periods of December. */
export const LEDGER_PERIOD_PATTERN = '^([0-9]{4})(?:[-/.]?([0-9]{2})|[-/.]([0-9])|年([0-9]{1,2})月)(?:0[1-4])?$';
export const PERIOD_PATTERN = '^[0-9]{4}-[0-9]{2}$';
/** Controls, zero-width and direction marks: two codes that look alike must be alike. */
export const HIDDEN_CHARACTER_PATTERN =
  '[\\u0001-\\u001f\\u007f-\\u009f\\u00a0\\u00ad\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\u3000\\ufeff]';

export function columnOf(kind: Kind, name: string): Column {
  return COLUMNS[kind].find((column) => column.name === name)!;
}
