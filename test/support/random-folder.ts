/**
 * Random folders for the property, parity and fault tests. Every folder is valid under each refusal rule of docs/calculation-spec.md
 * and docs/calculation-spec.md, and over a few dozen seeds they reach every clause of the calculation.
 */
import type { Folder } from './naive/table.js';
import type { FileName } from './naive/words.js';
import { randomBaselines } from './random-folder/baselines.js';
import { dressed } from './random-folder/dress.js';
import { randomActivities, randomAdjustments, randomTargets } from './random-folder/ledger.js';
import { Random } from './random-folder/random.js';
import { randomRates } from './random-folder/rates.js';
import { randomRecords } from './random-folder/records.js';
import { randomWorld, type Fields, type World } from './random-folder/world.js';

export { splitFolder, type Step, type StepKind } from './random-folder/split.js';
export type { Folder };

const OPTIONAL: readonly FileName[] = ['periods.csv', 'items.csv', 'targets.csv'];

function ownItems({ items }: World): Fields[] {
  return items
    .filter(({ isOwn }) => isOwn)
    .map(({ code, isImplicit }) => ({ code, name: `自设, ${code}`, nature: isImplicit ? 'implicit' : 'explicit' }));
}

function periodRows({ calendar }: World): Fields[] {
  return calendar.isTable ? calendar.periods.map(({ code, start, end }) => ({ code, start, end })) : [];
}

/** VAL-2: both switches; a switch left out is 'within'. */
function randomMethod(random: Random): Record<string, string> {
  if (random.chance(50)) return {};
  const side = (): string => random.pick(['within', 'beside']);
  const method = { priceReduction: side(), opportunitySaving: side() };
  return { 'method.json': JSON.stringify(method) };
}

/** The same seed always gives the same folder. Optional files without rows are left out, the others keep their header. */
export function randomFolder(seed: number): Folder {
  const random = new Random(seed);
  const world = randomWorld(random);
  const rates = randomRates(random, world);
  const baselines = randomBaselines(random, world);
  const records = randomRecords(random, world, rates);
  const tables: Readonly<Record<FileName, readonly Fields[]>> = {
    'departments.csv': world.departments,
    'periods.csv': periodRows(world),
    'items.csv': ownItems(world),
    'projects.csv': world.projects,
    'records.csv': records,
    'baselines.csv': baselines,
    'activities.csv': randomActivities(random, world),
    'rates.csv': rates.rows,
    'adjustments.csv': randomAdjustments(random, world, records),
    'targets.csv': randomTargets(random, world),
  };
  const files = (Object.keys(tables) as FileName[])
    .filter((file) => tables[file].length > 0 || !OPTIONAL.includes(file))
    .map((file) => [file, dressed(random, file, tables[file])]);
  return { ...(Object.fromEntries(files) as Folder), ...randomMethod(random) };
}
