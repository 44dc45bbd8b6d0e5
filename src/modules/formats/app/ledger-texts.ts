/** Single texts of books, brought to the forms that the rules of columns know (rules/columns). What fits nothing stays as it is. */

const DAY = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?$/;
const YEAR_AND_NUMBER = /^(\d{4})年?第(\d{1,2})(?:期|期间)$/;
const YEAR = /^(\d{4})(?:\.0+)?年?$/;
const NUMBER = /^(?:第)?0*(\d{1,2})(?:\.0+)?(?:期|期间|月|月份)?$/;
const WHOLE = /^(\d+)\.0+$/;
const ZERO = /^[-+]?0*\.?0*$/;

/** `12.0000` as 12: K/3 keeps numbers of vouchers and lines as decimals. */
export const wholeNumber = (text: string | null): string | null => (text === null ? null : text.replace(WHOLE, '$1'));

export const isZero = (text: string | null): boolean => text === null || ZERO.test(text);

/**
 * A ledger period as YYYY-MM. `period` may be a month, a day of it (spreadsheets make a date of 2023-03), or only its
 * number; then the year comes from its own column, or from the voucher's date, if that is of the same month.
 */
export function ledgerPeriod(year: string | null, period: string | null, date: string | null): string | null {
  if (period === null) return null;
  const number = NUMBER.exec(period)?.[1];
  if (number !== undefined) return periodNumber(year, number, date) ?? period;
  const day = DAY.exec(period);
  if (day !== null && period.length >= 8) return `${day[1]}-${day[2]!.padStart(2, '0')}`;
  const numbered = YEAR_AND_NUMBER.exec(period);
  return numbered === null ? period : `${numbered[1]}-${numbered[2]!.padStart(2, '0')}`;
}

/** Adjustment periods (13 and up) belong to December. */
function periodNumber(year: string | null, number: string, date: string | null): string | null {
  const month = number.padStart(2, '0');
  const stated = year === null ? undefined : YEAR.exec(year)?.[1];
  if (stated !== undefined) return `${stated}-${month}`;
  const day = date === null ? null : DAY.exec(date);
  const monthOfDay = day?.[2]!.padStart(2, '0');
  return monthOfDay === month || (month > '12' && monthOfDay === '12') ? `${day![1]}-${month}` : null;
}

const MONTH = /^(\d{4})-(\d{2})$/;
const PART = /^0*(\d{1,2})(?:\.0+)?[月日]?$/;

/**
 * A day from columns of its parts; null where month and day are blank. `month` may be a whole ledger period (2023-03),
 * which has a year of its own. What is no part stays in place, to be refused as no date.
 */
export function dateOfParts(year: string | null, month: string | null, day: string | null): string | null {
  if (month === null && day === null) return null;
  // What stands there is no date but says what the row is: 合计.
  const word = [month, day].find((part) => part !== null && !/\d/.test(part));
  if (word !== undefined) return word;
  const whole = month === null ? null : MONTH.exec(month);
  const stated = whole?.[1] ?? (year === null ? '' : (YEAR.exec(year)?.[1] ?? year));
  const two = (part: string | null) => (part === null ? '' : (PART.exec(part)?.[1]?.padStart(2, '0') ?? part));
  return `${stated}-${two(whole?.[2] ?? month)}-${two(day)}`;
}

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ...(['借方', 'Dr', 'DR', 'dr', 'D', 'J'] as const).map((text) => [text, '借'] as const),
  ...(['贷方', 'Cr', 'CR', 'cr', 'C'] as const).map((text) => [text, '贷'] as const),
]);

export const direction = (text: string | null): string | null =>
  text === null ? null : (DIRECTIONS.get(text) ?? text);

const YES_NO: ReadonlyMap<string, string> = new Map([
  ...(['0', 'N', 'n', 'FALSE', 'false', '正常', '未作废'] as const).map((text) => [text, '否'] as const),
  ...(['1', 'Y', 'y', 'TRUE', 'true', '作废', '已作废', '√'] as const).map((text) => [text, '是'] as const),
]);

export const yesNo = (text: string | null): string | null => (text === null ? null : (YES_NO.get(text) ?? text));

const PERCENT = /^(\d{1,2})(?:\.(\d{1,4}))?%$/;

/** `13%` as 0.13, exactly. */
export function taxRate(text: string | null): string | null {
  const percent = text === null ? null : PERCENT.exec(text);
  if (percent === null) return text;
  return `0.${percent[1]!.padStart(2, '0')}${percent[2] ?? ''}`;
}

/** A balance with its direction, as debit and credit; 平 is no balance. */
export function balanceSides(amount: string | null, side: string | null): readonly [string | null, string | null] {
  const stated = direction(side);
  if (stated === '贷') return [null, amount];
  return stated === '平' && isZero(amount) ? [null, null] : [amount, null];
}

/** What is booked has its quantity on the side of its amount. */
export function bookedQuantity(debit: string | null, credit: string | null): string | null {
  return isZero(debit) && !isZero(credit) ? credit : (debit ?? credit);
}

const ERROR_TEXT = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;

/** What a spreadsheet writes in place of a value that it could not compute. */
export const isErrorText = (text: string): boolean => text.charCodeAt(0) === 0x23 && ERROR_TEXT.test(text);

const TOTAL =
  /^(?:合计|总计|小计|共计|累计|总合计|本页合计|本页小计|本月合计|本日合计|本期合计|本年合计|本年累计|本月累计|过次页|承前页|.{1,20}(?:合计|小计|总计))[:：]?$/;

/** A text that marks a row of sums. */
export const isTotalText = (text: string): boolean => TOTAL.test(text.replace(/\s+/g, ''));

const LONG_DECIMAL = /^(-?)(\d+)\.(\d+)$/;
const SHOWN_DIGITS = 15;

/** A sum that a spreadsheet computed, rounded to the 15 digits that it shows: 309000.00000000006 is 309000 to everyone. */
export function shownDigits(text: string): string {
  const [, sign, whole, fraction] = LONG_DECIMAL.exec(text) ?? [];
  if (fraction === undefined) return text;
  const digits = `${whole}${fraction}`.replace(/^0+/, '').length;
  const cut = Math.min(digits - SHOWN_DIGITS, fraction.length);
  if (cut <= 0) return text;
  const scale = 10n ** BigInt(cut);
  const rounded = (BigInt(`${whole}${fraction}`) + scale / 2n) / scale;
  const kept = fraction.length - cut;
  const shown = String(rounded).padStart(kept + 1, '0');
  return `${sign}${shown.slice(0, shown.length - kept)}${kept > 0 ? `.${shown.slice(-kept)}` : ''}`;
}
