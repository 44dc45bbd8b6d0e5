/** Books of account made from a seed: the same vouchers, whatever format they are written in. Streamed, never held whole. */
import { Chance } from '../../sample/chance.js';
import { monthOfVouchers } from './month.js';
import type { Department, Voucher } from './voucher.js';

export interface BooksWanted {
  readonly seed: string;
  /** Voucher lines, exactly. */
  readonly lines: number;
  /** `2023-01`, …, in order. */
  readonly months: readonly string[];
  readonly departments: number;
}

export interface Books extends BooksWanted {
  readonly departmentList: readonly Department[];
  /** The same at every call. */
  vouchers(): Generator<Voucher>;
}

const NAMES = ['采煤一区', '机电区', '供应部', '掘进二区', '通防工区', '运搬工区', '财务部', '洗煤厂'];

export function makeBooks(wanted: BooksWanted): Books {
  const departmentList = Array.from({ length: wanted.departments }, (_, i) => ({
    code: `D${String(i + 1).padStart(2, '0')}`,
    name: NAMES[i] ?? `${i + 1}队`,
  }));
  return { ...wanted, departmentList, vouchers: () => vouchersOf({ ...wanted, departmentList }) };
}

function* vouchersOf(books: BooksWanted & Pick<Books, 'departmentList'>): Generator<Voucher> {
  let left = books.lines;
  for (const [i, month] of books.months.entries()) {
    const lines = Math.floor(left / (books.months.length - i));
    left -= lines;
    const chance = new Chance(`${books.seed} ${month}`);
    yield* monthOfVouchers({ chance, month, lines, departmentList: books.departmentList });
  }
}
