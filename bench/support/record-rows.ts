import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CATEGORIES } from '../../analytics/synergy/types.js';
import { Chance } from '../sample/chance.js';
import { DEPARTMENTS, EXPLICIT_ITEMS, IMPLICIT_ITEMS, PROJECTS } from './mine-data.js';

/** A cost record as a mine hands it in: texts by the contract's column names, '' where blank. */
export interface RecordRow {
  readonly id: string;
  readonly date: string;
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unit_price: string;
  readonly amount: string;
  readonly project: string;
  readonly counterparty: string;
  readonly internal: string;
  readonly voucher: string;
  readonly summary: string;
}

export interface RowsWanted {
  readonly seed: string;
  readonly count: number;
  readonly idPrefix: string;
  /** `2023-01`, … */
  readonly months: readonly string[];
  /** On how many combinations of category and item a department books explicit costs: 60 are all there are. */
  readonly accounts: number;
  /** Absent: the 40 of mine-data.ts. */
  readonly departments?: readonly string[];
}

const COUNTERPARTIES = ['兖州配件厂', '枣庄供电公司', '滕州木材行', '山东能源重装', '柴里机修厂', ''];
const SUMMARIES = ['截齿领用', '支护材料', '设备检修，三班', '劳保用品', '外包劳务结算', '油脂"齿轮油",20升'];

interface Account {
  readonly category: string;
  readonly item: string;
  readonly project: string;
}

/** What a department books on, the same in every run; one account in ten belongs to a project. */
function accountsOf(department: string, items: readonly string[], count: number): Account[] {
  const chance = new Chance(`accounts ${department}`);
  const all = CATEGORIES.flatMap((category) => items.map((item) => ({ category, item })));
  const chosen = Array.from({ length: Math.min(count, all.length) }, () => {
    return all.splice(chance.between(0, all.length - 1), 1)[0]!;
  });
  return chosen.map((account, i) => ({ ...account, project: i % 10 === 9 ? chance.pick(PROJECTS) : '' }));
}

const IMPLICIT_SHARE = 5;

/** The same rows for the same seed. One in 25 is implicit, of the explicit ones one in 20 has no quantity. */
export function* recordRows(wanted: RowsWanted): Generator<RecordRow> {
  const { seed, count, idPrefix, months, accounts, departments = DEPARTMENTS } = wanted;
  const chance = new Chance(seed);
  const places = departments.map((department) => ({
    department,
    explicit: accountsOf(department, EXPLICIT_ITEMS, accounts),
    implicit: accountsOf(department, IMPLICIT_ITEMS, Math.ceil(accounts / IMPLICIT_SHARE)),
  }));
  for (let n = 1; n <= count; n += 1) {
    const isImplicit = chance.between(1, 25) === 1;
    const hasQuantity = !isImplicit && chance.between(1, 20) > 1;
    const quantity = chance.between(1, 97);
    // In fen: a price of 100.00 to 149.99 yuan.
    const price = chance.between(10_000, 14_999);
    const place = chance.pick(places);
    const account = chance.pick(isImplicit ? place.implicit : place.explicit);
    yield {
      id: `${idPrefix}${String(n).padStart(8, '0')}`,
      date: `${chance.pick(months)}-${String(chance.between(1, 28)).padStart(2, '0')}`,
      department: place.department,
      category: account.category,
      item: account.item,
      nature: isImplicit ? 'implicit_booked' : 'explicit',
      quantity: hasQuantity ? String(quantity) : '',
      unit: hasQuantity ? '件' : '',
      unit_price: hasQuantity ? yuan(BigInt(price)) : '',
      amount: yuan(BigInt(quantity) * BigInt(price)),
      project: account.project,
      counterparty: chance.pick(COUNTERPARTIES),
      internal: chance.between(1, 12) === 1 ? 'yes' : 'no',
      voucher: `记-${chance.between(1, 9999)}`,
      summary: chance.pick(SUMMARIES),
    };
  }
}

/** Fen as yuan with two decimals. */
export const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

const HEADER =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';

const csvCell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvLine = (row: RecordRow): string =>
  `${Object.values(row as object)
    .map(csvCell)
    .join(',')}\n`;

/** The columns of the table `records`, in the order of `copyLine`. */
export const COPY_COLUMNS =
  'mine_id, source, id, import_id, row_no, status, date, department, category, item, nature, quantity, unit, ' +
  'unit_price, amount, project, counterparty, is_internal, voucher, summary, tax_basis, tax_rate, corrects_period, ' +
  'posted_period, valued_period, valued_on';

/** The row as it stands in the books, in COPY's text format; no text of it holds what that would have to escape. */
function copyLine(row: RecordRow, rowNo: number): string {
  const period = row.date.slice(0, 7);
  const orNull = (text: string) => (text === '' ? '\\N' : text);
  return `${[
    ...['yardstick', 'direct', row.id, '1', String(rowNo), 'posted', row.date, row.department, row.category, row.item],
    ...[row.nature, ...[row.quantity, row.unit, row.unit_price, row.amount, row.project, row.counterparty].map(orNull)],
    ...[row.internal === 'yes' ? 't' : 'f', row.voucher, row.summary, '\\N', '\\N', '\\N', period, period, row.date],
  ].join('\t')}\n`;
}

/** The header is line 1. */
const FIRST_ROW = 2;
const CHUNK_LENGTH = 64 * 1024;

/** Writes the rows as a file to hand in and, where wanted, as bytes for COPY; on disk when it answers. */
export async function writeRecordFiles(wanted: RowsWanted, csvPath: string, copyPath?: string): Promise<void> {
  const csv = new LineFile(csvPath);
  const copy = copyPath === undefined ? undefined : new LineFile(copyPath);
  await csv.add(`${HEADER}\n`);
  let rowNo = FIRST_ROW;
  for (const row of recordRows(wanted)) {
    await csv.add(csvLine(row));
    await copy?.add(copyLine(row, rowNo));
    rowNo += 1;
  }
  await csv.end();
  await copy?.end();
}

/** Lines are gathered into chunks; no more than one waits for the disk. */
class LineFile {
  private readonly stream: WriteStream;
  private chunk = '';

  constructor(private readonly path: string) {
    this.stream = createWriteStream(path);
  }

  async add(line: string): Promise<void> {
    this.chunk += line;
    if (this.chunk.length >= CHUNK_LENGTH) await this.flush();
  }

  /** Synced, so that no later measurement pays for writing it. */
  async end(): Promise<void> {
    await this.flush();
    this.stream.end();
    await once(this.stream, 'close');
    const file = await open(this.path, 'r');
    await file.sync().finally(() => file.close());
  }

  private async flush(): Promise<void> {
    const isFull = !this.stream.write(this.chunk);
    this.chunk = '';
    if (isFull) await once(this.stream, 'drain');
  }
}
