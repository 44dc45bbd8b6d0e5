import { randomCalendar, randomDay, type Calendar } from './calendar.js';
import { micro, type Micro } from './figures.js';
import type { Random } from './random.js';

/** A row of a file before it is dressed: column code → value in codes; an absent column is blank. */
export type Fields = Readonly<Record<string, string>>;

export interface Item {
  readonly code: string;
  readonly isImplicit: boolean;
  /** CMB-1: one unit per item, so that whatever names a unit names the same. */
  readonly unit: string;
  readonly isOwn: boolean;
}

/** What records and baselines gather around: enough of them meet for groups to hold several records. */
export interface Stream {
  readonly department: string;
  readonly category: string;
  readonly item: Item;
  readonly nature: 'explicit' | 'implicit_booked' | 'implicit_opportunity';
  /** '' where the stream belongs to no project. */
  readonly project: string;
  readonly price: Micro;
  /** How many of its records in a hundred come without a quantity. */
  readonly withoutQuantity: number;
}

/** What the baselines of a stream allow per unit, as entered. */
export const baselinePrice = ({ price }: Stream): Micro => (price * 21n) / 20n + 1n;

export interface World {
  readonly calendar: Calendar;
  readonly departments: readonly Fields[];
  readonly items: readonly Item[];
  readonly projects: readonly Fields[];
  readonly streams: readonly Stream[];
  readonly drivers: readonly string[];
  /** Dates at which something changes; records like to fall on them. */
  readonly turningDates: string[];
}

export const CATEGORIES = ['management', 'resource', 'business', 'personnel', 'market', 'industry'] as const;

const item = (code: string, isImplicit: boolean, unit: string, isOwn = false): Item => ({
  code,
  isImplicit,
  unit,
  isOwn,
});

const ITEMS: readonly Item[] = [
  item('0101', false, '立方米'),
  item('0104', false, '件'),
  item('0105', false, '千克'),
  item('02', false, '千瓦时'),
  item('03', false, '工日'),
  item('05', false, '台'),
  item('10', false, '米'),
  item('11', false, '台班'),
  item('32', false, '笔'),
  item('BELT_01', false, '米', true),
  item('IDLE_MACHINE', true, '小时'),
  item('REWORK', true, '小时'),
  item('STOCK', true, '万元天'),
  item('ENERGY_LEAK', true, '千瓦时'),
  item('WAIT_01', true, '人时', true),
];

const TREE: readonly Fields[] = [
  { code: 'MINE', name: '柴里煤矿', parent: '' },
  { code: 'CM1', name: '采煤一区,"综采"队', parent: 'MINE' },
  { code: 'CM11', name: '生产一班', parent: 'CM1' },
  { code: 'JD', name: '机电区', parent: 'MINE' },
  { code: 'GY', name: '供应部, 仓库', parent: 'MINE' },
  { code: 'ZY', name: '政策研究办公室', parent: '' },
  { code: '运输区', name: '运输区', parent: 'JD' },
];

/** PRJ-1: unapproved, approved long ago, approved or closed within the months looked at. */
function randomProject(random: Random, calendar: Calendar, departments: readonly Fields[], at: number): Fields {
  const day = (): string => randomDay(random, random.pick(calendar.periods));
  const [a, b] = [day(), day()];
  const dates = random.pick([['', ''], ['2021-05-17', ''], ['2021-05-17', a], [a, ''], a <= b ? [a, b] : [b, a]]);
  return {
    code: `P0${at + 1}`,
    name: random.pick(['综采设备内部大修', '外委钻探转内部', '集中采购, 一期', '"双六零"攻关']),
    category: random.pick(CATEGORIES),
    lead: random.pick(departments)['code'] ?? '',
    approved_on: dates[0] ?? '',
    closed_on: dates[1] ?? '',
  };
}

function randomStream(random: Random, world: Pick<World, 'departments' | 'items' | 'projects'>): Stream {
  const chosen = random.pick(world.items);
  const project = random.chance(45) && world.projects.length > 0 ? random.pick(world.projects)['code'] : '';
  return {
    department: random.pick(world.departments)['code'] ?? '',
    category: random.pick(CATEGORIES),
    item: chosen,
    nature: chosen.isImplicit ? random.pick(['implicit_booked', 'implicit_opportunity'] as const) : 'explicit',
    project: project ?? '',
    price: micro(random, random.pick([2, 120, 4000])),
    withoutQuantity: random.pick([0, 0, 0, 10, 100]),
  };
}

/** Several departments often share a subject: then baselines with and without a department compete (BAS-2). */
function randomStreams(random: Random, world: Pick<World, 'departments' | 'items' | 'projects'>): Stream[] {
  const streams: Stream[] = [];
  const count = random.between(3, 9);
  while (streams.length < count) {
    const fresh = randomStream(random, world);
    const twin = streams.length > 0 && random.chance(30) ? random.pick(streams) : fresh;
    const { category, item: ofTwin, nature } = twin;
    streams.push({ ...fresh, category, item: ofTwin, nature });
  }
  return streams;
}

export function randomWorld(random: Random): World {
  const calendar = randomCalendar(random);
  const departments = TREE.slice(0, random.between(4, TREE.length));
  const hasOwnItems = random.chance(40);
  const items = ITEMS.filter(({ isOwn }) => hasOwnItems || !isOwn);
  const projects = Array.from({ length: random.below(5) }, (_, at) => randomProject(random, calendar, departments, at));
  const parts = { departments, items, projects };
  const turningDates = projects.flatMap(({ approved_on = '', closed_on = '' }) => [approved_on, closed_on]);
  return {
    ...parts,
    calendar,
    streams: randomStreams(random, parts),
    drivers: random.chance(50) ? ['raw_coal_kt', 'advance_m'] : ['原煤产量', '进尺'],
    turningDates: turningDates.filter((date) => date !== ''),
  };
}
