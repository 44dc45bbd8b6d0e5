/**
 * GB/T 24589.1: the elements that become rows here, field by field. Elements and fields are known by their names, which the
 * 2010 and the 2024 edition share; amounts are those in the books' own currency (本币).
 */
import { columnsOf, type TableKind } from '../../../rules/tables.js';
import * as texts from '../ledger-texts.js';
import { voucherNumber, type VoucherNumber } from '../voucher-number.js';
import type { Dimensions } from '../auxiliary.js';
import { AuxiliaryItems } from './auxiliary-items.js';

/** The fields of one element by name. */
export type Fields = ReadonlyMap<string, string>;
type Read = (fields: Fields) => string | null;

export interface ElementShape {
  readonly document: TableKind;
  /** Writes what the fields say into the document's columns, in their order. */
  readonly fill: (fields: Fields, values: (string | null)[]) => void;
  /** Field → the column that it fills. */
  readonly read: ReadonlyMap<string, string>;
}

const field =
  (name: string): Read =>
  (fields) =>
    fields.get(name) || null;

/** What a file has said so far that later elements need. */
export class Dictionary {
  readonly auxiliary = new AuxiliaryItems();
  /** Code of a type of vouchers → its short name. */
  readonly voucherTypes = new Map<string, string>();
}

const MAX_VOUCHER_TYPES = 1000;

/** Elements that only explain others. True where `element` is one. */
export function explain(
  { auxiliary, voucherTypes }: Dictionary,
  element: string,
  row: number,
  fields: Fields,
): boolean {
  if (element === '科目辅助核算') {
    auxiliary.define(element, row, fields);
    return true;
  }
  if (element !== '记账凭证类型') return false;
  const word = fields.get('记账凭证类型简称') || fields.get('记账凭证类型名称') || '';
  if (word !== '' && voucherTypes.size < MAX_VOUCHER_TYPES)
    voucherTypes.set(codeKey(fields.get('记账凭证类型编号')), word);
  return true;
}

/** The sample of the standard itself writes 01 in one file and 1 in the other. */
const codeKey = (code: string | undefined) => (code ?? '').replace(/^0+(?=.)/, '');

/** A field, what is read from several, or an auxiliary dimension. */
type Source = string | readonly [read: Read, ...fields: string[]] | { readonly dimension: keyof Dimensions };
type Columns = Readonly<Record<string, Source>>;

/** By element; the bulk first. */
export function elementShapes(dictionary: Dictionary): ReadonlyMap<string, ElementShape> {
  return new Map([
    ['记账凭证', shape('vouchers', voucherColumns(dictionary), dictionary)],
    ['科目余额及发生额', shape('balances', BALANCE_COLUMNS, dictionary)],
    ['会计科目', shape('accounts', ACCOUNT_COLUMNS, dictionary)],
    ['部门档案', shape('departments', DEPARTMENT_COLUMNS, dictionary)],
  ]);
}

function shape(document: TableKind, columns: Columns, { auxiliary }: Dictionary): ElementShape {
  const read = new Map<string, string>();
  const reads: (readonly [place: number, value: Read])[] = [];
  const dimensions: (readonly [place: number, dimension: keyof Dimensions])[] = [];
  columnsOf(document).forEach(({ name }, place) => {
    const source = Object.hasOwn(columns, name) ? columns[name]! : null;
    if (source === null) return;
    if (typeof source === 'object' && 'dimension' in source) return void dimensions.push([place, source.dimension]);
    const [value, ...fields] = typeof source === 'string' ? [field(source), source] : source;
    for (const one of fields) read.set(one, name);
    reads.push([place, value]);
  });
  const width = columnsOf(document).length;
  const fill: ElementShape['fill'] = (fields, values) => {
    values.length = width;
    values.fill(null);
    for (const [place, value] of reads) values[place] = value(fields);
    if (dimensions.length === 0) return;
    const said = auxiliary.of(fields);
    for (const [place, dimension] of dimensions) values[place] = said[dimension];
  };
  return { document, fill, read };
}

const period: Read = (fields) =>
  texts.ledgerPeriod(fields.get('会计年度') || null, fields.get('会计期间号') || null, null);
const PERIOD_FIELDS = ['会计年度', '会计期间号'] as const;

/** The entries of a voucher stand together: its number is told once for all of them. */
function numberReader({ voucherTypes }: Dictionary): (fields: Fields) => VoucherNumber {
  let last: { readonly word: string | null; readonly text: string | null; readonly number: VoucherNumber } | null =
    null;
  return (fields) => {
    const type = field('记账凭证类型编号')(fields);
    const word = type === null ? null : (voucherTypes.get(codeKey(type)) ?? type);
    const text = field('记账凭证编号')(fields);
    if (last?.word !== word || last.text !== text) last = { word, text, number: voucherNumber(word, text) };
    return last.number;
  };
}

function voucherColumns(dictionary: Dictionary): Columns {
  const number = numberReader(dictionary);
  return {
    date: '记账凭证日期',
    period: [period, ...PERIOD_FIELDS],
    voucher_type: [(fields) => number(fields).type, '记账凭证类型编号'],
    voucher_no: [(fields) => number(fields).number, '记账凭证编号'],
    line_no: [(fields) => texts.wholeNumber(field('记账凭证行号')(fields)), '记账凭证行号'],
    summary: '记账凭证摘要',
    account: '科目编号',
    debit: '借方本币金额',
    credit: '贷方本币金额',
    quantity: [
      (fields) => texts.bookedQuantity(field('借方数量')(fields), field('贷方数量')(fields)),
      '借方数量',
      '贷方数量',
    ],
    unit: '计量单位',
    is_void: [(fields) => texts.yesNo(field('作废标志')(fields)), '作废标志'],
    ...dimensionColumns(['department', 'project', 'counterparty', 'auxiliary']),
  };
}

const balanceSide = (when: '期初' | '期末', place: 0 | 1): Source => [
  (fields) => texts.balanceSides(field(`${when}本币余额`)(fields), field(`${when}余额方向`)(fields))[place],
  ...[`${when}本币余额`, `${when}余额方向`],
];

function dimensionColumns(columns: readonly (keyof Dimensions)[]): Columns {
  return Object.fromEntries(columns.map((dimension) => [dimension, { dimension }]));
}

const BALANCE_COLUMNS: Columns = {
  period: [period, ...PERIOD_FIELDS],
  account: '科目编号',
  opening_debit: balanceSide('期初', 0),
  opening_credit: balanceSide('期初', 1),
  debit: '借方本币金额',
  credit: '贷方本币金额',
  closing_debit: balanceSide('期末', 0),
  closing_credit: balanceSide('期末', 1),
  ...dimensionColumns(['department', 'auxiliary']),
};

const ACCOUNT_COLUMNS: Columns = {
  ...{ account: '科目编号', account_name: '科目名称', level: '科目级次', type: '科目类型' },
  direction: [(fields) => texts.direction(field('余额方向')(fields)), '余额方向'],
};

const DEPARTMENT_COLUMNS: Columns = { code: '部门编码', name: '部门名称', parent: '上级部门编码' };
