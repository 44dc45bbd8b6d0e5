import { baselineOf, halved, usageBaseline } from './baseline-rows.js';
import { Year } from './calendar.js';
import { micro, Micro, net, tilted } from './micro.js';
import { Baseline } from './rows.js';
import { QUIET, Stream } from './streams.js';
import { cell, table } from './table.js';

/** department | driver | kWh per unit of it, or per month | saved 2022 | 2023 (ten-thousandths) | words */
const POWER = table(
  `
  JD | raw_coal_kt | 10600 | -35  | -45 | {month}月提升压风排水电费
  CM1| raw_coal_kt | 4900  | 20   | 40  | {month}月综采工作面电费
  CM2| raw_coal_kt | 5050  | 0    | 30  | {month}月综采工作面电费
  CM3| raw_coal_kt | 5400  | -80 | -95 | {month}月综采工作面电费
  JJ1| drivage_m   | 880   | 10   | 40  | {month}月掘进工作面电费
  JJ2| drivage_m   | 890   | 30   | 20  | {month}月掘进工作面电费
  JJ3| drivage_m   | 930   | -70  | -60 | {month}月掘进工作面电费
  KT | drivage_m   | 760   | 0    | 20  | {month}月开拓工作面电费
  YS | raw_coal_kt | 2450  | 40   | 45  | {month}月皮带及电机车电费
  TF | raw_coal_kt | 2700  | -30  | -65 | {month}月主通风机电费
  XM | washed_kt   | 5600  | 30   | 25  | {month}月洗选系统电费
  ZT | drilling_m  | 9.5   | 0    | 20  | {month}月钻机电费
  JX | repair_h    | 8.2   | 40   | 50  | {month}月机修车间电费
  GR | heat_gj     | 4.6   | -60  | -80 | {month}月供热车间电费
  SC |             | 88000 | -30  | 25  | {month}月水处理站电费
  HQ |             | 64000 | -90  | -40 | {month}月后勤办公楼电费
  WY |             | 52000 | 20   | 35  | {month}月家属区公用电费
  ST | meals_k     | 620   | 0    | 30  | {month}月食堂电费
  XX |             | 21000 | 30   | 0   | {month}月机房电费
  `,
  6,
);

/** The price the grid billed, yuan per kWh net of VAT, the same for every department of a month. */
const BILLED: Record<Year, readonly string[]> = {
  2022: '0.6452 0.6478 0.6440 0.6405 0.6418 0.6461 0.6533 0.6547 0.6472 0.6420 0.6415 0.6458'.split(' '),
  2023: '0.6340 0.6361 0.6327 0.6308 0.6311 0.6335 0.6429 0.6425 0.6330 0.6301 0.6298 0.6325'.split(' '),
};

const POWER_PRICE: Record<Year, Micro> = { 2022: micro('0.6470'), 2023: micro('0.6347') };

/** Rain fills the goaf in summer, and heating runs in winter: the norm knows neither. */
const DRAINAGE = [-40, -30, -20, 0, 20, 90, 210, 260, 160, 10, -30, -50];
const WINTER = [160, 140, 40, -60, -120, -90, 30, 40, -80, -90, 40, 130];

/** department | m³ a month | saved 2022 | 2023 | words; billed with 9 % VAT */
const WATER = table(
  `
  XM | 41000 | 40   | 110 | {month}月洗选补充水
  SC | 8600  | -60  | 40  | {month}月水处理站生产用水
  GR | 12400 | -80  | -60 | {month}月锅炉补水
  HQ | 9800  | -150 | 30  | {month}月浴室及办公用水
  WY | 15600 | 60   | -90 | {month}月家属区用水
  ST | 3100  | 20   | 50  | {month}月食堂用水
  CM1| 6900  | 30   | 20  | {month}月工作面防尘用水
  CM2| 6100  | -20  | 60  | {month}月工作面防尘用水
  JJ1| 3400  | 0    | 40  | {month}月掘进防尘用水
  `,
  5,
);

const WATER_VAT = micro('0.09');
const WATER_PRICE: Record<Year, Micro> = { 2022: micro('3.95'), 2023: micro('4.05') };
/** The treatment station draws mine water, at its own price. */
const MINE_WATER = { department: 'SC', price: micro('3.12'), billed: micro('2.85') };
const WATER_BILLED: Record<Year, Micro> = { 2022: micro('3.61'), 2023: micro('3.69') };

/** department | litres a month | words: a shared price baseline only */
const DIESEL = table(
  `
  YS | 24500 | 无轨胶轮车柴油
  ZB | 6200  | 支架搬运车柴油
  XM | 9800  | 装载机柴油
  YX | 5400  | 场内转运柴油
  WY | 2300  | 洒水车及清扫车柴油
  `,
  3,
);

/** As listed at the pump, with VAT. */
const DIESEL_VAT = micro('0.13');
const DIESEL_PRICE: Record<Year, Micro> = { 2022: micro('8.43'), 2023: micro('8.06') };

function powerStreams(year: Year): Stream[] {
  return POWER.map((row) => ({
    ...QUIET,
    label: `power ${cell(row, 0)}`,
    department: cell(row, 0),
    category: 'management',
    item: '0201',
    unit: '千瓦时',
    usual: micro(cell(row, 2)),
    driver: cell(row, 1),
    price: POWER_PRICE[year],
    monthPrice: BILLED[year].map(micro),
    usageTilt: Number(cell(row, year === 2022 ? 3 : 4)),
    usageNoise: 95,
    season: ['JD', 'TF'].includes(cell(row, 0)) ? DRAINAGE : ['HQ', 'WY'].includes(cell(row, 0)) ? WINTER : [],
    atMonthEnd: true,
    sellers: ['市供电公司'],
    words: [cell(row, 5)],
  }));
}

function waterStreams(year: Year): Stream[] {
  return WATER.map((row) => ({
    ...QUIET,
    label: `water ${cell(row, 0)}`,
    department: cell(row, 0),
    category: 'management',
    item: '0202',
    unit: '立方米',
    usual: micro(cell(row, 1)),
    price: cell(row, 0) === MINE_WATER.department ? MINE_WATER.billed : WATER_BILLED[year],
    priceNoise: 60,
    usageTilt: Number(cell(row, year === 2022 ? 2 : 3)),
    usageNoise: 260,
    atMonthEnd: true,
    sellers: ['区自来水公司'],
    words: [cell(row, 4)],
  }));
}

function dieselStreams(year: Year): Stream[] {
  return DIESEL.map((row) => ({
    ...QUIET,
    label: `diesel ${cell(row, 0)}`,
    department: cell(row, 0),
    category: 'resource',
    item: '0203',
    unit: '升',
    usual: micro(cell(row, 1)),
    price: net(DIESEL_PRICE[year], DIESEL_VAT, 1n),
    draws: [2, 3],
    priceTilt: year === 2022 ? -30 : 65,
    priceNoise: 260,
    usageNoise: 500,
    sellers: ['城北加油站', '矿区油库'],
    words: [cell(row, 2)],
  }));
}

export const energyStreams = (year: Year): Stream[] => [
  ...powerStreams(year),
  ...waterStreams(year),
  ...dieselStreams(year),
];

export function energyBaselines(year: Year): Baseline[] {
  const power = powerStreams(year).flatMap((stream) => {
    const whole = usageBaseline(year, stream, POWER_PRICE[year], 'budget');
    // The washing plant's norm was tightened at mid-year after the pumps were replaced.
    return stream.department === 'XM' && year === 2023
      ? halved(year, whole, '2023-06-30', { norm: tilted(stream.usual, -40, micro('1')) })
      : [whole];
  });
  const water = waterStreams(year).map((stream) => ({
    ...usageBaseline(
      year,
      stream,
      stream.department === MINE_WATER.department ? MINE_WATER.price : WATER_PRICE[year],
      'budget',
    ),
    taxRate: WATER_VAT,
  }));
  const diesel = baselineOf(year, '0203', {
    category: 'resource',
    item: '0203',
    basis: 'market',
    unitPrice: DIESEL_PRICE[year],
    unit: '升',
    taxRate: DIESEL_VAT,
  });
  return [...power, ...water, diesel];
}
