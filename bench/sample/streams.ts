import { dayOf, lastDay, Year } from './calendar.js';
import { Chance } from './chance.js';
import { divideRounded, Micro, ONE, tilted, timesToFen, toGrain } from './micro.js';
import { Category, CostRecord, Nature } from './rows.js';
import { volumeOf } from './volumes.js';

/** A cost that recurs month after month; tilts and noise in ten-thousandths, a positive tilt being a saving. */
export interface Stream {
  label: string;
  department: string;
  category: Category;
  item: string;
  nature: Nature;
  project: string;
  internal: boolean;
  unit: string;
  /** What a month would use: per unit of the driver where one is named, else per month. */
  usual: Micro;
  driver: string;
  /** Whose volume counts, where it is not the department's own. */
  volumeAt: string;
  /** Yuan per unit, net; null for a stream whose `usual` is yuan and not a quantity. */
  price: Micro | null;
  draws: readonly [fewest: number, most: number];
  grain: Micro;
  priceGrain: Micro;
  priceTilt: number;
  usageTilt: number;
  priceNoise: number;
  usageNoise: number;
  /** Further usage per month of the year, in ten-thousandths (summer drainage, winter heat). */
  season: readonly number[];
  /** A mine-wide price per month, which stands above `price`. */
  monthPrice: readonly Micro[];
  months: readonly [first: number, last: number];
  /** Dated on the last day (bills and month-end slips) instead of spread over the month. */
  atMonthEnd: boolean;
  sellers: readonly string[];
  words: readonly string[];
}

export const QUIET = {
  nature: 'explicit',
  project: '',
  internal: false,
  driver: '',
  volumeAt: '',
  draws: [1, 1],
  grain: ONE,
  priceGrain: 10_000n,
  priceTilt: 0,
  usageTilt: 0,
  priceNoise: 0,
  usageNoise: 0,
  season: [],
  monthPrice: [],
  months: [1, 12],
  atMonthEnd: false,
  sellers: [''],
} as const satisfies Partial<Stream>;

/** What the baseline of the stream would allow in that month (quantity, or yuan for a stream without a price). */
export const targetOf = (stream: Stream, year: Year, month: number): Micro =>
  stream.driver === ''
    ? stream.usual
    : divideRounded(stream.usual * volumeOf(year, month, stream.volumeAt || stream.department, stream.driver), ONE);

function priceIn(stream: Stream, month: number, chance: Chance): Micro | null {
  if (stream.price === null) return null;
  const announced = stream.monthPrice[month - 1];
  if (announced !== undefined) return announced;
  return tilted(stream.price, chance.around(stream.priceNoise) - stream.priceTilt, stream.priceGrain);
}

/** One month's records of a stream; the parts sum to the month's consumption. */
export function monthRecords(stream: Stream, year: Year, month: number): CostRecord[] {
  if (month < stream.months[0] || month > stream.months[1]) return [];
  const chance = new Chance(`${year} ${month} ${stream.label}`);
  const swing = (stream.season[month - 1] ?? 0) + chance.around(stream.usageNoise) - stream.usageTilt;
  const whole = tilted(targetOf(stream, year, month), swing, stream.grain);
  const weights = chance.weights(chance.between(stream.draws[0], stream.draws[1]));
  const all = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  let left = whole;
  return weights.map((weight, index): CostRecord => {
    const last = index === weights.length - 1;
    const part = last ? left : toGrain((whole * BigInt(weight)) / all, stream.grain);
    left -= part;
    const unitPrice = priceIn(stream, month, chance);
    const sellerAt = chance.between(0, stream.sellers.length - 1);
    const wordsAt = chance.between(0, stream.words.length - 1);
    // Lists of one length belong together: the hotel bills the meeting, the print shop the printing.
    const words = stream.words[stream.words.length === stream.sellers.length ? sellerAt : wordsAt] ?? '';
    const day = stream.atMonthEnd ? lastDay(year, month) : chance.between(2, 28);
    return {
      id: '',
      date: dayOf(year, month, day),
      department: stream.department,
      category: stream.category,
      item: stream.item,
      nature: stream.nature,
      quantity: stream.unit === '' ? null : part,
      unit: stream.unit,
      unitPrice,
      amount: stream.unit === '' ? part : unitPrice === null ? null : timesToFen(part, unitPrice),
      project: stream.project,
      counterparty: stream.sellers[sellerAt] ?? '',
      internal: stream.internal,
      voucher: '',
      summary: words.replaceAll('{month}', String(month)),
      taxRate: null,
      corrects: '',
    };
  });
}
