import { of, ofTests } from './mutant.js';

const CALENDAR = of(
  'analytics/kernel/calendar.ts',
  ['test/analytics/calendar'],
  ['no leap day in 2000', 'year % 400 === 0', 'year % 400 !== 0'],
  ['a leap day in 1900', '&& (year % 100 !== 0 ||', '|| (year % 100 !== 0 ||'],
  ['February of 29 days', '? 29 : 28', '? 29 : 29'],
  ['November of 31 days', '[4, 6, 9, 11]', '[4, 6, 9]'],
  ['the last day of a month is none', 'day <= daysInMonth(text)', 'day < daysInMonth(text)'],
  ['a day 00', 'return day >= 1', 'return day >= 0'],
  ['a month 13 is a day’s', '1[0-2])-', '1[0-3])-'],
  ['the first day of a period is outside', 'period.start <= date', 'period.start < date'],
  ['the last day of a period is outside', 'date <= period.end', 'date < period.end'],
  ['a month 00', '/^\\d{4}-(0[1-9]|1[0-2])$/', '/^\\d{4}-(0[0-9]|1[0-2])$/'],
  ['the year before last', 'slice(0, 4)) - 1)', 'slice(0, 4)) - 2)'],
  ['years before 1000 lose their zero', "padStart(4, '0')", "padStart(3, '0')"],
);

const FORMS = of(
  'src/modules/rules/columns.ts',
  ['test/rules/values'],
  ['1 January 1900 is too early', "FIRST_DAY = '1900-01-01'", "FIRST_DAY = '1900-01-02'"],
  ['days of 2200', "LAST_DAY = '2199-12-31'", "LAST_DAY = '2200-12-31'"],
  ['a period of three digits', "PERIOD_PATTERN = '^[0-9]{4}-[0-9]{2}$'", "PERIOD_PATTERN = '^[0-9]{4}-[0-9]{2,3}$'"],
  [
    'a period with something behind it',
    "PERIOD_PATTERN = '^[0-9]{4}-[0-9]{2}$'",
    "PERIOD_PATTERN = '^[0-9]{4}-[0-9]{2}'",
  ],
  ['Chinese days without 日', '月([0-9]{1,2})日)$', '月([0-9]{1,2})日?)$'],
);

const DAYS = of(
  'src/modules/rules/check-rows.ts',
  ['test/rules/values'],
  ['days that no month has', 'isDay(canonical) && FIRST_DAY', 'FIRST_DAY'],
  ['the first day of all is refused', 'FIRST_DAY <= canonical', 'FIRST_DAY < canonical'],
  ['the last day of all is refused', 'canonical <= LAST_DAY', 'canonical < LAST_DAY'],
  ['one digit stays one digit', "part.padStart(2, '0')", "part.padStart(1, '0')"],
);

const CHINA = of(
  'src/platform/clock/clock.ts',
  ['test/platform/clock'],
  ['seven hours ahead', '8 * 3_600_000', '7 * 3_600_000'],
  ['nine hours ahead', '8 * 3_600_000', '9 * 3_600_000'],
  ['eight hours behind', 'moment.getTime() + 8', 'moment.getTime() - 8'],
  ['a month in place of a day', 'slice(0, 10)', 'slice(0, 7)'],
);

const SERIALS = of(
  'src/platform/xlsx/serial-date.ts',
  ['test/xlsx/cells'],
  ['29 February 1900 is a day', 'day === PHANTOM_DAY) return', 'day === PHANTOM_DAY + 1) return'],
  ['the days before it are one off', 'day < PHANTOM_DAY ? 31 : 30', 'day < PHANTOM_DAY ? 30 : 30'],
  ['the days behind it are one off', 'day < PHANTOM_DAY ? 31 : 30', 'day < PHANTOM_DAY ? 31 : 31'],
  ['no exponent in a serial', String.raw`(?:[eE][+-]?\d{1,2})?$/;`, '$/;'],
  ['1904 begins a day late', 'Date.UTC(1904, 0, 1)', 'Date.UTC(1904, 0, 2)'],
  ['no day 0 in 1904', 'return day < 0 ? null', 'return day <= 0 ? null'],
  ['the year 2199 is too late', 'year <= LAST_YEAR', 'year < LAST_YEAR'],
  ['the year 1900 is too early', 'year >= FIRST_YEAR', 'year > FIRST_YEAR'],
  ['29 February of any year', 'day !== null && text.startsWith(day) ? day', 'day !== null ? day'],
  ['the afternoon is the day after', 'Math.floor(Number(serial))', 'Math.ceil(Number(serial))'],
);

const DATE_CELLS = of(
  'src/platform/xlsx/date-styles.ts',
  ['test/xlsx/cells'],
  ['amounts in yards are dates', '/[0#?]/.test(codes) && !hasTime', '/[0#?]/.test(codes) && hasTime'],
  ['hours and minutes are dates', "(!hasTime && codes.includes('m'))", "(hasTime || codes.includes('m'))"],
  ['no built-in dates', '?? BUILT_IN_DATES.has(format)', '?? !BUILT_IN_DATES.has(format)'],
);

const KEYS = of(
  'src/platform/http/paging.ts',
  ['test/platform/paging'],
  ['a cursor of 30 February', 'day.toISOString().startsWith(text)', 'true'],
  ['a cursor of month 13', 'day !== null && !Number.isNaN(day.getTime()) &&', 'day !== null &&'],
);

const IN_SQL = [
  ...ofTests(
    'src/modules/rules/check-sql.ts',
    'test/parity/column-rules',
    'every date and period has one verdict as cells of a file',
    ['a day too early or too late', 'CASE WHEN ${canonical}::date BETWEEN', 'CASE WHEN ${canonical}::date NOT BETWEEN'],
    ['days and months swapped', String.raw`'\\1-0\\2\\4\\6-0\\3\\5\\7'`, String.raw`'\\1-0\\3\\5\\7-0\\2\\4\\6'`],
    ['a period of any text', '!~ ${quoted(PERIOD_PATTERN)}', '~ ${quoted(PERIOD_PATTERN)}'],
  ),
  ...ofTests(
    'src/modules/rules/columns.ts',
    'test/parity/column-rules',
    'every date and period has one verdict as cells of a file',
    // In memory no such day is one; to PostgreSQL it may be.
    ['days of three digits', '(?:-([0-9]{1,2})-([0-9]{1,2})|', '(?:-([0-9]{1,2})-([0-9]{1,3})|'],
  ),
  ...ofTests(
    'src/modules/reference/app/open-periods.ts',
    'test/parity/column-rules',
    'every date and period has one verdict as cells of a file',
    ['a month 13 is opened', "BETWEEN '01' AND '12'", "BETWEEN '01' AND '13'"],
  ),
  ...of(
    'src/modules/access/app/delegations.ts',
    ['test/access/delegations'],
    ['93 days', 'days > MAX_DELEGATION_DAYS', 'days > MAX_DELEGATION_DAYS + 1'],
    ['backwards', 'if (days < 1 ||', 'if (days < -1 ||'],
    ['not until today', 'wanted.validTo < dayInChina(now)', 'wanted.validTo <= dayInChina(now)'],
  ),
];

export const DATES = [...CALENDAR, ...FORMS, ...DAYS, ...CHINA, ...SERIALS, ...DATE_CELLS, ...KEYS, ...IN_SQL];
