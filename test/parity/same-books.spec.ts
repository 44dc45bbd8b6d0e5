import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBooks, type Books } from '../../bench/support/books/books.js';
import { expectedCosts, expectedRecords } from '../../bench/support/books/expected.js';
import { gbtXml } from '../../bench/support/books/gbt24589.js';
import { journalText, journalWorkbook } from '../../bench/support/books/journal.js';
import { k3Workbook } from '../../bench/support/books/k3.js';
import { referencesOf } from '../../bench/support/books/references.js';
import { u8Text } from '../../bench/support/books/u8.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient, type ImportAnswer } from '../support/import-client.js';

/** The same books in every format, each into a mine of its own, nothing said of what a file is (issue 3). */
const SEED = process.env.SEED ?? 'parity';
const MONTHS = ['2023-02', '2023-03'] as const;
const books = makeBooks({ seed: SEED, lines: 400, months: MONTHS, departments: 5 });

interface Rendering {
  readonly format: string;
  /** Says nothing of the content: no file is told by its name. */
  readonly fileName: string;
  readonly bytes: (books: Books) => AsyncIterable<Buffer>;
}

const workbook = (strings: 'shared' | 'inline') => (of: Books) =>
  journalWorkbook(of, { strings, hasCounterparty: true });

const RENDERINGS: Readonly<Record<string, Rendering>> = {
  'csv-utf8': { format: 'journal', fileName: 'a.dat', bytes: (of) => journalText(of, 'utf-8') },
  'csv-bom': { format: 'journal', fileName: 'b.xlsx', bytes: (of) => journalText(of, 'utf-8-bom') },
  'csv-gb18030': { format: 'journal', fileName: 'c.xml', bytes: (of) => journalText(of, 'gb18030') },
  'tsv-utf16': { format: 'journal', fileName: 'd.csv', bytes: (of) => journalText(of, 'utf-16le') },
  'xlsx-shared': { format: 'journal', fileName: 'e.csv', bytes: workbook('shared') },
  'xlsx-inline': { format: 'journal', fileName: 'f.txt', bytes: workbook('inline') },
  k3: { format: 'k3', fileName: 'g.csv', bytes: k3Workbook },
  u8: { format: 'u8', fileName: 'h.csv', bytes: u8Text },
  gbt24589: { format: 'gbt24589', fileName: 'i.csv', bytes: (of) => gbtXml(of, 'gb18030') },
};
const MINES = Object.keys(RENDERINGS);

let running: HttpAppUnderTest;
const answers = new Map<string, ImportAnswer>();

/** Hands a file in without a word of what it is. */
async function hand(mine: string, { bytes, fileName }: Rendering): Promise<ImportAnswer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes(books)) pieces.push(piece);
  const sent = await running.http
    .post('/api/v1/imports')
    .set('X-Mine', mine)
    .attach('file', Buffer.concat(pieces), fileName);
  if (sent.status !== 202) throw new Error(`refused at once: ${JSON.stringify(sent.body)}`);
  return new ImportClient(running).finished(mine, sent.body.id);
}

async function makeMine(mine: string): Promise<void> {
  const client = new ImportClient(running);
  await client.createMine(mine);
  for (const [kind, csv] of Object.entries(referencesOf(books))) {
    expect(await client.take(mine, kind, csv)).toMatchObject({ status: 'accepted' });
  }
}

beforeAll(async () => {
  running = await startHttpApp({ maxUploadBytes: 64 * 2 ** 20 });
  const client = new ImportClient(running);
  for (const [mine, rendering] of Object.entries(RENDERINGS)) {
    await makeMine(mine);
    const answer = await hand(mine, rendering);
    if (answer.status === 'refused') throw new Error(JSON.stringify(await client.findings(mine, answer.id), null, 1));
    answers.set(mine, answer);
  }
}, 180_000);
afterAll(() => running.stop());

const synergy = async (mine: string, by: string): Promise<string> => {
  const query = `period=${MONTHS[0]}..${MONTHS[1]}&by=${by}`;
  return (await running.http.get(`/api/v1/synergy?${query}`).set('X-Mine', mine).expect(200)).text;
};

/** U8's text has no units; they are compared where a format has them. */
const recordsOf = (mine: string) =>
  withConnection(running.database.ownerUrl, async (client) => {
    const { rows } = await client.query<Record<string, string | null>>(
      `SELECT source, id, date::text, department, category, item, nature, trim_scale(quantity)::text AS quantity, unit,
              unit_price::text, amount::text, project, counterparty, is_internal::text, voucher, summary,
              posted_period, valued_on::text
       FROM records WHERE mine_id = $1 ORDER BY id COLLATE "C"`,
      [mine],
    );
    return rows;
  });
const withoutUnit = (records: readonly Record<string, string | null>[]) =>
  records.map((record) => ({ ...record, unit: null }));

describe(`the same books in every format (seed ${SEED})`, () => {
  it.each(MINES)('%s: is told from its content, and every line is accounted for', (mine) => {
    expect(answers.get(mine)).toMatchObject({
      status: 'accepted',
      receipt: { files: [{ format: RENDERINGS[mine]!.format }] },
    });
  });

  it.each(MINES)('%s: the records are what the vouchers say', async (mine) => {
    const shown = (await recordsOf(mine)).map(({ date, department, category, item, amount, ...rest }) => {
      const { quantity, project, counterparty, voucher, summary } = rest;
      return { date, department, category, item, quantity, amount, project, counterparty, voucher, summary };
    });
    const order = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(shown.sort(order)).toEqual([...expectedRecords(books)].sort(order));
  });

  it.each(MINES.slice(1))('%s: ids and every column are those of the first', async (mine) => {
    const first = await recordsOf(MINES[0]!);
    const own = await recordsOf(mine);
    if (mine === 'u8') expect(withoutUnit(own)).toEqual(withoutUnit(first));
    else expect(own).toEqual(first);
  });

  it.each(['department,period,category', 'item,nature,project', ''])('byte-equal answers by %s', async (by) => {
    const texts = await Promise.all(MINES.map((mine) => synergy(mine, by)));
    expect(texts.map((text) => text === texts[0])).toEqual(MINES.map(() => true));
    expect(texts[0]!.length).toBeGreaterThan(500);
  });

  it('the explicit cost is the sum that was reckoned from the vouchers', async () => {
    const { rows } = JSON.parse(await synergy(MINES[0]!, 'department,period,category')) as {
      rows: { department: string; period: string; category: string; measures: { explicit_actual: string } }[];
    };
    const found = rows
      .filter(({ measures }) => measures.explicit_actual !== '0.00')
      .map(({ department, period, category, measures }) => [
        ...[`${department} ${period} ${category}`, measures.explicit_actual],
      ]);
    expect(found.sort()).toEqual([...expectedCosts(books)].filter(([, yuan]) => yuan !== '0.00').sort());
  });
});

/** The first voucher that costs something, one fen dearer on both sides. */
function oneFenMore(): Books {
  function* altered() {
    let isDone = false;
    for (const voucher of books.vouchers()) {
      const isMeant: boolean = !isDone && voucher.purpose === 'cost';
      isDone ||= isMeant;
      const last = voucher.lines.length;
      const dearer = voucher.lines.map((line) => ({
        ...line,
        debit: line.debit + (line.line === 1 ? 1n : 0n),
        credit: line.credit + (line.line === last ? 1n : 0n),
      }));
      yield isMeant ? { ...voucher, lines: dearer } : voucher;
    }
  }
  return { ...books, vouchers: altered };
}

it('control: books that differ by one fen do not give the same answer', async () => {
  await makeMine('control');
  expect(
    await hand('control', { ...RENDERINGS['csv-utf8']!, bytes: () => journalText(oneFenMore(), 'utf-8') }),
  ).toEqual(expect.objectContaining({ status: 'accepted' }));
  const [first, control] = await Promise.all([MINES[0]!, 'control'].map((mine) => synergy(mine, '')));
  expect(control).not.toBe(first);
});
