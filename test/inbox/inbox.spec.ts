import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Approvals } from '../../src/modules/approval/index.js';
import { ImportApproval } from '../../src/modules/intake/app/import-approval.js';
import { Inbox } from '../../src/modules/intake/app/inbox.js';
import { ImportQueue } from '../../src/modules/intake/app/import-queue.js';
import { ReturnWorkbook } from '../../src/modules/intake/app/return-workbook.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { runFolder } from '../support/database.js';
import { Door, FILE_LIMITS } from '../support/door.js';

const PATIENCE_MS = 30_000;
const GOOD = 'code,name,parent\nCM1,采煤一区,\n';
const BAD = 'code,name,parent\nCM1,采煤一区,NONE\n';

let door: Door;
let queue: ImportQueue;
beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
  door = await Door.open(10);
  queue = new ImportQueue(door.runImport, door.dataSource, new Readiness());
  await queue.takeUpUnfinished();
});
afterAll(async () => {
  await queue.onApplicationShutdown();
  await door.close();
});

let mine: string;
let dir: string;
const inboxes: Inbox[] = [];
beforeEach(async () => {
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  mine = await door.newMine();
  dir = join(runFolder(), `inbox-${randomUUID()}`);
  await mkdir(dir);
});
afterEach(async () => {
  for (const inbox of inboxes.splice(0)) await inbox.onApplicationShutdown();
});

function start(maxBytes = 2 ** 20): Inbox {
  const inbox = new Inbox(
    { dir, mine, scanMs: 200, maxBytes },
    door.uow,
    door.register,
    new Mines(door.uow, door.dataSource),
    new ReturnWorkbook(door.uow, new FileStore(door.storeFolder), FILE_LIMITS),
    new ImportApproval(new Approvals(door.uow)),
  );
  inboxes.push(inbox);
  inbox.start();
  return inbox;
}

const put = (name: string, content: string | Uint8Array) => writeFile(join(dir, name), content);
const listed = async (folder = '') => (await readdir(join(dir, folder)).catch(() => [])).sort();
const receiptOf = async (path: string) =>
  JSON.parse(await readFile(join(dir, `${path}.receipt.json`), 'utf8')) as Record<string, unknown>;
const imports = () =>
  door.query<{ file: string; status: string }>(
    'SELECT file_name AS file, status FROM imports WHERE mine_id = $1 ORDER BY id',
    [mine],
  );

async function until(isGood: () => Promise<boolean>): Promise<void> {
  for (const begun = performance.now(); !(await isGood()); await sleep(50)) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error(`in vain: ${JSON.stringify(await listed())}`);
  }
}
const untilIn = (folder: string, name: string) => until(async () => (await listed(folder)).includes(name));

describe('a file put into the inbox', () => {
  it('is taken in, and lies in done/ with its receipts', async () => {
    start();
    await put('部门 2023.csv', GOOD);
    await untilIn('done', '部门 2023.csv');
    expect(await listed('done')).toEqual(['部门 2023.csv', '部门 2023.csv.receipt.html', '部门 2023.csv.receipt.json']);
    expect(await receiptOf('done/部门 2023.csv')).toMatchObject({
      status: 'accepted',
      actor: 'inbox',
      rows: { posted: 1 },
    });
    expect(await readFile(join(dir, 'done/部门 2023.csv.receipt.html'), 'utf8')).toMatch(/部门 2023\.csv/);
    expect(await imports()).toEqual([{ file: '部门 2023.csv', status: 'accepted' }]);
    expect(await listed()).toEqual(['done', 'refused']);
  });

  it('that is refused lies in refused/ with its receipts and the marked workbook', async () => {
    start();
    await put('departments.csv', BAD);
    await untilIn('refused', 'departments.csv');
    expect(await listed('refused')).toEqual([
      'departments.csv',
      ...['departments.csv.marked.xlsx', 'departments.csv.receipt.html', 'departments.csv.receipt.json'],
    ]);
    const { findings } = await receiptOf('refused/departments.csv');
    expect(findings).toMatchObject([{ row: 2, column: 'parent', code: 'unknown_department' }]);
  });

  it('that cannot even be registered lies in refused/ with a receipt that says why', async () => {
    start(1_000);
    await put('long.csv', GOOD + '甲,乙,\n'.repeat(200));
    await untilIn('refused', 'long.csv');
    expect(await receiptOf('refused/long.csv')).toMatchObject({
      status: 'refused',
      findings: [{ code: 'file_too_large', message: expect.stringMatching(/./) }],
    });
    expect(await imports()).toEqual([]);
  });

  it('again is the same import, and the name in done/ gets a number', async () => {
    start();
    await put('a.csv', GOOD);
    await untilIn('done', 'a.csv');
    await put('a.csv', GOOD);
    await untilIn('done', 'a (2).csv');
    expect((await receiptOf('done/a (2).csv')).importId).toBe((await receiptOf('done/a.csv')).importId);
    expect(await imports()).toHaveLength(1);
  });

  it('that was refused and is put in again is tried again', async () => {
    start();
    await put('a.csv', BAD);
    await untilIn('refused', 'a.csv');
    await door.takeFile(mine, 'departments', 'code,name,parent\nNONE,机关,\n');
    await put('a.csv', BAD);
    await untilIn('done', 'a.csv');
  });
});

describe('a file that is not complete', () => {
  it('is left while it grows, and is taken whole', async () => {
    start();
    const rows = Array.from({ length: 12 }, (_, at) => `D${at},第${at}队,\n`);
    await put('grows.csv', 'code,name,parent\n');
    for (const row of rows) {
      await sleep(300);
      await appendFile(join(dir, 'grows.csv'), row);
    }
    expect(await imports()).toEqual([]);
    await untilIn('done', 'grows.csv');
    expect(await receiptOf('done/grows.csv')).toMatchObject({ rows: { posted: 12 } });
  });

  it('is left while somebody has it open for writing, however still it lies', async () => {
    start();
    const handle = await open(join(dir, 'held.csv'), 'w');
    await handle.write(GOOD);
    // A file that nobody writes to would have been taken after some 2.5 s (the control below).
    await sleep(3_500);
    expect(await imports()).toEqual([]);
    await handle.close();
    await untilIn('done', 'held.csv');
  });

  it('control: open for reading alone it is taken', async () => {
    await put('read.csv', GOOD);
    const handle = await open(join(dir, 'read.csv'), 'r');
    start();
    await untilIn('done', 'read.csv');
    await handle.close();
  });

  it('is left by its name, as links, folders and pipes are, until it is renamed', async () => {
    start();
    const names = ['.hidden.csv', '~$a.xlsx', 'a.csv.tmp', 'a.part', 'a.crdownload', 'A.FILEPART'];
    for (const name of names) await put(name, GOOD);
    await mkdir(join(dir, 'folder.csv'));
    await writeFile(join(dir, '../elsewhere.csv'), GOOD);
    await symlink('../elsewhere.csv', join(dir, 'link.csv'));
    await put('old.csv', GOOD);
    // An old date alone does not make it complete at once.
    await utimes(join(dir, 'old.csv'), 1, 1);
    await untilIn('done', 'old.csv');
    // The others have lain still for longer than this one: the next scans would take them.
    await sleep(1_000);
    expect(await listed()).toEqual([...names, 'done', 'folder.csv', 'link.csv', 'refused'].sort());
    await rename(join(dir, 'a.part'), join(dir, 'renamed.csv'));
    await untilIn('done', 'renamed.csv');
  });
});

describe('several processes, and one that was killed', () => {
  it('take each file once', async () => {
    for (let processes = 0; processes < 3; processes += 1) start();
    const names = Array.from({ length: 8 }, (_, at) => `f${at}.csv`);
    for (const [at, name] of names.entries()) await put(name, `code,name,parent\nD${at},甲,\n`);
    await until(async () => (await listed()).length === 2);
    expect((await listed('done')).filter((name) => !name.includes('receipt'))).toEqual(names);
    expect((await imports()).map(({ file }) => file).sort()).toEqual(names);
  });

  it('the next one moves what was imported or refused already, without importing it again', async () => {
    for (const [name, content] of [
      ['good.csv', GOOD],
      ['bad.csv', BAD],
    ] as const) {
      const moving = join(dir, `${name}.part`);
      await writeFile(moving, content);
      await rename(moving, join(dir, name));
      await sleep(20);
      // As a process that was killed before it moved the file: registered, run, and half the receipts written.
      const stored = await door.register.store.put((await open(join(dir, name))).createReadStream());
      const { importId } = await door.register.stored(
        wholeMine(mine, 'inbox'),
        { kind: 'auto', fileName: name },
        stored,
      );
      await door.runImport.run(mine, importId, () => undefined);
      const folder = join(dir, name === 'good.csv' ? 'done' : 'refused');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.receipt.json`), JSON.stringify({ importId, sha256: stored.sha256 }));
    }
    start();
    await untilIn('done', 'good.csv');
    await untilIn('refused', 'bad.csv');
    expect(await imports()).toEqual([
      { file: 'good.csv', status: 'accepted' },
      { file: 'bad.csv', status: 'refused' },
    ]);
    expect(await receiptOf('done/good.csv')).toMatchObject({ status: 'accepted' });
  });
});
