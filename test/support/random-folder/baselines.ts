import { addDays, randomDay } from './calendar.js';
import { fen, fenText, micro, microText } from './figures.js';
import type { Random } from './random.js';
import { baselinePrice, type Fields, type Stream, type World } from './world.js';

type Kind = 'price' | 'norm' | 'quantity' | 'amount' | 'flexed';

interface Window {
  readonly from: string;
  readonly to: string;
}

interface Proposal extends Window {
  readonly kind: Kind;
  readonly stream: Stream;
  readonly department: string;
  readonly project: string;
}

const KINDS: readonly Kind[] = ['price', 'norm', 'quantity', 'amount', 'flexed'];

function overlap(a: Window, b: Window): boolean {
  const startsByEnd = (x: Window, y: Window): boolean => x.from === '' || y.to === '' || x.from <= y.to;
  return startsByEnd(a, b) && startsByEnd(b, a);
}

/** BAS-2: equally specific, or a project's beside the department's own norm, quantity or amount. */
function clash(a: Proposal, b: Proposal): boolean {
  const [p, q] = [a.stream, b.stream];
  const isSameSubject = p.category === q.category && p.item.code === q.item.code && p.nature === q.nature;
  if (!isSameSubject || !overlap(a, b)) return false;
  if (a.project === b.project) return a.department === b.department;
  const isBeside = (ofProject: Proposal, other: Proposal): boolean =>
    ofProject.project !== '' &&
    other.project === '' &&
    other.kind !== 'price' &&
    (ofProject.department === '' || ofProject.department === other.department);
  return isBeside(a, b) || isBeside(b, a);
}

/**
 * One window over everything, two that meet, or the first of two. Prices may change any day; anything else meets at
 * the boundary of two periods (BAS-3). The outer dates lie outside every period, or on the first and last boundary.
 */
function windows(random: Random, world: World, kinds: readonly Kind[]): Window[] {
  const { periods } = world.calendar;
  const from = random.pick(['', '2020-01-01', periods[0]?.start ?? '']);
  const to = random.pick(['', '2029-12-31', periods.at(-1)?.end ?? '']);
  if (kinds.length === 1) return [{ from, to }];
  const isAnyDay = kinds.every((kind) => kind === 'price');
  const at = random.between(1, periods.length - 1);
  const cut = isAnyDay ? addDays(randomDay(random, random.pick(periods)), 1) : (periods[at]?.start ?? '');
  const lastBefore = isAnyDay ? addDays(cut, -1) : (periods[at - 1]?.end ?? '');
  if (to !== '' && cut > to) return [{ from, to }];
  world.turningDates.push(cut, lastBefore);
  return [
    { from, to: lastBefore },
    { from: cut, to },
  ];
}

function kindsOver(random: Random, world: World, allowed: readonly Kind[]): Kind[] {
  const first = random.pick(allowed);
  if (random.chance(60)) return [first];
  const second = random.chance(70) ? first : random.pick(allowed);
  const canMeet = world.calendar.periods.length > 1 || (first === 'price' && second === 'price');
  return canMeet ? [first, second] : [first];
}

function proposals(
  random: Random,
  world: World,
  stream: Stream,
  allowed: readonly Kind[],
  project: string,
): Proposal[] {
  const kinds = kindsOver(random, world, allowed);
  const isPriceOnly = kinds.every((kind) => kind === 'price');
  // BAS-1: only price baselines may leave the department empty.
  const department = isPriceOnly && random.chance(45) ? '' : stream.department;
  const spans = windows(random, world, kinds).slice(0, random.chance(85) ? 2 : 1);
  return spans.map((span, at) => ({ ...span, kind: kinds[at] ?? 'price', stream, department, project }));
}

function figuresOf(random: Random, world: World, { kind, stream }: Proposal): Fields {
  const driver = random.pick(world.drivers);
  const price = stream.nature === 'explicit' ? { unit_price: microText(random, baselinePrice(stream)) } : {};
  switch (kind) {
    case 'price':
      return price;
    case 'norm':
      return { ...price, norm: microText(random, micro(random, 8)), driver };
    case 'quantity':
      return { ...price, quantity: microText(random, micro(random, 900)) };
    case 'amount':
      return { amount: fenText(random, fen(random, 90_000)) };
    case 'flexed': {
      const fixed = random.chance(50) ? fenText(random, random.chance(15) ? 0n : fen(random, 20_000)) : '';
      const planned = microText(random, micro(random, 130));
      return { amount: fenText(random, fen(random, 90_000)), driver, planned_volume: planned, fixed_amount: fixed };
    }
  }
}

function baselineRow(random: Random, world: World, proposal: Proposal, at: number): Fields {
  const { stream, department, project, from, to } = proposal;
  const taxed = random.chance(20);
  return {
    code: `B-${String(at + 1).padStart(2, '0')}`,
    department,
    category: stream.category,
    item: stream.item.code,
    nature: stream.nature,
    project,
    valid_from: from,
    valid_to: to,
    basis: random.pick(['budget', 'prior_year', 'market', 'contract', 'internal']),
    ...figuresOf(random, world, proposal),
    unit: random.chance(50) ? stream.item.unit : '',
    tax_basis: taxed ? 'incl' : random.pick(['', '', 'excl']),
    tax_rate: taxed ? random.pick(['0.13', '0.09', '0.06', '0.03', '0']) : random.pick(['', '', '0.13']),
  };
}

/** Baselines around the streams, and a few on subjects that nobody reports (COV-3). Those that would clash are dropped. */
export function randomBaselines(random: Random, world: World): Fields[] {
  const wished: Proposal[] = [];
  for (const stream of world.streams) {
    const allowed = stream.nature === 'explicit' ? KINDS : KINDS.filter((kind) => kind !== 'price');
    const mainProject = random.chance(35) ? stream.project : '';
    if (random.chance(85)) wished.push(...proposals(random, world, stream, allowed, mainProject));
    if (stream.nature === 'explicit' && random.chance(35))
      wished.push(...proposals(random, world, stream, ['price'], ''));
    if (stream.project !== '' && random.chance(45)) {
      wished.push(...proposals(random, world, stream, allowed, stream.project));
    }
  }
  for (let extra = random.below(3); extra > 0; extra -= 1) {
    const stream = { ...random.pick(world.streams), department: random.pick(world.departments)['code'] ?? '' };
    wished.push(...proposals(random, world, stream, ['norm', 'quantity', 'amount', 'flexed'], ''));
  }
  const accepted: Proposal[] = [];
  for (const proposal of wished) {
    if (!accepted.some((other) => clash(proposal, other))) accepted.push(proposal);
  }
  return accepted.map((proposal, at) => baselineRow(random, world, proposal, at));
}
