import { LEDGER_COLUMNS } from '../../rules/ledger-columns.js';
import { isTotalText } from './ledger-texts.js';

type Values = (string | null)[];

const place = (column: string) => LEDGER_COLUMNS.vouchers.findIndex(({ name }) => name === column);
const DATE = place('date');
const PERIOD = place('period');
const TYPE = place('voucher_type');
const NUMBER = place('voucher_no');
const ACCOUNT = place('account');
/** What a voucher says once for all its lines; a summary that is blank is that of the line above. */
const SAID_ONCE = [DATE, PERIOD, TYPE, NUMBER, place('summary'), place('is_void')];

/** Codes of accounts begin with a digit or a letter, sums with a word: most rows are told by one character. */
const LAST_ASCII = 0x7f;

/**
 * Journals that print a voucher's date and number on its first line alone (金蝶 凭证序时簿): a line with neither, but with an
 * account, goes on with the voucher above it. Nothing goes on across a row of sums, a header, or a line that is none.
 */
export class ContinuedVouchers {
  private above: Values = [];
  private isOpen = false;

  /** Fills the values of the next row, in the order of the columns of vouchers. */
  fill(values: Values): void {
    const account = values[ACCOUNT]!;
    if (account === null || (account.charCodeAt(0) > LAST_ASCII && isTotalText(account))) return this.end();
    if (this.isContinued(values)) for (const column of SAID_ONCE) values[column] ??= this.above[column]!;
    this.isOpen = values[DATE] !== null && values[NUMBER] !== null;
    for (const column of SAID_ONCE) this.above[column] = values[column]!;
  }

  /** What follows belongs to no voucher above. */
  end(): void {
    this.isOpen = false;
  }

  private isContinued(values: Values): boolean {
    if (!this.isOpen || values[DATE] !== null || values[NUMBER] !== null || values[TYPE] !== null) return false;
    return values[PERIOD] === null || values[PERIOD] === this.above[PERIOD];
  }
}
