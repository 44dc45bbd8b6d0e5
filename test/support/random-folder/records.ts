import { periodOf, randomDay, type Period } from './calendar.js';
import { agrees, fen, fenText, micro, microText, productFen, type Fen, type Micro } from './figures.js';
import type { Random } from './random.js';
import type { RatePlan } from './rates.js';
import { baselinePrice, type Fields, type Stream, type World } from './world.js';

const SUMMARIES = ['截齿', '三月电费, 含"峰谷"', '返利', '', '钻探, 2 号面', '内部结算单', '合同"A-7"', '返工'];

/** A price near the stream's, at most 6 decimals; now and then the very price of its baseline: savings below a fen. */
function recordPrice(random: Random, stream: Stream): Micro {
  return random.chance(15) ? baselinePrice(stream) : (stream.price * BigInt(random.between(70, 130))) / 100n + 1n;
}

/** ADJ-1 rebates, red letters, records with and without a quantity; what is given obeys RND-4. */
function explicitFigures(random: Random, stream: Stream): Fields {
  if (random.chance(8)) {
    const amount = random.chance(25) ? 0n : fen(random, 900) * (random.chance(70) ? -1n : 1n);
    return { quantity: '0', amount: fenText(random, amount) };
  }
  const sign = random.chance(10) ? -1n : 1n;
  const price = recordPrice(random, stream);
  const shownPrice = random.chance(75) ? microText(random, price) : '';
  if (random.chance(stream.withoutQuantity)) {
    const amount = fenText(random, sign * fen(random, 20_000));
    return { amount, unit_price: random.chance(20) ? shownPrice : '' };
  }
  const quantity = sign * micro(random, random.pick([3, 90, 400]));
  const nudged: Fen = productFen(quantity, price) + BigInt(random.between(-1, 1));
  const isFree = shownPrice === '' && random.chance(50);
  const agreed = agrees(quantity, price, nudged) ? nudged : productFen(quantity, price);
  const amount = isFree ? sign * fen(random, 20_000) : agreed;
  return { quantity: microText(random, quantity), unit_price: shownPrice, amount: fenText(random, amount) };
}

/** IMP-1: a quantity, for which a rate is in force, or an amount, never both. */
function implicitFigures(random: Random, stream: Stream, isRated: boolean): Fields {
  const sign = random.chance(6) ? -1n : 1n;
  if (!isRated || random.chance(stream.withoutQuantity)) return { amount: fenText(random, sign * fen(random, 9_000)) };
  const quantity = random.chance(5) ? 0n : sign * micro(random, 90);
  const unitPrice = random.chance(10) ? microText(random, stream.price) : '';
  return { quantity: microText(random, quantity), unit_price: unitPrice };
}

function taxOf(random: Random): Fields {
  if (random.chance(18)) {
    return { tax_basis: 'incl', tax_rate: random.pick(['0.13', '0.09', '0.06', '0.03', '0.01', '0']) };
  }
  return random.chance(10) ? { tax_basis: 'excl', tax_rate: random.pick(['', '0.13']) } : {};
}

function dateOf(random: Random, world: World): string {
  const turning = world.turningDates.filter((date) => periodOf(world.calendar, date));
  if (turning.length > 0 && random.chance(15)) return random.pick(turning);
  return randomDay(random, random.pick(world.calendar.periods));
}

/** COR-1: mostly an earlier period than the date's own, sometimes the same, rarely a later one. */
function correctedPeriod(random: Random, world: World, own: Period): Period | undefined {
  if (!random.chance(15)) return undefined;
  const earlier = world.calendar.periods.filter(({ end }) => end < own.start);
  if (earlier.length > 0 && random.chance(85)) return random.pick(earlier);
  return random.chance(30) ? random.pick(world.calendar.periods) : undefined;
}

function placeOf(random: Random, world: World, stream: Stream): Fields {
  const project = random.chance(75) ? stream.project : random.chance(40) ? (world.projects[0]?.['code'] ?? '') : '';
  const isInternal = random.chance(project === '' ? 10 : 55);
  const department = random.chance(92) ? stream.department : (random.pick(world.departments)['code'] ?? '');
  return {
    department,
    project,
    internal: isInternal ? 'yes' : random.pick(['', 'no']),
    counterparty: isInternal ? '机修厂' : random.pick(['', '兖州配件厂', '国网, 滕州']),
  };
}

function recordRow(random: Random, world: World, rates: RatePlan, at: number): Fields {
  const stream = random.pick(world.streams);
  const date = dateOf(random, world);
  const own = periodOf(world.calendar, date);
  if (!own) throw new Error(`${date} lies in no period`);
  const corrected = correctedPeriod(random, world, own);
  const isRated = rates.isRated(stream.item.code, corrected ?? own);
  const isExplicit = stream.nature === 'explicit';
  return {
    id: `R${at + 1}`,
    date,
    ...placeOf(random, world, stream),
    category: stream.category,
    item: stream.item.code,
    nature: stream.nature,
    unit: random.chance(60) ? stream.item.unit : '',
    voucher: random.chance(60) ? `记-${String(random.below(60)).padStart(4, '0')}` : '',
    summary: random.pick(SUMMARIES),
    ...(isExplicit ? explicitFigures(random, stream) : implicitFigures(random, stream, isRated)),
    ...taxOf(random),
    corrects_period: corrected?.code ?? '',
  };
}

/** 5 to 120 records, mostly few. */
export function randomRecords(random: Random, world: World, rates: RatePlan): Fields[] {
  const length = random.pick([random.between(5, 15), random.between(10, 40), random.between(30, 120)]);
  return Array.from({ length }, (_, at) => recordRow(random, world, rates, at));
}
