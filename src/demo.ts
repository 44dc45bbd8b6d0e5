/** The sample years through the same door as anyone's files, and the table of 2023 (README, first command). */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { tableLines } from './commands/compute-table.js';
import { showing } from './commands/import-progress.js';
import { DEMO_CLERK, approveInOrder, makePeople } from './demo-people.js';
import { ImportFolder } from './modules/intake/index.js';
import { FIRST_MINE, wholeMine } from './modules/mines/index.js';
import { answerSynergy } from './modules/synergy/index.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { Progress } from './platform/terminal/progress.js';

const SAMPLE = join(import.meta.dirname, '../../docs/sample');
const YEARS = ['2022', '2023'] as const;

/** Takes the sample years in (a second time nothing happens) and prints the figures of the last one by department. */
export async function runDemo(app: INestApplicationContext, print: (text: string) => void): Promise<void> {
  print('示例数据，非真实数据 (illustrative data, not those of a real mine)\n');
  await makePeople(app, print);
  for (const year of YEARS) await takeYear(app, year, print);
  const year = YEARS.at(-1)!;
  const answer = await app.get(UnitOfWork).run(wholeMine(FIRST_MINE.code), (tx) =>
    answerSynergy(tx, FIRST_MINE.code, {
      periods: { from: `${year}-01`, to: `${year}-12` },
      ...{ filter: {}, by: ['department'], against: [], view: 'known' },
    }),
  );
  print(`\n${(await tableLines(answer, await filesOf(join(SAMPLE, year)))).join('\n')}\n\n`);
}

/** Handed in by the clerk, approved by the reviewer and finance, as anyone's files are. */
async function takeYear(app: INestApplicationContext, year: string, print: (text: string) => void): Promise<void> {
  const progress = new Progress(process.stderr);
  const reach = wholeMine(FIRST_MINE.code, DEMO_CLERK.username);
  const take = () => app.get(ImportFolder).take(reach, join(SAMPLE, year), showing(progress));
  const handedIn = await take();
  let taken = handedIn;
  if (handedIn.import.status === 'waiting') {
    const role = await approveInOrder(app, handedIn.import.id);
    // The same content again is the same import: it is waited for.
    if (role === null) taken = await take();
    else print(`${year}年示例：等待 ${role} 批准，尚未计入 (waits for approval)\n`);
  }
  progress.end();
  if (taken.import.status === 'waiting') return;
  if (taken.import.status !== 'accepted') throw new Error(`the sample year ${year} was refused`);
  print(`${year}年示例：${taken.import.rows_accepted} 行${handedIn.isNew ? '已入账' : '此前已入账，没有变化'}\n`);
}

async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const names = await readdir(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}
