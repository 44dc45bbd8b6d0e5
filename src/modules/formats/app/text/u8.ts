/**
 * 用友 U8's text of vouchers (总账工具, 凭证引入): the first line says 填制凭证 and the version, then a line per entry. Order of
 * the fields: the vendor's description as retold at 100ksw.com (用友U8凭证导入工具的使用方法), confirmed by the code of
 * public programs that write such files. A voucher is date, type and number; fields blank to the end may be left off.
 */
import { LEDGER_COLUMNS } from '../../../rules/ledger-columns.js';
import { placeDimensions } from '../auxiliary.js';
import type { HeadRow } from '../layout/find-header.js';
import { NO_ROWS_ABOVE } from '../left-out-lines.js';
import type { Cells, RowShape } from '../row-shape.js';
import { voucherNumber } from '../voucher-number.js';

const FIRST_WORD = '填制凭证';
const VERSION = /^V\d+$/i;

export const isU8Head = ({ row, fields }: HeadRow): boolean =>
  row === 1 && fields[0] === FIRST_WORD && VERSION.test(fields[1] ?? '');

/** 制单日期 to 贷方 are there in every line. */
export const U8_FEWEST_FIELDS = 8;

const DATE = 0;
const TYPE = 1;
const NUMBER = 2;
/** 外币, 汇率, 制单人, 结算方式, 票号 and 发生日期 stand between quantity and department; what follows the project is 自定义项. */
const DEPARTMENT = 15;
const EMPLOYEE = 16;
const CUSTOMER = 17;
const SUPPLIER = 18;
const PROJECT = 20;

const at = (place: number) => (cells: Cells) => cells[place] ?? null;

const VALUES: Readonly<Record<string, (cells: Cells) => string | null>> = {
  date: at(DATE),
  voucher_type: (cells) => voucherNumber(cells[TYPE] ?? null, cells[NUMBER] ?? null).type,
  voucher_no: (cells) => voucherNumber(cells[TYPE] ?? null, cells[NUMBER] ?? null).number,
  summary: at(4),
  account: at(5),
  debit: at(6),
  credit: at(7),
  quantity: at(8),
  department: at(DEPARTMENT),
  project: at(PROJECT),
  counterparty: (cells) => cells[CUSTOMER] ?? cells[SUPPLIER] ?? null,
  auxiliary: (cells) => {
    const employee = cells[EMPLOYEE] ?? null;
    return employee === null ? null : placeDimensions([{ category: '职员', code: employee, name: '' }]).auxiliary;
  },
};

/** Canonical column → place of its field. */
export const U8_COLUMNS: Readonly<Record<string, number>> = {
  ...{ date: DATE, voucher_type: TYPE, voucher_no: NUMBER, summary: 4, account: 5, debit: 6, credit: 7, quantity: 8 },
  ...{ department: DEPARTMENT, auxiliary: EMPLOYEE, counterparty: CUSTOMER, project: PROJECT },
};

export const U8_SHAPE: RowShape = {
  document: 'vouchers',
  ...{ keys: [], amounts: [], above: NO_ROWS_ABOVE, continued: null },
  values: LEDGER_COLUMNS.vouchers.map(({ name }) => VALUES[name] ?? (() => null)),
  read: new Map([
    ...Object.entries(U8_COLUMNS).map(([column, place]) => [place, column] as const),
    [SUPPLIER, 'counterparty'],
  ]),
};
