/** What the books come to, reckoned here from the vouchers alone: no line of the service is used. */
import type { Books } from './books.js';
import { ACCRUAL, COST_ACCOUNTS } from './chart.js';
import { quantityText, yuan } from './decimals.js';
import type { Line, Voucher } from './voucher.js';

/** A record that the books must become, of what every format says. */
export interface ExpectedRecord {
  readonly date: string;
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly quantity: string | null;
  readonly amount: string;
  readonly project: string | null;
  readonly counterparty: string | null;
  readonly voucher: string;
  readonly summary: string;
}

const ITEMS: ReadonlyMap<string, string> = new Map([...COST_ACCOUNTS, ACCRUAL].map(({ code, item }) => [code, item]));

/** A debit on a cost account, unless it carries over what is cost already. */
export function* costLines(books: Books): Generator<{ voucher: Voucher; line: Line; item: string }> {
  for (const voucher of books.vouchers()) {
    if (voucher.purpose === 'carry_over') continue;
    for (const line of voucher.lines) {
      const item = ITEMS.get(line.account.code);
      if (item !== undefined && line.debit !== 0n) yield { voucher, line, item };
    }
  }
}

/** Materials are managed centrally, pay belongs to people, a project's lines to its category. */
function categoryOf(item: string, { project }: Line): string {
  if (project !== null) return project.category;
  if (item.startsWith('01')) return 'resource';
  return item === '03' ? 'personnel' : 'management';
}

export function* expectedRecords(books: Books): Generator<ExpectedRecord> {
  for (const { voucher, line, item } of costLines(books)) {
    yield {
      ...{ date: voucher.date, department: line.department!.code, category: categoryOf(item, line), item },
      ...{ quantity: line.quantity === 0n ? null : quantityText(line.quantity), amount: yuan(line.debit) },
      ...{ project: line.project?.code ?? null, counterparty: line.counterparty === '' ? null : line.counterparty },
      ...{ voucher: `${voucher.type}-${voucher.no}`, summary: line.summary },
    };
  }
}

/** Yuan of explicit cost by `department period category`, every sum made of whole fen. */
export function expectedCosts(books: Books): Map<string, string> {
  const sums = new Map<string, bigint>();
  for (const { voucher, line, item } of costLines(books)) {
    const key = [line.department!.code, voucher.date.slice(0, 7), categoryOf(item, line)].join(' ');
    sums.set(key, (sums.get(key) ?? 0n) + line.debit);
  }
  return new Map([...sums].map(([key, fen]) => [key, yuan(fen)]));
}
