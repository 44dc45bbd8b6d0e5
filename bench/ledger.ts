/**
 * A centre's books by HTTP upload, first byte to `accepted`, against the bare reader, which parses the same file and only
 * counts (issue 3): an XLSX journal of twelve columns, GB/T 24589.1 XML, and the journal as GB18030 against UTF-8.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBooks } from './support/books/books.js';
import { gbtXml } from './support/books/gbt24589.js';
import { journalText, journalWorkbook } from './support/books/journal.js';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { makeLedgerMine, postLedger, readBare, writeLedger, type LedgerFile } from './support/ledger-files.js';
import { MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { forgetPeak, peakBytes } from './support/processes.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './support/report.js';
import { startService, type Service } from './support/service.js';
import { ratioOf, spreadOf } from './support/statistics.js';

/** `xml`: voucher lines of the XML, whose 60 elements each weigh two kilobytes. */
const options = readOptions({ rows: 1_000_000, xml: 200_000, rounds: 5 });
const DEPARTMENTS = 40;
const MIB = 2 ** 20;
/** Issue 3: posting at 60 % of the reader's rate or more, GB18030 within 10 % of UTF-8, Node below 250 MB. */
const RATE_GOAL = 0.6;
const ENCODING_GOAL = 1.1;
const NODE_MEMORY_GOAL = 250e6;

interface Sides {
  readonly bench: Bench;
  readonly service: Service;
  readonly owner: OwnerConnection;
}

/** Milliseconds of every round, and the most bytes that Node had in one. */
interface Measured {
  readonly name: string;
  readonly lines: number;
  readonly times: number[];
  peak: number;
}

const measured = (name: string, { books }: LedgerFile): Measured => ({ name, lines: books.lines, times: [], peak: 0 });

let mines = 0;

/** Posts a file into a mine of its own. */
async function post({ bench, service, owner }: Sides, file: LedgerFile, into: Measured): Promise<void> {
  mines += 1;
  const mine = `m${mines}`;
  await makeLedgerMine(service.port, mine, file.books, bench.folder);
  await owner.settle();
  await forgetPeak(service.pid);
  into.times.push(await postLedger(service.port, mine, file));
  into.peak = Math.max(into.peak, await peakBytes(service.pid));
}

/** Two things done with the same books, by turns; once beforehand without the clock, then both are warm. */
async function alternate(first: () => Promise<void>, second: () => Promise<void>, forget: () => void): Promise<void> {
  await first();
  await second();
  forget();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const half of round % 2 === 1 ? [first, second] : [second, first]) await half();
  }
}

const forgetting =
  (...all: readonly Measured[]) =>
  () => {
    for (const one of all) one.times.length = 0;
  };

/** The bare reader and the service with one file. */
async function againstReader(sides: Sides, name: string, file: LedgerFile): Promise<[Measured, Measured]> {
  const reader = measured(`${name} 只读 bare reader`, file);
  const service = measured(`${name} 入账 posted`, file);
  const read = async () => {
    await sides.owner.settle();
    reader.times.push(await readBare(file));
  };
  await alternate(read, () => post(sides, file, service), forgetting(reader, service));
  await rm(file.path);
  return [reader, service];
}

async function encodings(sides: Sides, files: readonly [LedgerFile, LedgerFile]): Promise<[Measured, Measured]> {
  const [utf8, gb18030] = [measured('CSV UTF-8', files[0]), measured('CSV GB18030', files[1])];
  await alternate(
    () => post(sides, files[0], utf8),
    () => post(sides, files[1], gb18030),
    forgetting(utf8, gb18030),
  );
  for (const { path } of files) await rm(path);
  return [utf8, gb18030];
}

function printTimes(all: readonly Measured[]): void {
  const rows = all.map(({ name, lines, times, peak }) => {
    const spread = spreadOf(times);
    const rate = shown((lines * 1000) / spread.median, 0);
    return [name, shown(lines, 0), ...spreadCells(spread, 0), rate, peak === 0 ? '' : shown(peak / MIB, 0)];
  });
  printTable('毫秒 milliseconds', ['', '行 lines', ...SPREAD, '行/秒 lines/s', 'Node MiB'], rows);
}

function printGoals(xlsx: [Measured, Measured], xml: [Measured, Measured], csv: [Measured, Measured]): void {
  for (const [reader, service] of [xlsx, xml]) {
    const rate = ratioOf(reader.times, service.times);
    print(ratioLine(`${service.name}，速率 rate : ${reader.name}`, rate));
    print(goalLine(`${service.name} ≥ ${RATE_GOAL * 100} %`, rate.ofMedians >= RATE_GOAL));
  }
  const encoding = ratioOf(csv[1].times, csv[0].times);
  print(ratioLine(`${csv[1].name} : ${csv[0].name}，用时 time`, encoding));
  print(goalLine('GB18030 ≤ 110 % UTF-8', encoding.ofMedians <= ENCODING_GOAL));
  const peak = Math.max(...[...xlsx, ...xml, ...csv].map((one) => one.peak));
  print(goalLine(`Node ${shown(peak / MIB, 0)} MiB < 250 MB`, peak < NODE_MEMORY_GOAL));
}

await Bench.run('账套：序时账、国标 XML 经 HTTP 入账 Books of account by HTTP upload', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  const owner = await OwnerConnection.open(service.ownerUrl);
  bench.onEnd(() => owner.close());
  const sides = { bench, service, owner };
  const at = (name: string) => join(bench.folder, name);
  const books = (lines: number) => makeBooks({ seed: 'ledger', lines, months: MONTHS, departments: DEPARTMENTS });
  const [journal, ledger] = [books(options.rows), books(options.xml)];
  const workbook = journalWorkbook(journal, { strings: 'shared', hasCounterparty: false });
  const xlsx = await againstReader(sides, 'XLSX', await writeLedger(at('journal.xlsx'), journal, workbook));
  const xmlFile = await writeLedger(at('ledger.xml'), ledger, gbtXml(ledger, 'gb18030'));
  const xml = await againstReader(sides, 'GB/T XML', xmlFile);
  const csv = await encodings(sides, [
    await writeLedger(at('utf8.csv'), journal, journalText(journal, 'utf-8')),
    await writeLedger(at('gb18030.csv'), journal, journalText(journal, 'gb18030')),
  ]);
  printTimes([...xlsx, ...xml, ...csv]);
  printGoals(xlsx, xml, csv);
});
