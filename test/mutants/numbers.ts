import { of, ofTests } from './mutant.js';

const EXACT = of(
  'analytics/kernel/exact.ts',
  ['test/analytics/exact'],
  ['halves go towards zero', '(2n * n + d) / (2n * d)', '(2n * n + d - 1n) / (2n * d)'],
  ['the sign of a quotient is its numerator’s', 'numerator < 0n !== denominator < 0n', 'numerator < 0n'],
  ['negative results lose their sign', 'return negative ? -result : result', 'return negative ? result : result'],
  ['a product of more than 18 places is cut', 'product % ONE === 0n', 'product % ONE >= 0n'],
  ['a quotient upside down', 'divideHalfAway(a * ONE, b * step) * step', 'divideHalfAway(b * step, a * ONE) * step'],
  ['no zero before the point', 'padStart(places + 1', 'padStart(places'],
  ['a 19th place is read', 'd{1,18}))?$/.exec', 'd{1,19}))?$/.exec'],
  ['a point without decimals', String.raw`replace(/\.?0+$/`, 'replace(/0+$/'],
  ['a magnitude is negative', 'return a < 0n ? -a : a', 'return a > 0n ? -a : a'],
  ['a minus is taken for a plus', "sign === '-' ? -units", "sign !== '-' ? -units"],
  ['minus nothing', "const sign = units < 0n ? '-' : ''", "const sign = a < 0n ? '-' : ''"],
  ['decimals moved by one place', 'fraction.padEnd(PLACES', 'fraction.padEnd(PLACES - 1'],
);

const PATTERNS = of(
  'src/modules/rules/columns.ts',
  ['test/rules/values'],
  ['19 whole digits', 'WHOLE_DIGITS = 18', 'WHOLE_DIGITS = 19'],
  ['17 whole digits', 'WHOLE_DIGITS = 18', 'WHOLE_DIGITS = 17'],
  ['a seventh group of thousands', '(,[0-9]{3}){1,5})', '(,[0-9]{3}){1,6})'],
  ['a group of two digits', '[0-9]{1,3}(,[0-9]{3}){1,5}', '[0-9]{1,3}(,[0-9]{2,3}){1,5}'],
  ['four digits before a separator', '|[0-9]{1,3}(,[0-9]{3}){1,5}', '|[0-9]{1,4}(,[0-9]{3}){1,5}'],
  ['a point without decimals is a number', '([.][0-9]{1,${decimals}}0*)?$`', '([.][0-9]{0,${decimals}}0*)?$`'],
  ['zeros behind the last decimal are refused', '{1,${decimals}}0*)?$`', '{1,${decimals}})?$`'],
  ['no plus', 'return `^[+-]?(', 'return `^[-]?('],
  ['what is no number is out of range', "([.][0-9]+)?$'", "([.][0-9]*)?$'"],
  [
    'money has three decimals',
    "amount: ColumnType = { is: 'number', decimals: 2 }",
    "amount: ColumnType = { is: 'number', decimals: 6 }",
  ],
);

const VALUES = of(
  'src/modules/rules/check-rows.ts',
  ['test/rules/values'],
  ['no rate of nothing', 'exact(rate.value) < ZERO', 'exact(rate.value) <= ZERO'],
  ['a rate of one', ">= exact('1') ?", "> exact('1') ?"],
  ['a rate of any size', "< ZERO || exact(rate.value) >= exact('1')", "< ZERO && exact(rate.value) >= exact('1')"],
  ['a code counted in halves of characters', '[...text].length > MAX_CODE_LENGTH', 'text.length > MAX_CODE_LENGTH'],
  ['a text of the full length refused', '[...text].length > MAX_TEXT_LENGTH', '[...text].length >= MAX_TEXT_LENGTH'],
  ['a decimal too many is out of range', 'fraction.length > decimals ?', 'fraction.length > decimals + 1 ?'],
  ['separators stay in numbers', '.replace(/[+,]/g', '.replace(/[+]/g'],
  ['only the first separator goes', 'replace(/[+,]/g', 'replace(/[+,]/'],
  ['a point stays behind', String.raw`(\.\d+?)0+$/`, String.raw`(\.\d*?)0+$/`],
  [
    'hidden characters pass',
    'if (matches(HIDDEN_CHARACTER_PATTERN, text))',
    'if (!matches(HIDDEN_CHARACTER_PATTERN, text))',
  ],
  ['the wrong choice', 'type.values[type.chinese.indexOf(text)]', 'type.values[type.chinese.indexOf(text) + 1]'],
  ['nothing must be there', "column.isRequired ? 'value_missing'", "!column.isRequired ? 'value_missing'"],
);

const ROWS = of(
  'src/modules/rules/check-rows.ts',
  ['test/rules/rows'],
  ['a cent away is too far', 'exact(amount)) > CENT', 'exact(amount)) >= CENT'],
  ['ten cents away are near', "CENT: Exact = exact('0.01')", "CENT: Exact = exact('0.1')"],
  ['an amount added to its product', '- exact(amount)) > CENT', '+ exact(amount)) > CENT'],
  ['a plan of nothing is positive', 'exact(number) > ZERO', 'exact(number) >= ZERO'],
  ['what is no number is not positive', 'number === null || exact(number)', 'number !== null && exact(number)'],
  ['one day may not be the first and the last', 'first > second', 'first >= second'],
  ['the same row twice passes', 'if (seen.has(key)) problems', 'if (!seen.has(key)) problems'],
  ['only keys that can be read are compared', "values[name] ?? row.values[name] ?? ''", "values[name] ?? ''"],
  ['any of the conditions is enough', 'every((part) => holds', 'some((part) => holds'],
  ['not is left out', 'return !holds(condition[1]', 'return holds(condition[1]'],
  [
    'an item of any nature',
    "value(condition[1]) ?? '') === condition[2]",
    "value(condition[1]) ?? '') !== condition[2]",
  ],
);

const RULES = of(
  'src/modules/rules/row-rules.ts',
  ['test/rules/rows'],
  ['a loss outside the books is not implicit', "'implicit_booked', 'implicit_opportunity'];", "'implicit_booked'];"],
  ['tax without a rate', "['is', 'tax_basis', 'incl']", "['is', 'tax_basis', 'excl']"],
  [
    'validity ends before it begins',
    "wrongWhen: ['after', 'valid_from', 'valid_to']",
    "wrongWhen: ['after', 'valid_to', 'valid_from']",
  ],
  [
    'a quantity and an amount together',
    "all(isImplicit, given('quantity'), given('amount'))",
    "all(isImplicit, blank('quantity'), given('amount'))",
  ],
  [
    'a product of other factors',
    "'quantity', 'unit_price', 'amount'],\n    },",
    "'quantity', 'quantity', 'amount'],\n    },",
  ],
  [
    'a price with a fixed part',
    "'planned_volume', 'fixed_amount'),\n);\nconst priceFits",
    "'planned_volume'),\n);\nconst priceFits",
  ],
  ['a driver without a plan', "all(given('driver'), given('planned_volume'))", "all(given('driver'))"],
  [
    'a price of the whole mine needs a department',
    "['not', priceShape]),\n    },\n  ],\n  records",
    'priceShape),\n    },\n  ],\n  records',
  ],
);

const CELLS = of(
  'src/platform/xlsx/number-text.ts',
  ['test/xlsx/cells'],
  ['16 digits pass for exact', 'EXACT_DIGITS = 15', 'EXACT_DIGITS = 17'],
  ['14 digits are the most', 'EXACT_DIGITS = 15', 'EXACT_DIGITS = 14'],
  ['the exponent the wrong way', 'whole.length - zeros + Number(exponent)', 'whole.length - zeros - Number(exponent)'],
  ['zeros in front are counted', 'whole.length - zeros + Number', 'whole.length + Number'],
  ['negative numbers lose their sign', "sign: sign === '-' ? '-' : ''", "sign: sign === '+' ? '-' : ''"],
  ['one zero too few behind the point', "'0'.repeat(-point)", "'0'.repeat(-point - 1)"],
  ['one zero too many at the end', "'0'.repeat(point - digits.length)", "'0'.repeat(point - digits.length + 1)"],
);

/** The door’s own SQL, from the same lines as the parser in memory. */
const IN_SQL = ofTests(
  'src/modules/rules/check-sql.ts',
  'test/parity/column-rules',
  'every number has one verdict as cells of a file',
  ['plain digits without end', 'length(${text}) <= ${WHOLE_DIGITS}\n', 'length(${text}) <= ${WHOLE_DIGITS} + 1\n'],
  ['a decimal too many', 'BETWEEN 1 AND ${decimals} END`', 'BETWEEN 1 AND ${decimals} + 1 END`'],
  ['a point behind the last digit', '- ${point} BETWEEN 1 AND', '- ${point} BETWEEN 0 AND'],
  [
    'a number whose decimals are too many is out of range',
    "'too_many_decimals' ELSE 'number_out_of_range'",
    "'number_out_of_range' ELSE 'too_many_decimals'",
  ],
);

export const NUMBERS = [...EXACT, ...PATTERNS, ...VALUES, ...ROWS, ...RULES, ...CELLS, ...IN_SQL];
