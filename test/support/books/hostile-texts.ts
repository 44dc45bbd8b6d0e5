/** Texts of workbooks: shared strings, wide headers, and numbers kept as text. */
import { NUMBER_TOKENS } from '../../parity/tokens.js';
import { exactOr, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import { AMOUNT, journalBook, journalParts, voucherRows } from './raw-journal.js';
import { letterOf, number, packed, partsOf, raw, text } from './raw-workbook.js';

const file = (name: string, bytes: (no: number) => Buffer, verdict: Verdict): HostileFile => ({
  ...{ name: `text: ${name}`, fileName: 'journal.xlsx', bytes, verdict },
});
const SHEET = 'xl/worksheets/sheet1.xml';
const BROKEN = ['broken_workbook', 'malformed_xml', 'too_many_columns'];

/** The summary of the cost is a shared string. */
const shared = (
  name: string,
  index: string,
  verdict: Verdict,
  strings: readonly string[] = ['<t>检修</t>', '<t>b</t>'],
): HostileFile =>
  file(
    `shared string ${name}`,
    (no) => {
      const cell = raw(`<c r="{place}" t="s"><v>${index}</v></c>`);
      const parts = journalParts(voucherRows(no, number(AMOUNT), { 摘要: cell }));
      return packed(partsOf({ sheets: [{ name: 'a', xml: parts[SHEET]! }], shared: strings }));
    },
    verdict,
  );

const sharedStrings: readonly HostileFile[] = [
  shared('0', '0', taken(AMOUNT)),
  shared('beyond the last', '2', refused(...BROKEN)),
  shared('below zero', '-1', refused(...BROKEN)),
  shared('of no number', 'x', refused(...BROKEN)),
  shared('of half a number', '0.5', refused(...BROKEN)),
  shared('of a huge number', '99999999999999999999', refused(...BROKEN)),
  shared('of none', '', exactOr(AMOUNT, ...BROKEN)),
  shared('rich with its sound beside it', '0', taken(AMOUNT), [
    '<r><t>检</t></r><rPh sb="0" eb="1"><t>jian</t></rPh><r><t>修</t></r>',
  ]),
  shared('that is empty', '0', taken(AMOUNT), ['', '<t/>']),
  shared(
    'among 20,000',
    '19999',
    taken(AMOUNT),
    Array.from({ length: 20_000 }, (_, i) => `<t>摘要${i}</t>`),
  ),
];

/** A row of so many columns, of which nothing beyond the twelfth is read. */
const wide = (columns: number, verdict: Verdict): HostileFile =>
  file(
    `among ${columns} columns`,
    (no) => {
      const parts = journalParts(voucherRows(no));
      const more = Array.from({ length: columns - 12 }, (_, i) => text(`备用${i}`)(`${letterOf(12 + i)}1`)).join('');
      return packed({ ...parts, [SHEET]: parts[SHEET]!.replace('</row>', `${more}</row>`) });
    },
    verdict,
  );

/** What a token is as a cell of text: as in CSV, but that error values have a code of their own. */
const tokens: readonly HostileFile[] = NUMBER_TOKENS.filter(({ text: token }) => token.length < 100).map(
  ({ text: token, amount }) =>
    file(`amount ${JSON.stringify(token)}`, (no) => journalBook(voucherRows(no, text(token))), verdictOf(amount)),
);

export function verdictOf(amount: string): Verdict {
  const code = /^\[(.*)\]$/.exec(amount)?.[1];
  if (code !== undefined) return refused(code, 'error_cell');
  if (amount === '') return refused('no_amount');
  if (amount === '0') return exactOr('0.00', 'no_amount');
  return taken(amount.includes('.') ? amount.replace(/\.(\d)$/, '.$10') : `${amount}.00`);
}

export const textFiles: readonly HostileFile[] = [
  ...[...sharedStrings, wide(60, taken(AMOUNT)), wide(2_000, refused(...BROKEN))],
  ...tokens,
];
