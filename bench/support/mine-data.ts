import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CATEGORIES } from '../../analytics/synergy/types.js';
import { Caller } from './http-client.js';

/** What the measured mines have: 40 departments, and for a thousand of their costs a baseline. */
export const DEPARTMENTS = Array.from({ length: 40 }, (_, i) => `D${String(i + 1).padStart(2, '0')}`);
export const EXPLICIT_ITEMS = ['0101', '0102', '0103', '0104', '0105', '0106', '0199', '02', '05', '10'] as const;
export const IMPLICIT_ITEMS = ['IDLE_LABOUR', 'IDLE_MACHINE', 'DOWNTIME', 'REWORK'] as const;
export const PROJECTS = ['P01', 'P02'] as const;
export const YEAR = 2023;
export const MONTHS = Array.from({ length: 12 }, (_, i) => `${YEAR}-${String(i + 1).padStart(2, '0')}`);

const PRICED_ITEMS = EXPLICIT_ITEMS.slice(0, 4);
const NORMED = { category: 'resource', item: '02' } as const;
const FIXED = { category: 'management', item: '05' } as const;

const FILES: Readonly<Record<string, () => string[]>> = {
  departments: () => ['code,name,parent', ...DEPARTMENTS.map((code, i) => `${code},${i + 1}队,`)],
  projects: () => [
    'code,name,category,lead,approved_on,closed_on',
    ...PROJECTS.map((code, i) => `${code},协同项目${i + 1},industry,${DEPARTMENTS[i]},${YEAR}-01-01,`),
  ],
  baselines: () => [
    'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume',
    ...baselines(),
  ],
  activities: () => ['period,department,driver,actual,planned', ...activities()],
};

/** Prices for four items in every department and category, a norm and an amount in every department. */
function* baselines(): Generator<string> {
  const year = `${YEAR}-01-01,${YEAR}-12-31,budget`;
  let n = 0;
  const code = () => `B${String((n += 1)).padStart(4, '0')}`;
  for (const department of DEPARTMENTS) {
    for (const category of CATEGORIES) {
      for (const item of PRICED_ITEMS) yield `${code()},${department},${category},${item},explicit,,${year},120,,,,,`;
    }
    yield `${code()},${department},${NORMED.category},${NORMED.item},explicit,,${year},120,1.25,output,,,`;
    yield `${code()},${department},${FIXED.category},${FIXED.item},explicit,,${year},,,,,250000.00,`;
  }
}

function* activities(): Generator<string> {
  for (const month of MONTHS) for (const department of DEPARTMENTS) yield `${month},${department},output,900,1000`;
}

/** Makes a mine and takes its reference data in, through the service's own doors. */
export async function makeMine(port: number, code: string, folder: string): Promise<void> {
  await new Caller(port).post('/api/v1/mines', { code, name: `测量 ${code}` });
  await fillMine(new Caller(port, code), folder);
}

/** Takes the reference data in by a caller, who is done with afterwards. */
export async function fillMine(caller: Caller, folder: string): Promise<void> {
  try {
    for (const [kind, lines] of Object.entries(FILES)) {
      const file = join(folder, `${kind}.csv`);
      await writeFile(file, `${lines().join('\n')}\n`);
      await untilAccepted(caller, await caller.upload(kind, file), 10);
    }
  } finally {
    caller.close();
  }
}

export interface ImportState {
  readonly status: 'queued' | 'running' | 'refused' | 'accepted';
  readonly phase: string | null;
  readonly rows: number;
  readonly accepted: number;
}

/**
 * Looks at an import every so many milliseconds until it is accepted, telling each look.
 * @throws Error with its first findings when it is refused
 */
export async function untilAccepted(
  caller: Caller,
  id: string,
  everyMs: number,
  onLook: (state: ImportState) => void = () => undefined,
): Promise<ImportState> {
  for (;;) {
    const state = JSON.parse((await caller.get(`/api/v1/imports/${id}`)).toString()) as ImportState;
    onLook(state);
    if (state.status === 'accepted') return state;
    if (state.status === 'refused') {
      throw new Error(`refused: ${(await caller.get(`/api/v1/imports/${id}/issues?limit=5`)).toString()}`);
    }
    await sleep(everyMs);
  }
}
