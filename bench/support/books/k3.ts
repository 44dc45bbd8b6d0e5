/** 金蝶 K/3's sheet of vouchers: its 36 columns and 汇率类型, which some versions add. */
import type { Books } from './books.js';
import { amountCell, quantityCell } from './journal.js';
import type { Line, Voucher } from './voucher.js';
import { workbookBytes, type Cell } from './workbook.js';

const number = (value: bigint | number): Cell => ({ number: String(value) });
const side = (fen: bigint): Cell => amountCell(fen) ?? number(0);

/** 部门---D01---采煤一区; several are joined by |. */
const itemOf = ({ department, project, counterparty }: Line): string =>
  [
    department && `部门---${department.code}---${department.name}`,
    project && `项目---${project.code}---${project.name}`,
    counterparty !== '' && `供应商---${counterparty}---${counterparty}`,
  ]
    .filter((item) => typeof item === 'string')
    .join('|');

const lastName = (name: string) => name.slice(name.lastIndexOf('_') + 1);

type CellOf = (line: Line, voucher: Voucher, serial: number) => Cell;
const zero: CellOf = () => number(0);
const blank: CellOf = () => null;
const text =
  (content: string): CellOf =>
  () =>
    content;

/** By title, in the order of the sheet. */
const COLUMNS: Readonly<Record<string, CellOf>> = {
  凭证日期: (_, { date }) => ({ day: date }),
  会计年度: (_, { date }) => number(BigInt(date.slice(0, 4))),
  会计期间: (_, { date }) => number(BigInt(date.slice(5, 7))),
  凭证字: (_, { type }) => type,
  凭证号: (_, { no }) => number(no),
  科目代码: ({ account }) => account.code,
  科目名称: ({ account }) => lastName(account.name),
  币别代码: text('RMB'),
  币别名称: text('人民币'),
  原币金额: ({ debit, credit }) => side(debit + credit),
  借方: ({ debit }) => side(debit),
  贷方: ({ credit }) => side(credit),
  制单: text('张三'),
  审核: text('李四'),
  核准: blank,
  出纳: blank,
  经办: blank,
  结算方式: text('*'),
  结算号: blank,
  凭证摘要: ({ summary }) => summary,
  数量: ({ quantity }) => quantityCell(quantity) ?? number(0),
  数量单位: ({ unit }) => (unit === '' ? '*' : unit),
  单价: zero,
  参考信息: blank,
  业务日期: (_, { date }) => ({ day: date }),
  往来业务编号: blank,
  附件数: zero,
  序号: (_line, _voucher, serial) => number(serial),
  系统模块: blank,
  业务描述: blank,
  汇率类型: text('公司汇率'),
  汇率: () => number(1),
  分录序号: ({ line }) => number(line),
  核算项目: itemOf,
  过账: () => number(1),
  机制凭证: blank,
  现金流量: blank,
};

export function k3Workbook(books: Books): AsyncIterable<Buffer> {
  const columns = Object.entries(COLUMNS);
  function* rows(): Generator<Cell[]> {
    yield columns.map(([title]) => title);
    let serial = 0;
    for (const voucher of books.vouchers()) {
      serial += 1;
      for (const line of voucher.lines) yield columns.map(([, cellOf]) => cellOf(line, voucher, serial));
    }
  }
  return workbookBytes({ sheetName: 'Page1', rows: rows(), strings: 'shared' });
}
