import { baselineOf } from './baseline-rows.js';
import { Year } from './calendar.js';
import { departmentName } from './mine.js';
import { micro, Micro, net, ONE, tilted } from './micro.js';
import { Baseline, Category } from './rows.js';
import { QUIET, Stream } from './streams.js';
import { cell, inYear, listed, table } from './table.js';

const VAT: Readonly<Record<string, Micro>> = { '13 %': micro('0.13'), '9 %': micro('0.09') };
const vatOf = (row: string[]): Micro | null => VAT[cell(row, 6)] ?? null;

/**
 * Work done inside instead of bought (TUR-1): project | category | item | receiving departments with their usual month |
 * unit (none: `usual` is yuan and there is no outside price) | outside price | the VAT in it | below it by (ten-thousandths)
 * | slips a month | provider | months | what for | years; “a、b” is a in 2022 and b in 2023
 */
const SERVICES = table(
  `
  P22-01 | industry   | 05     | CM1:5、CM2:4、CM3:3、ZB:2                             | 架     | 68365 | 13 % | 95、115  | 1-2 | JX | 1-12 | 液压支架大修、采煤机滚筒修复 | 2022、2023
  P22-10 | industry   | 05     | JD:5、YS:4、XM:4、TF:2                                | 台     | 10396 | 13 % | 60、95   | 1-2 | JX | 5-12、1-12 | 电机检修、减速机检修         | 2022、2023
  P22-02 | industry   | 1001   | CM1:720、CM2:610、JJ1:820、JJ2:700、FC:1300、KT:520   | 米     | 146   | none | 105、130  | 1-2 | ZT | 1-12 | 瓦斯抽采钻孔、探放水钻孔     | 2022、2023
  P22-09 | industry   | 10     | CM3:2600、CM2:2150                                    | 立方米 | 41.5  | none | 60、85   | 1-2 | TD | 3-12、1-12 | 矸石充填施工                 | 2022、2023
  P22-04 | personnel  | 10     | ZB:160、XM:220、YS:140、GY:90、YX:70                  | 工日   | 265   | none | 50、110  | 1-2 | RL | 1-12 | 跨单位借调用工               | 2022、2023
  P22-06 | resource   | 010402 | YS:720、CM2:310、XM:260                               | 件     | 62    | none | 70、120  | 1-2 | GY | 3-12、1-12 | 修复托辊复用                 | 2022、2023
  P22-03 | industry   | 15     | CM1:20000、CM2:19000、ZH:21000、HQ:38000、ST:15000、XM:26000、JX:17000、BW:8000、YX:9000、PX:11000 |  |  |  | 0、0 | 1-1 | WY | 2-12 | {month}月保洁绿化服务 | 2022
  P23-01 | industry   | 15     | ZH:27000、HQ:46000、ST:21000、XM:34000、JX:24000、BW:12000、YX:14000、PX:16000、GY:13000、HS:9000、CM1:31000、CM2:29000、JD:33000 |  |  |  | 0、0 | 1-1 | WY | 1-12 | {month}月物业后勤一体化服务 | 2023
  P22-05 | market     | 1502   | CM1:210000、CM2:175000、CM3:120000、JJ1:70000、JJ2:65000、KT:48000、GY:52000 | 吨公里 | 0.51 | 9 % | 70、0 | 1-2 | YS | 1-12 | 井下物料运输结算 | 2022
  P23-02 | market     | 1502   | CM1:240000、CM2:200000、CM3:130000、JJ1:80000、JJ2:76000、JJ3:64000、KT:54000、GY:66000、ZB:90000 | 吨公里 | 0.50 | 9 % | 0、90 | 1-2 | YS | 1-12 | 井下物料运输结算、大件运输结算 | 2023
  P22-07 | market     | 15     | XM:6200、JX:5100、YX:4300、WY:3900、HQ:4100、GY:5600  |        |       |      | 0、0     | 1-1 | HS | 3-12 | {month}月集中核算服务费      | 2022
  P23-03 | market     | 15     | XM:8200、JX:6900、YX:6100、WY:5200、HQ:5400、GY:7300、ST:3600、ZT:4800、GR:3900、SC:3100 |  |  |  | 0、0 | 1-1 | HS | 1-12 | {month}月集中核算服务费 | 2023
  P22-08 | resource   | 15     | XM:41000                                              |        |       |      | 0、0     | 1-2 | GY | 5-11 | 介质集中配送服务费           | 2022
  P23-04 | market     | 0204   | HQ:1500、WY:2400、ST:420、XM:900                      | 吉焦   | 54    | none | 0、75    | 1-1 | GR | 1-12 | {month}月供热结算            | 2023
  P23-05 | industry   | 05     | YS:4、CM1:2、CM2:2、XM:1                              | 个     | 5876  | 13 % | 0、140   | 1-1 | JX | 4-12 | 胶带硫化接头、托架修复       | 2023
  P23-06 | resource   | 15     | KT:16000、JJ1:14000、JJ2:13500、JJ3:12500、CM1:21000、CM2:19000、CM3:13000 |  |  |  | 0、0 | 1-1 | GY | 3-12 | {month}月集中配送服务费 | 2023
  P22-12 | management | 15     | CM1:9800、CM2:9200、JD:11500、XM:8700、YS:9400        |        |       |      | 0、0     | 1-1 | JY | 2-12 | 双六零诊断服务               | 2022
  P22-12 | management | 15     | CM1:9900、CM2:9300、JD:11800、XM:8900、YS:9500        |        |       |      | 0、0     | 1-1 | JY | 1-6  | 双六零诊断服务               | 2023
  P22-11 | industry   | 05     | YS:15600、XM:10400                                    |        |       |      | 0、0     | 1-1 | JX | 3-12 | 胶带硫化（项目未批复）       | 2022
  P23-07 | industry   | 05     | JD:22500、TF:18600、YS:20400                          |        |       |      | 0、0     | 1-1 | XX | 5-12 | 传感器运维（项目未批复）     | 2023
  `,
  13,
);

/** Winter heat in ten-thousandths of the usual month. */
const HEATING = [14200, 13400, 5200, -2500, -5600, -6200, -6400, -6400, -6000, -1800, 7600, 13800];

/** Against the usual month, in ten-thousandths; whole machines are too few to scale. */
const SCALE: Record<Year, number> = { 2022: -200, 2023: 345 };

/** One department's harder rock has its own outside price within the project: the most specific baseline (BAS-2). */
const OWN_PRICE = { project: 'P22-02', department: 'FC', tilt: 120 };

const ofYear = (year: Year): string[][] => SERVICES.filter((row) => cell(row, 12).includes(String(year)));

function outsidePrice(row: string[]): Micro | null {
  if (cell(row, 5) === '') return null;
  const stated = micro(cell(row, 5));
  const vat = vatOf(row);
  return vat === null ? stated : net(stated, vat, 1n);
}

function streamOf(year: Year, row: string[], department: string, usual: string): Stream {
  const price = outsidePrice(row);
  const [first, last] = inYear(year, cell(row, 10)).split('-').map(Number);
  const [fewest, most] = cell(row, 8).split('-').map(Number);
  const isSmall = price !== null && micro(usual) < 10n * ONE;
  return {
    ...QUIET,
    label: `inside ${cell(row, 0)} ${cell(row, 2)} ${department}`,
    department,
    category: cell(row, 1) as Category,
    item: cell(row, 2),
    project: cell(row, 0),
    internal: true,
    unit: cell(row, 4),
    usual: isSmall ? micro(usual) : tilted(micro(usual), SCALE[year], ONE),
    price,
    priceGrain: price === null || price < ONE ? 100n : price > 1000n * ONE ? ONE * 10n : 10_000n,
    grain: price === null ? ONE * 10n : ONE,
    draws: [fewest ?? 1, most ?? 1],
    priceTilt: Number(inYear(year, cell(row, 7))),
    priceNoise: 110,
    usageNoise: isSmall ? 2600 : 1100,
    season: cell(row, 2) === '0204' ? HEATING : [],
    months: [first ?? 1, last ?? 12],
    sellers: [departmentName(cell(row, 9))],
    words: listed(cell(row, 11)),
  };
}

export const insideStreams = (year: Year): Stream[] =>
  ofYear(year).flatMap((row) =>
    listed(cell(row, 3)).map((receiver) => {
      const [department = '', usual = ''] = receiver.split(':');
      return streamOf(year, row, department, usual);
    }),
  );

/** The outside price of each service, for every department (BAS-1: only price baselines may leave it empty). */
export const insideBaselines = (year: Year): Baseline[] =>
  ofYear(year)
    .filter((row) => cell(row, 5) !== '')
    .flatMap((row) => {
      const forAll = baselineOf(year, cell(row, 0), {
        category: cell(row, 1) as Category,
        item: cell(row, 2),
        project: cell(row, 0),
        basis: 'market',
        unitPrice: micro(cell(row, 5)),
        unit: cell(row, 4),
        taxRate: vatOf(row),
      });
      if (cell(row, 0) !== OWN_PRICE.project) return [forAll];
      const own: Baseline = {
        ...forAll,
        code: `${forAll.code}-${OWN_PRICE.department}`,
        department: OWN_PRICE.department,
        unitPrice: tilted(micro(cell(row, 5)), OWN_PRICE.tilt, 10_000n),
      };
      return [forAll, own];
    });
