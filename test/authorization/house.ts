import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportFolder } from '../../src/modules/intake/index.js';
import { Mines, wholeMine } from '../../src/modules/mines/index.js';
import { runFolder } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { Client, type Headers } from './client.js';
import { folderOf } from './folder.js';
import { fillHouse, type Things } from './fill-house.js';
import { BOOKING, MINE, OTHER_MINE, type Booking } from './places.js';

/** The people who do the ordinary work of a house; whoever tries the doors is another. */
export interface Staff {
  readonly clerk: Headers;
  readonly reviewer: Headers;
  readonly finance: Headers;
  readonly otherFinance: Headers;
  readonly admin: Headers;
}

/** One service with two mines full of things. */
export interface House {
  readonly running: HttpAppUnderTest;
  readonly client: Client;
  readonly staff: Staff;
  readonly things: Things;
}

/** Starts the service with every guard on, and fills both mines over HTTP as their people would. */
export async function buildHouse(): Promise<House> {
  const running = await startHttpApp({ approval: true, anonymous: true });
  await running.app.get(Mines).ensure({ code: OTHER_MINE, name: '柳湾矿' });
  await takeFolder(running, MINE, BOOKING);
  await takeFolder(running, OTHER_MINE, ['away']);
  const client = new Client(running.url);
  const staff = await hire(running, MINE);
  const things = await fillHouse(running, client, staff, await hire(running, OTHER_MINE));
  return { running, client, staff, things };
}

async function hire(running: HttpAppUnderTest, mine: string): Promise<Staff> {
  const whole = (role: 'clerk' | 'reviewer' | 'finance' | 'admin') => running.callerWith(role, [''], mine);
  return {
    clerk: await whole('clerk'),
    reviewer: await whole('reviewer'),
    finance: await whole('finance'),
    otherFinance: await whole('finance'),
    admin: await whole('admin'),
  };
}

/** What a mine has before the first day: taken in while its path of approval is put aside. */
async function takeFolder(running: HttpAppUnderTest, mine: string, bookings: readonly (Booking | 'away')[]) {
  const steps = await running.query('DELETE FROM approval_steps WHERE mine_id = $1 RETURNING *', [mine]);
  const path = await mkdtemp(join(runFolder(), 'folder-'));
  for (const [name, text] of Object.entries(folderOf(bookings))) await writeFile(join(path, name), text);
  const taken = await running.app
    .get(ImportFolder, { strict: false })
    .take(wholeMine(mine, 'founder'), path, () => undefined);
  if (taken.import.status !== 'accepted') throw new Error(JSON.stringify(taken.findings));
  await running.query('INSERT INTO approval_steps SELECT * FROM jsonb_populate_recordset(null::approval_steps, $1)', [
    JSON.stringify(steps),
  ]);
}
