import { baselineOf, usageBaseline } from './baseline-rows.js';
import { Year } from './calendar.js';
import { micro } from './micro.js';
import { Baseline, Category, Nature, Rate } from './rows.js';
import { QUIET, Stream } from './streams.js';
import { cell, inYear, listed, table } from './table.js';

/**
 * category | item | department | nature | driver | usual month (or per unit of the driver) | unit (none: yuan) | saved 2022、2023 |
 * unevenness (ten-thousandths) | slips | words
 */
const LOSSES = table(
  `
  management | IDLE_MACHINE | CM1 | implicit_opportunity |             | 62    | 小时   | 550、850  | 1500 | 1-3 | 采煤机停待、转载机闲置
  management | IDLE_MACHINE | CM2 | implicit_opportunity |             | 55    | 小时   | 400、600  | 1500 | 1-3 | 采煤机停待
  management | IDLE_MACHINE | JD  | implicit_opportunity |             | 48    | 小时   | 0、400 | 1400 | 1-2 | 备用压风机闲置、皮带机闲置
  management | IDLE_MACHINE | XM  | implicit_opportunity |             | 40    | 小时   | 600、800  | 1300 | 1-2 | 压滤机闲置
  management | DOWNTIME     | CM1 | implicit_opportunity | raw_coal_kt | 0.17  | 小时   | 200、380  | 1300 | 2-3 | 主运皮带故障停产、采煤机故障停产
  management | DOWNTIME     | CM2 | implicit_opportunity | raw_coal_kt | 0.18  | 小时   | 0、300 | 1300 | 1-3 | 刮板机断链停产
  management | DOWNTIME     | CM3 | implicit_opportunity | raw_coal_kt | 0.21  | 小时   | -600、-300 | 1400 | 1-3 | 液压系统故障停产
  personnel  | IDLE_LABOUR  | JJ1 | implicit_opportunity |             | 320   | 小时   | 300、600  | 900  | 1-2 | 等料等车、交接等待
  personnel  | IDLE_LABOUR  | YS  | implicit_opportunity |             | 410   | 小时   | 200、500  | 900  | 1-2 | 候车等待
  personnel  | IDLE_LABOUR  | RL  | implicit_opportunity |             | 260   | 小时   | 500、650  | 800  | 1-1 | 富余人员待岗
  resource   | STOCK        | GY  | implicit_opportunity |             | 58000 |        | 200、400  | 500  | 1-1 | {month}月库存资金占用
  management | COORDINATION | ZH  | implicit_opportunity |             | 190   | 小时   | 400、700  | 900  | 1-2 | 重复审批、跨部门会议
  management | COORDINATION | JY  | implicit_opportunity |             | 150   | 小时   | 300、600  | 900  | 1-1 | 重复报表填报
  management | ACCIDENT     | AJ  | implicit_opportunity |             | 12000 |        | -200、400 | 2600 | 1-1 | 轻伤及未遂事故损失
  management | REWORK       | JJ1 | implicit_booked      |             | 48    | 小时   | 200、900  | 1400 | 1-2 | 巷道返修
  management | REWORK       | JJ2 | implicit_booked      |             | 52    | 小时   | 100、600  | 1400 | 1-2 | 锚固不合格返工
  industry   | REWORK       | JX  | implicit_booked      |             | 60    | 小时   | -300、400 | 1300 | 1-2 | 大修返工
  management | REWORK       | XM  | implicit_booked      |             | 36    | 小时   | 300、500  | 1300 | 1-1 | 重复洗选
  management | ENERGY_LEAK  | JD  | implicit_booked      | raw_coal_kt | 95    | 千瓦时 | -200、300 | 800  | 1-1 | 空载运行多耗电
  management | ENERGY_LEAK  | XM  | implicit_booked      | washed_kt   | 110   | 千瓦时 | 200、500  | 800  | 1-1 | 循环泵低效多耗电
  resource   | LEAK         | SC  | implicit_booked      |             | 900   | 立方米 | 100、700  | 1100 | 1-1 | 管网漏损
  `,
  11,
);

/** item | unit | yuan: first and second half of 2022, of 2023 | basis */
const RATES = table(
  `
  IDLE_MACHINE | 小时   | 376.00 | 380.00 | 392.00 | 405.00 | 折旧、租金与维护费÷可用机时
  DOWNTIME     | 小时   | 1790.0 | 1820.0 | 1850.0 | 1880.0 | 小时定额×(售价－变动成本)×不可弥补比例
  IDLE_LABOUR  | 小时   | 43.20  | 43.20  | 45.50  | 46.80  | 人工成本÷实际产能工时(理论工时的82%)
  COORDINATION | 小时   | 55.00  | 55.00  | 57.50  | 58.50  | 管理人员人工成本÷有效工时
  REWORK       | 小时   | 50.40  | 51.60  | 52.50  | 54.20  | 人工成本÷有效工时
  ENERGY_LEAK  | 千瓦时 | 0.6470 | 0.6470 | 0.6347 | 0.6347 | 预算电价
  LEAK         | 立方米 | 3.62   | 3.62   | 3.70   | 3.72   | 不含税水价
  `,
  7,
);

export const implicitStreams = (year: Year): Stream[] =>
  LOSSES.map((row): Stream => {
    const [fewest, most] = cell(row, 9).split('-').map(Number);
    return {
      ...QUIET,
      label: `loss ${cell(row, 1)} ${cell(row, 2)}`,
      department: cell(row, 2),
      category: cell(row, 0) as Category,
      item: cell(row, 1),
      nature: cell(row, 3) as Nature,
      unit: cell(row, 6),
      usual: micro(cell(row, 5)),
      driver: cell(row, 4),
      price: null,
      draws: [fewest ?? 1, most ?? 1],
      grain: cell(row, 6) === '' ? micro('0.01') : cell(row, 6) === '小时' ? micro('0.1') : micro('1'),
      usageTilt: Number(inYear(year, cell(row, 7))),
      usageNoise: Number(cell(row, 8)),
      words: listed(cell(row, 10)),
    };
  });

export const implicitBaselines = (year: Year): Baseline[] =>
  implicitStreams(year).map((stream) =>
    stream.unit === ''
      ? baselineOf(year, `${stream.item}-${stream.department}`, {
          department: stream.department,
          category: stream.category,
          item: stream.item,
          nature: stream.nature,
          basis: 'prior_year',
          amount: stream.usual,
        })
      : usageBaseline(year, stream, null, 'prior_year'),
  );

/** A rate that stays the same at mid-year is one row; otherwise it changes with the period of July (BAS-3). */
export const ratesOf = (year: Year): Rate[] =>
  RATES.flatMap((row): Rate[] => {
    const first = micro(cell(row, year === 2022 ? 2 : 4));
    const second = micro(cell(row, year === 2022 ? 3 : 5));
    const of = (rate: bigint, from: string, to: string): Rate => ({
      item: cell(row, 0),
      unit: cell(row, 1),
      rate,
      from: `${year}-${from}`,
      to: `${year}-${to}`,
      basis: cell(row, 6),
    });
    return first === second
      ? [of(first, '01-01', '12-31')]
      : [of(first, '01-01', '06-30'), of(second, '07-01', '12-31')];
  });
