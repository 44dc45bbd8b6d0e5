import { baselineOf } from './baseline-rows.js';
import { Year } from './calendar.js';
import { CREWS } from './mine.js';
import { micro, Micro, ONE, tilted } from './micro.js';
import { Baseline, Category } from './rows.js';
import { QUIET, Stream } from './streams.js';
import { cell, inYear, listed, table } from './table.js';

/**
 * Booked in yuan, without a quantity: category | item | departments with their usual month (yuan) | slips | baseline (flat or
 * none) | unevenness (ten-thousandths) | saved 2022、2023 | sellers | words
 */
const OUTLAYS = table(
  `
  management | 04   | CW:5260000                                                       | 1-1 | none | 40   | 0、0   |                          | {month}月计提折旧
  management | 09   | TD:2350000                                                       | 1-2 | none | 1400 | 0、0   | 镇塌陷办                 | 地面塌陷补偿、青苗补偿
  management | 12   | HB:412000                                                        | 1-2 | none | 1500 | 0、0   | 清源环境公司             | 矸石山治理、环境恢复治理
  management | 14   | CW:1480000                                                       | 1-1 | none | 300  | 0、0   | 税务局                   | {month}月资源税费
  management | 20   | CW:963000                                                        | 1-1 | none | 700  | 0、0   | 税务局                   | {month}月税金及附加
  management | 30   | YX:385000                                                        | 2-4 | none | 900  | 0、0   | 铁路货场、鲁南汽运公司   | 铁路专用线费、装车费
  management | 32   | CW:296000                                                        | 1-1 | none | 500  | 0、0   | 矿区支行                 | {month}月利息支出
  management | 10   | SJ:905000                                                        | 2-3 | none | 900  | 0、0   | 众安工程公司、矿建三处   | 外委巷修工程、外委安装工程
  resource   | 0103 | ZB:860000、CM1:240000、CM2:210000、JD:185000                     | 2-3 | none | 1900 | 0、0   | 鲁重机械公司、恒联线缆公司 | 支架结构件、移动变电站、单轨吊轨道
  resource   | 0199 | CM1:14200、CM2:12800、CM3:10900、JJ1:9800、JJ2:9300、JJ3:8900、KT:8100、ZB:9600、JD:16400、YS:13900、TF:7900、ZT:6200、XM:12100、JX:10600、GR:4200、HQ:6800、WY:5900 | 1-2 | none | 1800 | 0、0 | 矿区五金经营部、宏矿物资公司 | 五金杂品、低值易耗品、紧固件、工器具
  resource   | 0106 | CM1:13600、CM2:12400、CM3:10100、JJ1:10800、JJ2:10400、JJ3:9300、KT:8300、JD:17600、YS:16100、TF:10900、XM:14200、JX:9700 | 1-1 | flat | 420 | -40、60 | 安泰劳保用品公司 | 工作服及防尘口罩、矿靴手套
  management | 1501 | DW:6200、ZH:15800、JW:3100、GH:4900、AJ:7400、SJ:6900、JY:4200、ZY:5200、RL:6100、CW:6600、HS:5700、PX:7200、BW:3900、HB:3300 | 1-3 | flat | 700 | -90、150 | 文汇办公用品店、峄山宾馆、捷讯图文社、铁旅票务公司 | 办公用品、会议费、印刷费、差旅费
  management | 11   | ZB:48000、XX:15200、DC:9600                                      | 1-1 | flat | 160  | 0、30  | 鲁重租赁公司、测绘仪器公司 | {month}月设备租赁费
  management | 11   | JX:21000                                                         | 1-1 | none | 260  | 0、0   | 鲁重租赁公司             | {month}月汽车吊租赁费
  personnel  | 15   | PX:26800、RL:14300                                               | 1-2 | flat | 620  | -70、90 | 职业技能学校            | 特种作业培训费、鉴定费
  management | 15   | BW:11800、XX:23600、AJ:18900                                     | 1-2 | flat | 480  | 0、40  | 安防工程公司、捷讯科技公司、恒检技术公司 | 安防服务费、通讯网络费、检测检验费
  `,
  9,
);

/** Per tonne of raw coal: accruing the fund is the cost; spending from it is not booked here again. */
const ACCRUALS = table(
  `
  06 | 15000 | 计提安全费用
  07 | 6000  | 计提维简费
  08 | 2500  | 计提井巷工程基金
  `,
  3,
);

/**
 * Flexed amounts (BAS-1): category | item | department | driver | variable yuan | at planned volume 2022、2023 | fixed yuan |
 * slips | saved 2022、2023 | words
 */
const FLEXED = table(
  `
  resource   | 0104 | CM1 | raw_coal_kt | 96000  | 84、80   | 24000 | 2-3 | -30、70  | 采煤机配件、转载机配件
  resource   | 0104 | CM2 | raw_coal_kt | 82000  | 66、64   | 21000 | 2-3 | 20、30   | 采煤机配件、刮板机配件
  resource   | 0104 | CM3 | raw_coal_kt | 61000  | 45、50   | 16000 | 2-3 | -140、-110 | 采煤机配件、刮板机配件
  resource   | 0104 | JJ1 | drivage_m   | 43000  | 180、200 | 9000  | 2-3 | 0、40    | 掘进机配件
  resource   | 0104 | JJ2 | drivage_m   | 41000  | 170、160 |       | 1-3 | -20、20  | 掘进机配件
  resource   | 0104 | YS  | raw_coal_kt | 74000  | 195、200 | 18000 | 2-3 | 40、60   | 皮带机配件、绞车配件
  resource   | 0104 | XM  | washed_kt   | 88000  | 145、160 | 26000 | 2-3 | -10、60  | 离心机筛篮、渣浆泵配件
  management | 05   | JD  | raw_coal_kt | 132000 | 195、200 | 58000 | 2-3 | -60、-50 | 主排水泵检修、压风机维修
  management | 05   | TF  | raw_coal_kt | 46000  | 195、200 | 22000 | 1-2 | 10、-30  | 风机维修、瓦斯泵维修
  management | 05   | XM  | washed_kt   | 71000  | 150、160 | 30000 | 1-3 | 30、60   | 洗选设备维修
  management | 05   | JX  | repair_h    | 38000  | 9600、10000 | 12000 | 1-2 | 20、40 | 机床维修、行车检验
  management | 15   | ST  | meals_k     | 118000 | 60、64   | 31000 | 2-3 | -40、30  | 职工餐补原料、食堂杂费
  `,
  10,
);

const SELLERS: Record<string, readonly string[]> = {
  '0104': ['兖北配件厂', '鲁重机械公司', '润通液压公司'],
  '05': ['鲁重机械公司', '众安工程公司', '恒联机电公司'],
  '15': ['城郊粮油公司', '矿区副食店'],
};

/** Offices whose whole pay is a fixed sum (工资总额包干). */
const FIXED_PAY = ['DW', 'ZH', 'JY', 'RL', 'CW', 'HS', 'PX', 'GH'];
const PAY_RISE: Record<Year, number> = { 2022: -430, 2023: 0 };
/** Festival overtime and the year-end bonus; the fixed sums do not know them. */
const PAY_SEASON = [420, 180, 0, 0, 30, 0, 0, 0, 40, 120, 0, 860];

const plain = (label: string, department: string, category: Category, item: string, yuan: Micro) => ({
  ...QUIET,
  label: `outlay ${label} ${department}`,
  department,
  category,
  item,
  unit: '',
  usual: yuan,
  price: null,
  grain: 10_000n,
});

function payStreams(year: Year): Stream[] {
  return CREWS.flatMap(({ department, heads, monthlyPayYuan }) => {
    const pay = tilted((micro(heads) / ONE) * micro(monthlyPayYuan), PAY_RISE[year], ONE);
    const isFixed = FIXED_PAY.includes(department);
    const shape = { usageNoise: isFixed ? 55 : 170, season: isFixed ? [] : PAY_SEASON, atMonthEnd: true };
    const tilt = isFixed ? (year === 2022 ? -5 : 14) : 0;
    return [
      { ...plain('pay', department, 'personnel', '03', pay), ...shape, usageTilt: tilt, words: ['{month}月工资'] },
      {
        ...plain('insurance', department, 'personnel', '03', tilted(pay, -7350, ONE)),
        ...shape,
        season: [],
        sellers: ['社会保险中心'],
        words: ['{month}月社会保险及公积金'],
      },
    ];
  });
}

const eachDepartment = (row: string[]): [department: string, yuan: string][] =>
  listed(cell(row, 2)).map((text) => {
    const [department = '', yuan = ''] = text.split(':');
    return [department, yuan];
  });

function listedStreams(year: Year): Stream[] {
  return OUTLAYS.flatMap((row) =>
    eachDepartment(row).map(([department, yuan]): Stream => {
      const [fewest, most] = cell(row, 3).split('-').map(Number);
      return {
        ...plain(
          `${cell(row, 0)} ${cell(row, 1)} ${cell(row, 8)}`,
          department,
          cell(row, 0) as Category,
          cell(row, 1),
          micro(yuan),
        ),
        draws: [fewest ?? 1, most ?? 1],
        usageNoise: Number(cell(row, 5)),
        usageTilt: Number(inYear(year, cell(row, 6))),
        sellers: cell(row, 7) === '' ? [''] : listed(cell(row, 7)),
        words: listed(cell(row, 8)),
      };
    }),
  );
}

const accrualStreams = (): Stream[] =>
  ACCRUALS.map((row) => ({
    ...plain('accrual', 'CW', 'management', cell(row, 0), micro(cell(row, 1))),
    label: `accrual ${cell(row, 0)}`,
    driver: 'raw_coal_kt',
    // Accrued by the finance department on the whole mine's output.
    volumeAt: 'JD',
    atMonthEnd: true,
    words: [`{month}月${cell(row, 2)}`],
  }));

/** Two streams meet one flexed baseline: yuan per unit of volume, and the fixed part. */
function flexedStreams(year: Year): Stream[] {
  return FLEXED.flatMap((row) => {
    const planned = micro(inYear(year, cell(row, 5)));
    const [fewest, most] = cell(row, 7).split('-').map(Number);
    const shape = {
      usageTilt: Number(inYear(year, cell(row, 8))),
      sellers: SELLERS[cell(row, 1)] ?? [''],
      words: listed(cell(row, 9)),
    };
    const base = (label: string, yuan: Micro): Stream => ({
      ...plain(`${label} ${cell(row, 1)}`, cell(row, 2), cell(row, 0) as Category, cell(row, 1), yuan),
      ...shape,
    });
    const variable = {
      ...base('variable', (micro(cell(row, 4)) * ONE) / planned),
      driver: cell(row, 3),
      draws: [fewest ?? 1, most ?? 1] as const,
      usageNoise: 330,
    };
    const fixed = cell(row, 6) === '' ? [] : [{ ...base('fixed', micro(cell(row, 6))), usageNoise: 420 }];
    return [variable, ...fixed];
  });
}

export const outlayStreams = (year: Year): Stream[] => [
  ...payStreams(year),
  ...listedStreams(year),
  ...accrualStreams(),
  ...flexedStreams(year),
];

function fixedPayBaselines(year: Year): Baseline[] {
  return CREWS.filter(({ department }) => FIXED_PAY.includes(department)).map(
    ({ department, heads, monthlyPayYuan }) => {
      const pay = tilted((micro(heads) / ONE) * micro(monthlyPayYuan), PAY_RISE[year], ONE);
      const amount = pay + tilted(pay, -7350, ONE);
      return baselineOf(year, `03-${department}`, {
        department,
        category: 'personnel',
        item: '03',
        basis: 'budget',
        amount,
      });
    },
  );
}

export function outlayBaselines(year: Year): Baseline[] {
  const flat = OUTLAYS.filter((row) => cell(row, 4) === 'flat').flatMap((row) =>
    eachDepartment(row).map(([department, yuan]) =>
      baselineOf(year, `${cell(row, 1)}-${department}`, {
        department,
        category: cell(row, 0) as Category,
        item: cell(row, 1),
        basis: 'budget',
        amount: micro(yuan),
      }),
    ),
  );
  const flexed = FLEXED.map((row) =>
    baselineOf(year, `${cell(row, 1)}-${cell(row, 2)}`, {
      department: cell(row, 2),
      category: cell(row, 0) as Category,
      item: cell(row, 1),
      basis: 'prior_year',
      driver: cell(row, 3),
      amount: micro(cell(row, 4)),
      plannedVolume: micro(inYear(year, cell(row, 5))),
      fixedAmount: cell(row, 6) === '' ? null : micro(cell(row, 6)),
    }),
  );
  return [...fixedPayBaselines(year), ...flat, ...flexed];
}
