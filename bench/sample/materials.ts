import { baselineOf, halved, usageBaseline } from './baseline-rows.js';
import { Year } from './calendar.js';
import { micro, Micro, net, tilted } from './micro.js';
import { Baseline } from './rows.js';
import { QUIET, Stream } from './streams.js';
import { cell, listed, table } from './table.js';

const VAT = micro('0.13');

/**
 * item | words | unit | price 2022 | price 2023 (yuan; `incl` = with 13 % VAT, as in the contract) | saving tilt 2022 | 2023
 * (ten-thousandths below the baseline price) | spread of single prices | sellers (invented)
 */
const CATALOGUE = table(
  `
  010101 | 左旋螺纹钢锚杆、等强锚杆     | 根     | 35.20   | 34.50   | excl | 60  | 95  | 130 | 鲁泉支护材料厂、峄山金属制品公司
  010102 | 矿用预应力锚索               | 根     | 161.00  | 158.00  | excl | 40  | 80  | 120 | 鲁泉支护材料厂、东蒙钢绞线公司
  010103 | 树脂锚固剂                   | 支     | 4.05    | 3.90    | excl | 70  | 60  | 200 | 沂河化工厂
  010104 | 菱形金属网、钢筋网           | 平方米 | 19.10   | 18.60   | excl | 80  | 110 | 220 | 峄山金属制品公司、鲁泉支护材料厂
  0101   | 坑木、道木                   | 立方米 | 1165.00 | 1180.00 | excl | -40 | 50  | 260 | 微湖木材经营部、青檀木业
  0102   | 煤矿许用乳化炸药             | 公斤   | 12.10   | 11.80   | excl | 30  | 40  | 90  | 鲁安民爆公司
  010301 | 矿用阻燃电缆                 | 米     | 214.00  | 210.00  | incl | 90  | 120 | 240 | 泰岳电缆厂、恒联线缆公司
  010302 | 整芯阻燃输送带               | 米     | 470.00  | 466.00  | incl | 70  | 105 | 210 | 齐峰胶带公司、海泰橡塑公司
  010303 | 圆环链、刮板链               | 米     | 1045.00 | 1030.00 | incl | 60  | 90  | 230 | 鲁重链条厂
  010401 | 采煤机截齿                   | 件     | 98.50   | 96.00   | excl | 50  | 85  | 280 | 兖北配件厂、宏矿刀具公司
  010402 | 槽形托辊、缓冲托辊           | 件     | 89.00   | 88.00   | incl | 60  | 70  | 250 | 青檀机械厂、齐峰胶带公司
  010403 | 高压胶管总成                 | 根     | 270.00  | 265.00  | excl | 20  | 60  | 240 | 海泰橡塑公司、润通液压公司
  010404 | 液压支架阀组                 | 件     | 1690.00 | 1675.00 | incl | 40  | 75  | 190 | 润通液压公司、鲁重液压件厂
  010405 | 钻杆、复合片钻头             | 件     | 418.00  | 410.00  | excl | 30  | 30  | 230 | 地勘机具厂
  010501 | 液压支架用乳化油             | 公斤   | 9.85    | 9.60    | excl | 50  | 70  | 180 | 沂河化工厂、润通油脂公司
  010502 | 抗磨液压油、齿轮油           | 公斤   | 13.60   | 13.20   | excl | 40  | 65  | 200 | 润通油脂公司
  019901 | 磁铁矿粉                     | 吨     | 1080.00 | 1050.00 | excl | 30  | 90  | 240 | 蒙山选矿厂、东蒙矿粉公司
  019902 | 阴离子絮凝剂                 | 公斤   | 14.80   | 14.50   | excl | 60  | 60  | 210 | 沂河化工厂
  019903 | 抗静电阻燃风筒               | 米     | 63.50   | 62.00   | excl | 60  | 70  | 230 | 海泰橡塑公司
  `,
  10,
);

/** item | department | driver | usual consumption | withdrawals a month | baseline | saved usage 2022 | 2023 (ten-thousandths) */
const USES = table(
  `
  010101 | JJ1 | drivage_m   | 10.8  | 3-4 | norm   | -40  | 45
  010101 | JJ2 | drivage_m   | 10.8  | 3-4 | norm   | 30   | 60
  010101 | JJ3 | drivage_m   | 11.2  | 3-4 | norm   | -60  | -70
  010101 | KT  | drivage_m   | 12.5  | 2-4 | norm   | 20   | 10
  010102 | JJ1 | drivage_m   | 2.4   | 2-3 | norm   | 10   | 55
  010102 | JJ2 | drivage_m   | 2.4   | 2-3 | norm   | -20  | 20
  010102 | JJ3 | drivage_m   | 2.6   | 2-3 | norm   | -80  | -60
  010102 | KT  | drivage_m   | 3     | 2-3 | norm   | 0    | 40
  010103 | JJ1 | drivage_m   | 23    | 2-3 | norm   | 40   | 80
  010103 | JJ2 | drivage_m   | 23    | 2-3 | norm   | 40   | 40
  010103 | JJ3 | drivage_m   | 24    | 2-3 | norm   | -90  | 30
  010103 | KT  | drivage_m   | 26    | 2-3 | norm   | 0    | -50
  010104 | JJ1 | drivage_m   | 12.5  | 3-4 | shared | 0    | 0
  010104 | JJ2 | drivage_m   | 12.5  | 3-4 | shared | 0    | 0
  010104 | JJ3 | drivage_m   | 12.9  | 2-4 | shared | 0    | 0
  010104 | KT  | drivage_m   | 14    | 2-4 | shared | 0    | 0
  010104 | ZB  |             | 620   | 2-3 | shared | 0    | 0
  0101   | CM1 |             | 26    | 2-3 | shared | 0    | 0
  0101   | CM2 |             | 22    | 2-3 | shared | 0    | 0
  0101   | CM3 |             | 19    | 1-3 | shared | 0    | 0
  0101   | YS  |             | 31    | 2-4 | shared | 0    | 0
  0101   | ZB  |             | 17    | 1-2 | shared | 0    | 0
  0102   | KT  | drivage_m   | 14.5  | 2-3 | norm   | -30  | 50
  0102   | JJ3 | drivage_m   | 9.5   | 2-3 | norm   | 10   | -40
  010301 | CM1 |             | 280   | 1-3 | shared | 0    | 0
  010301 | CM2 |             | 260   | 1-3 | shared | 0    | 0
  010301 | CM3 |             | 190   | 1-2 | shared | 0    | 0
  010301 | JJ1 |             | 240   | 1-3 | shared | 0    | 0
  010301 | JJ2 |             | 230   | 1-3 | shared | 0    | 0
  010301 | KT  |             | 160   | 1-2 | shared | 0    | 0
  010301 | JD  |             | 310   | 2-4 | shared | 0    | 0
  010302 | YS  |             | 520   | 2-4 | shared | 0    | 0
  010302 | CM1 |             | 180   | 1-2 | shared | 0    | 0
  010302 | CM2 |             | 160   | 1-2 | shared | 0    | 0
  010302 | XM  |             | 120   | 1-2 | shared | 0    | 0
  010303 | CM1 |             | 95    | 1-3 | shared | 0    | 0
  010303 | CM2 |             | 84    | 1-3 | shared | 0    | 0
  010303 | CM3 |             | 62    | 1-2 | shared | 0    | 0
  010401 | CM1 | raw_coal_kt | 6.2   | 3-5 | norm   | 60   | 110
  010401 | CM2 | raw_coal_kt | 6.4   | 3-5 | norm   | -30  | 40
  010401 | CM3 | raw_coal_kt | 6.8   | 2-4 | norm   | -120 | -160
  010402 | YS  |             | 860   | 3-5 | shared | 0    | 0
  010402 | CM1 |             | 150   | 1-3 | own    | 0    | 0
  010402 | CM2 |             | 140   | 1-3 | shared | 0    | 0
  010402 | XM  |             | 210   | 2-3 | own    | 0    | 0
  010403 | CM1 | raw_coal_kt | 1.3   | 2-4 | norm   | 20   | 60
  010403 | CM2 | raw_coal_kt | 1.3   | 2-4 | norm   | 20   | 80
  010403 | CM3 | raw_coal_kt | 1.5   | 2-3 | norm   | -60  | -90
  010403 | ZB  |             | 60    | 1-2 | none   | 0    | 0
  010404 | CM1 |             | 46    | 2-3 | shared | 0    | 0
  010404 | CM2 |             | 40    | 2-3 | shared | 0    | 0
  010404 | CM3 |             | 31    | 1-3 | shared | 0    | 0
  010404 | ZB  |             | 24    | 1-2 | shared | 0    | 0
  010405 | ZT  | drilling_m  | 0.034 | 2-3 | norm   | -50  | 60
  010405 | FC  |             | 48    | 1-2 | none   | 0    | 0
  010501 | CM1 | raw_coal_kt | 38    | 2-3 | norm   | 30   | 90
  010501 | CM2 | raw_coal_kt | 38    | 2-3 | norm   | 60   | 20
  010501 | CM3 | raw_coal_kt | 41    | 2-3 | norm   | -90  | -40
  010502 | JD  |             | 3100  | 2-3 | shared | 0    | 0
  010502 | JX  |             | 2400  | 2-3 | shared | 0    | 0
  010502 | YS  |             | 1900  | 2-3 | shared | 0    | 0
  010502 | JJ1 |             | 1250  | 1-2 | shared | 0    | 0
  010502 | JJ2 |             | 1180  | 1-2 | shared | 0    | 0
  019901 | XM  | washed_kt   | 1.1   | 3-5 | norm   | -20  | 30
  019902 | XM  | washed_kt   | 9.5   | 2-3 | norm   | 50   | 110
  019903 | TF  |             | 820   | 2-4 | shared | 0    | 0
  019903 | JJ1 |             | 240   | 1-2 | shared | 0    | 0
  019903 | KT  |             | 210   | 1-2 | shared | 0    | 0
  `,
  8,
);

/** Contracts renewed on a day inside a month: only price baselines may do that (BAS-3). */
const RENEWALS: Record<Year, readonly { item: string; lastDay: string; tilt: number }[]> = {
  2022: [{ item: '010302', lastDay: '2022-05-17', tilt: 45 }],
  2023: [
    { item: '010104', lastDay: '2023-04-12', tilt: -35 },
    { item: '010303', lastDay: '2023-08-21', tilt: -40 },
  ],
};

const entryOf = (item: string): string[] => {
  const entry = CATALOGUE.find((row) => cell(row, 0) === item);
  if (!entry) throw new Error(`not in the catalogue: ${item}`);
  return entry;
};

const isIncl = (entry: string[]): boolean => cell(entry, 5) === 'incl';
const statedPrice = (year: Year, entry: string[]): Micro => micro(cell(entry, year === 2022 ? 3 : 4));

const netPrice = (year: Year, entry: string[]): Micro =>
  isIncl(entry) ? net(statedPrice(year, entry), VAT, 1n) : statedPrice(year, entry);

export function materialStreams(year: Year): Stream[] {
  return USES.map((use): Stream => {
    const entry = entryOf(cell(use, 0));
    const [fewest, most] = cell(use, 4).split('-').map(Number);
    return {
      ...QUIET,
      label: `material ${cell(use, 0)} ${cell(use, 1)}`,
      department: cell(use, 1),
      category: 'resource',
      item: cell(use, 0),
      unit: cell(entry, 2),
      usual: micro(cell(use, 3)),
      driver: cell(use, 2),
      price: netPrice(year, entry),
      draws: [fewest ?? 1, most ?? 1],
      grain: ['吨', '立方米'].includes(cell(entry, 2)) ? micro('0.1') : micro('1'),
      priceTilt: Number(cell(entry, year === 2022 ? 6 : 7)),
      priceNoise: Number(cell(entry, 8)),
      usageTilt: Number(cell(use, year === 2022 ? 6 : 7)),
      usageNoise: cell(use, 5) === 'norm' ? 190 : 900,
      sellers: listed(cell(entry, 9)),
      words: listed(cell(entry, 1)),
    };
  });
}

function priceBaselines(year: Year, item: string, department: string): Baseline[] {
  const entry = entryOf(item);
  const price = statedPrice(year, entry);
  const whole = baselineOf(year, department === '' ? item : `${item}-${department}`, {
    department,
    category: 'resource',
    item,
    basis: department === '' ? 'contract' : 'market',
    // A department's own contract stands a little below the mine's frame contract.
    unitPrice: department === '' ? price : tilted(price, -120, 10_000n),
    unit: cell(entry, 2),
    taxRate: isIncl(entry) ? VAT : null,
  });
  const renewal = department === '' ? RENEWALS[year].find((known) => known.item === item) : undefined;
  return renewal ? halved(year, whole, renewal.lastDay, { unitPrice: tilted(price, renewal.tilt, 10_000n) }) : [whole];
}

export function materialBaselines(year: Year): Baseline[] {
  const norms = USES.filter((use) => cell(use, 5) === 'norm').map((use) => {
    const stream = materialStreams(year).find((known) => known.label === `material ${cell(use, 0)} ${cell(use, 1)}`);
    if (!stream) throw new Error(`no stream for ${use.join(' ')}`);
    return usageBaseline(year, stream, netPrice(year, entryOf(cell(use, 0))), 'prior_year');
  });
  const shared = [...new Set(USES.filter((use) => cell(use, 5) === 'shared').map((use) => cell(use, 0)))];
  const own = USES.filter((use) => cell(use, 5) === 'own');
  return [
    ...norms,
    ...shared.flatMap((item) => priceBaselines(year, item, '')),
    ...own.flatMap((use) => priceBaselines(year, cell(use, 0), cell(use, 1))),
  ];
}
