import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CODES } from '../../src/modules/rules/messages.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { DEPARTMENT, type HostileFile, type Verdict } from '../support/books/hostile-file.js';
import { hostileFiles, oneOfEveryKind } from '../support/books/hostile-files.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient, type ImportAnswer } from '../support/import-client.js';

/** SEED=7 makes other bytes of chance. */
const SEED = Number(process.env.SEED ?? 1);
/** A tenth of the kinds, one file of each; PICK=… the same ones again; npm run test:hostile-ledger sends all. */
const HOSTILE_FILES = process.env.HOSTILE_FILES ?? 'one of every kind';
const PICK = Number(process.env.PICK ?? Date.now() % 1_000_000);
/** ONLY=… sends those alone whose names have such a part, of all. */
const { ONLY } = process.env;
const MINE = 'hostile';
/** Promise 12: milliseconds and bytes. */
const limitMs = ({ fileName }: HostileFile) => (fileName.endsWith('.xlsx') ? 5_000 : 2_000);
const MAX_GROWTH = 150e6;
const LOOK_EVERY_MS = 10;

let running: HttpAppUnderTest;
let client: ImportClient;
beforeAll(async () => {
  running = await startHttpApp({ maxUploadBytes: 64 * 2 ** 20 });
  client = new ImportClient(running);
  await client.createMine(MINE);
  const departments = `code,name,parent\n${DEPARTMENT.code},${DEPARTMENT.name},\n`;
  expect(await client.take(MINE, 'departments', departments)).toMatchObject({ status: 'accepted' });
});
afterAll(() => running.stop());

interface Fate {
  /** Of an accepted file. */
  readonly isAccepted: boolean;
  readonly codes: readonly string[];
  readonly ms: number;
  /** Bytes by which the process grew meanwhile. */
  readonly growth: number;
}

async function hand(bytes: Buffer, fileName: string): Promise<Fate> {
  const before = process.memoryUsage().rss;
  let most = before;
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), LOOK_EVERY_MS);
  const begun = performance.now();
  try {
    const sent = await running.http.post('/api/v1/imports').set('X-Mine', MINE).attach('file', bytes, fileName);
    expect(sent.status).toBeLessThan(500);
    const { status, id, reason } =
      sent.status === 202
        ? ((await client.finished(MINE, sent.body.id)) as ImportAnswer & { readonly reason: string | null })
        : { status: 'refused', id: null, reason: sent.body.code as string };
    const ms = performance.now() - begun;
    const codes = id === null ? [] : (await client.findings(MINE, id)).map(({ code }) => code);
    // What a whole import is refused for: `internal_error` is in no verdict.
    if (reason !== null) codes.push(reason);
    return { isAccepted: status === 'accepted', codes: [...new Set(codes)], ms, growth: most - before };
  } finally {
    clearInterval(looking);
  }
}

/** Everything that counts as written: records, cells, and what they come to. */
const contents = () =>
  withConnection(running.database.ownerUrl, async (db) => {
    const { rows } = await db.query<Record<'records' | 'fen' | 'cells' | 'others', string>>(
      `SELECT (SELECT count(*) FROM records WHERE mine_id = $1) AS records,
              (SELECT coalesce(sum(amount) * 100, 0)::numeric(40, 0) FROM records WHERE mine_id = $1) AS fen,
              (SELECT coalesce(sum(m_explicit_actual) * 100, 0)::numeric(40, 0) FROM cells WHERE mine_id = $1) AS cells,
              (SELECT concat_ws(' ', (SELECT count(*) FROM departments WHERE mine_id = $1),
                 (SELECT count(*) FROM import_accounts WHERE mine_id = $1),
                 (SELECT count(*) FROM left_out_lines WHERE mine_id = $1))) AS others`,
      [MINE],
    );
    return rows[0]!;
  });

const fenOf = (yuan: string) => BigInt(yuan.replace('.', ''));
const allowed = ({ sums, codes }: Verdict) =>
  `${sums.join(' or ')} / ${codes === 'any' ? 'any code' : codes.join(' ')}`;

/** What a file did, in words that its verdict can be compared with. */
async function judge(file: HostileFile, no: number): Promise<string> {
  const { verdict } = file;
  const bytes = file.bytes(no);
  const before = await contents();
  const fate = await hand(bytes, file.fileName);
  const after = await contents();
  expect(fate.ms).toBeLessThan(limitMs(file));
  expect(fate.growth).toBeLessThan(MAX_GROWTH);
  if (!fate.isAccepted) {
    expect(after).toEqual(before);
    const isRight =
      fate.codes.length > 0 && (verdict.codes === 'any' || fate.codes.every((code) => verdict.codes.includes(code)));
    return isRight ? allowed(verdict) : `refused: ${fate.codes.join(' ')}`;
  }
  const added = BigInt(after.fen) - BigInt(before.fen);
  expect(BigInt(after.cells) - BigInt(before.cells)).toBe(added);
  return verdict.sums.some((sum) => fenOf(sum) === added) ? allowed(verdict) : `taken in with ${added} fen`;
}

const files = hostileFiles(SEED);

function sentFiles(): HostileFile[] {
  if (ONLY !== undefined) return files.filter(({ name }) => new RegExp(ONLY).test(name));
  if (HOSTILE_FILES === 'all') return files;
  return oneOfEveryKind(files, PICK).filter((_, at) => (at + PICK) % 10 === 0);
}

const sent = sentFiles();

describe(`${sent.length} of ${files.length} odd and hostile files (seed ${SEED}, picked by ${PICK})`, () => {
  const counted = { files: 0, slowest: '', ms: 0 };
  let begun = 0;
  afterEach(() => {
    const ms = performance.now() - begun;
    counted.files += 1;
    if (ms > counted.ms) Object.assign(counted, { ms: Math.round(ms), slowest: expect.getState().currentTestName });
  });
  afterAll(() => console.info(JSON.stringify(counted)));

  const cases = sent.map((file) => [file.name, file, files.indexOf(file) + 1] as const);
  it.each(cases)('%s', async (_, file, no) => {
    begun = performance.now();
    expect(await judge(file, no)).toBe(allowed(file.verdict));
  });

  it('every verdict names codes that have a sentence', () => {
    const known = new Set<string>([...CODES, 'file_missing']);
    const named = new Set(files.flatMap(({ verdict }) => (verdict.codes === 'any' ? [] : verdict.codes)));
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
  });

  it('no two files are called the same', () => {
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });
});

it('control: a file that is not what its verdict says is noticed', async () => {
  const sound = files.find(({ name }) => name === 'csv: UTF-8')!;
  const wrong = { ...sound, verdict: { sums: ['1234.57'], codes: [] } };
  expect(await judge(wrong, files.length + 1)).toBe('taken in with 123456 fen');
});
