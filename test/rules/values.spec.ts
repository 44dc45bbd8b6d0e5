import { describe, expect, it } from '@jest/globals';
import { exact, plain } from '../../analytics/kernel/exact.js';
import { canonicalDay, readValue, type Known } from '../../src/modules/rules/check-rows.js';
import { columnOf, type Kind } from '../../src/modules/rules/columns.js';
import { DATE_TOKENS, NUMBER_TOKENS } from '../parity/tokens.js';

/** What the parser in memory says: the value, or the code in brackets; nothing where the text is blank. */
function verdict(kind: Kind, column: string, text: string, known: Known | null = null): string {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '');
  const { value, code } = readValue(columnOf(kind, column), trimmed === '' ? null : trimmed, known);
  return code === null ? (value ?? '') : `[${code}]`;
}
const decimal = (column: string, text: string) => {
  const found = verdict('records', column, text);
  return found === '' || found.startsWith('[') ? found : plain(exact(found));
};

describe('numbers (RND-4): the same table that files and single rows are held to', () => {
  it.each(NUMBER_TOKENS)('$text', ({ text, amount, quantity }) => {
    expect([decimal('amount', text), decimal('quantity', text)]).toEqual([amount, quantity]);
  });

  it.each([
    // 18 whole digits are taken, a 19th is not, written in groups or not; the decimals do not count.
    ['999,999,999,999,999,999.99', '999999999999999999.99'],
    ['1234567890123456789', '[number_out_of_range]'],
    ['1,234,567,890,123,456,789', '[number_out_of_range]'],
    // Zeros behind the last decimal say nothing, however many; the first digit beyond that is not zero does.
    ['7.5000000', '7.5'],
    ['7.000', '7'],
    ['7.1250', '[too_many_decimals]'],
    ['1234,567', '[invalid_number]'],
  ])('an amount of %s is %s', (text, expected) => {
    expect(decimal('amount', text)).toBe(expected);
  });

  it('keeps the text of a plain decimal, without sign and separators of thousands', () => {
    expect(['+1,234,567.80', '-1,000', '12.50'].map((text) => verdict('records', 'amount', text))).toEqual([
      ...['1234567.8', '-1000', '12.5'],
    ]);
  });
});

describe('rates of tax (CMB-1): from nothing to below one', () => {
  it.each([
    ['0', '0'],
    ['0.13', '0.13'],
    ['0.999999', '0.999999'],
    ['1', '[tax_rate_range]'],
    ['1.13', '[tax_rate_range]'],
    ['13', '[tax_rate_range]'],
    ['-0.000001', '[tax_rate_range]'],
    ['13%', '[invalid_number]'],
    ['0.1234567', '[too_many_decimals]'],
  ])('%s is %s', (text, expected) => {
    expect(decimal('tax_rate', text)).toBe(expected);
  });
});

describe('dates and periods', () => {
  it.each(DATE_TOKENS.filter(({ text }) => text.trim() !== ''))('$text', ({ text, date, period }) => {
    const asPeriod = period === '[unknown_period]' ? text : period;
    expect([verdict('records', 'date', text), verdict('records', 'corrects_period', text)]).toEqual([date, asPeriod]);
  });

  it('of 1900 to 2199, both ends included', () => {
    expect(['1899-12-31', '1900-01-01', '2199-12-31', '2200-01-01'].map(canonicalDay)).toEqual([
      ...[null, '1900-01-01', '2199-12-31', null],
    ]);
  });

  it('a code of a period is a year and two digits, and nothing behind', () => {
    expect(['2024-13', '2024-1', '2024-010', '2024-01x'].map((text) => verdict('periods', 'code', text))).toEqual([
      ...['2024-13', '[invalid_period]', '[invalid_period]', '[invalid_period]'],
    ]);
  });
});

describe('codes, texts, choices and references', () => {
  const known: Known = {
    codes: { departments: new Set(['CM1']), items: new Set(['0104']), projects: new Set() },
    itemNatures: new Map(),
  };

  it.each([
    ['id', 'x'.repeat(64), 'x'.repeat(64)],
    ['id', 'x'.repeat(65), '[text_too_long]'],
    // Characters are counted, not the two halves that a character beyond U+FFFF has in JavaScript.
    ['id', '😍'.repeat(64), '😍'.repeat(64)],
    ['id', '😍'.repeat(65), '[text_too_long]'],
    ['summary', '😍'.repeat(2000), '😍'.repeat(2000)],
    ['summary', '截'.repeat(2001), '[text_too_long]'],
    ['summary', 'a\u200bb', 'a\u200bb'],
    ['id', '', '[value_missing]'],
    ['summary', '', ''],
    ['department', 'CM1', 'CM1'],
    ['department', 'CM2', '[unknown_department]'],
    ['item', 'CM1', '[unknown_item]'],
    ['project', '0104', '[unknown_project]'],
    ['nature', '账外机会损失', 'implicit_opportunity'],
    ['nature', 'explicit', 'explicit'],
    ['nature', '隐性', '[unknown_choice]'],
    ['internal', '是', 'yes'],
    ['internal', '否', 'no'],
    ['internal', 'YES', '[unknown_choice]'],
  ])('%s %s', (column, text, expected) => {
    expect(verdict('records', column, text, known)).toBe(expected);
  });

  it.each([...'\u0001\u001f\u007f\u009f\u00a0\u00ad\u200b\u200f\u2028\u202f\u2060\u206f\u3000\ufeff'])(
    'a code may not hide %j',
    (hidden) => {
      expect(verdict('records', 'id', `A${hidden}1`)).toBe('[hidden_character]');
    },
  );

  it('whatever is not looked up passes for known', () => {
    expect(verdict('records', 'department', 'CM2')).toBe('CM2');
  });
});
