import { fen, fenText, micro, microText } from './figures.js';
import type { Random } from './random.js';
import { CATEGORIES, type Fields, type World } from './world.js';

const departmentCode = (random: Random, world: World): string => random.pick(world.departments)['code'] ?? '';

/** COV-2: volumes that are there, zero, blank, or missing. At most one per period, department and driver. */
export function randomActivities(random: Random, world: World): Fields[] {
  const rows: Fields[] = [];
  for (const { code: period } of world.calendar.periods) {
    for (const { code: department = '' } of world.departments) {
      for (const driver of world.drivers.filter(() => random.chance(78))) {
        const isBlank = random.chance(7);
        const actual = isBlank ? '' : random.chance(8) ? '0' : microText(random, micro(random, 140));
        const planned = isBlank || random.chance(50) ? microText(random, micro(random, 140)) : '';
        rows.push({ period, department, driver, actual, planned });
      }
    }
  }
  return rows;
}

/** GAI-1: every kind, recognition and status; some share a voucher or a project with the records. */
export function randomAdjustments(random: Random, world: World, records: readonly Fields[]): Fields[] {
  return Array.from({ length: random.below(9) }, (_, at) => {
    const isShared = random.chance(25);
    const project = random.chance(45) && world.projects.length > 0 ? random.pick(world.projects)['code'] : '';
    return {
      id: `A${at + 1}`,
      period: random.pick(world.calendar.periods).code,
      department: departmentCode(random, world),
      category: random.pick(CATEGORIES),
      project: project ?? '',
      kind: random.pick(['gain', 'gain', 'input']),
      amount: fenText(random, fen(random, 50_000) * (random.chance(6) ? -1n : 1n)),
      recognition: random.pick(['realised', 'realised', 'realised', 'annualised', 'planned']),
      status: random.pick(['confirmed', 'confirmed', 'confirmed', 'claimed']),
      voucher: isShared ? (random.pick(records)['voucher'] ?? '') : random.pick(['', `政-${at + 1}`]),
    };
  });
}

/** CMP-1: plan figures, at most one per period, department, category and measure. */
export function randomTargets(random: Random, world: World): Fields[] {
  if (random.chance(60)) return [];
  const rows = new Map<string, Fields>();
  for (let count = random.between(1, 6); count > 0; count -= 1) {
    const key = {
      period: random.pick(world.calendar.periods).code,
      department: departmentCode(random, world),
      category: random.pick(CATEGORIES),
      measure: random.pick(['synergy_value', 'price_reduction', 'turnover', 'gains']),
    };
    rows.set(JSON.stringify(key), { ...key, amount: fenText(random, fen(random, 90_000)) });
  }
  return [...rows.values()];
}
