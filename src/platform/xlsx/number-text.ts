/** Digits that a binary double keeps whatever they are (IEEE 754: 15.95 decimal digits of mantissa). */
const EXACT_DIGITS = 15;
/** Places of the decimal point within which a number is written out; beyond, no quantity or amount lies. */
const FURTHEST_POINT = 40;
const LONGEST = 400;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;

/** A number without exponent, with digits on both sides of the point and at most 15 of them: taken as it stands. */
export function isPlainNumber(text: string): boolean {
  let at = text.charCodeAt(0) === MINUS ? 1 : 0;
  if (text.length > at + EXACT_DIGITS + 1) return false;
  let digits = 0;
  let sinceDot = -1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits++;
      if (sinceDot >= 0) sinceDot++;
    } else if (code === DOT && sinceDot < 0 && digits > 0) sinceDot = 0;
    else return false;
  }
  return digits > 0 && digits <= EXACT_DIGITS && sinceDot !== 0;
}

/**
 * The decimal that the text of a number cell means, without exponent; null where it cannot be told; undefined where the
 * text is no number. A number cell holds a binary double and programs write it with 17 digits (4.35 as
 * 4.3499999999999996), so text of more than 15 significant digits stands for the shortest decimal that is that double,
 * provided that this has at most 15 digits. This is the one place where an amount is looked at as a binary double: it
 * already was one in the file.
 */
export function decimalText(text: string): string | null | undefined {
  if (isPlainNumber(text)) return text;
  const written = partsOf(text);
  if (written === undefined) return undefined;
  if (written.digits.length <= EXACT_DIGITS) return plain(written);
  const double = Number(text);
  if (!Number.isFinite(double)) return null;
  const shortest = partsOf(String(double));
  return shortest !== undefined && shortest.digits.length <= EXACT_DIGITS ? plain(shortest) : null;
}

/** ± 0.digits × 10^point, digits without zeros at either end. */
interface Parts {
  readonly sign: string;
  readonly digits: string;
  readonly point: number;
}

function partsOf(text: string): Parts | undefined {
  const match = text.length <= LONGEST ? NUMBER.exec(text) : null;
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const all = whole + fraction;
  if (all === '') return undefined;
  const significant = all.replace(/^0+/, '');
  const zeros = all.length - significant.length;
  return {
    sign: sign === '-' ? '-' : '',
    digits: withoutZerosBehind(significant),
    point: whole.length - zeros + Number(exponent),
  };
}

/** A loop, since /0+$/ takes the square of the length where zeros stand in the middle. */
function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === ZERO) end--;
  return digits.slice(0, end);
}

function plain({ sign, digits, point }: Parts): string | null {
  if (digits === '') return '0';
  if (Math.abs(point) > FURTHEST_POINT) return null;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
