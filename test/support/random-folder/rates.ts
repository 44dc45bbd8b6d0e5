import type { Period } from './calendar.js';
import { micro, microText } from './figures.js';
import type { Random } from './random.js';
import type { Fields, World } from './world.js';

export interface RatePlan {
  readonly rows: readonly Fields[];
  /** Is a rate of the item in force in the period? */
  isRated(item: string, period: Period): boolean;
}

/** Per implicit item: runs of periods with one rate each (BAS-3), the first or last sometimes without any. */
export function randomRates(random: Random, world: World): RatePlan {
  const { periods } = world.calendar;
  const rows: Fields[] = [];
  const rated = new Set<string>();
  for (const { code, unit } of world.items.filter(({ isImplicit }) => isImplicit)) {
    if (random.chance(12)) continue;
    const skipped = random.chance(15) ? random.below(2) : 0;
    const ends = periods.map((_, at) => at).filter((at) => at === periods.length - 1 || random.chance(35));
    let start = skipped;
    for (const end of ends.filter((at) => at >= skipped)) {
      const isFirst = start === 0;
      const isLast = end === periods.length - 1;
      rows.push({
        item: code,
        unit: random.chance(70) ? unit : '',
        rate: microText(random, micro(random, 400)),
        valid_from: isFirst && random.chance(60) ? random.pick(['', '2020-01-01']) : (periods[start]?.start ?? ''),
        valid_to: isLast && random.chance(60) ? random.pick(['', '2029-12-31']) : (periods[end]?.end ?? ''),
        basis: random.pick(['人工成本÷有效工时', '折旧与维护费, "可用"机时', '']),
      });
      periods.slice(start, end + 1).forEach((period) => rated.add(`${code} ${period.code}`));
      start = end + 1;
    }
  }
  return { rows, isRated: (item, period) => rated.has(`${item} ${period.code}`) };
}
