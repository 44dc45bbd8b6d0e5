import { cell, table } from './table.js';

/**
 * The organisation of the sample mine: code, name, parent, head count, average monthly pay per head (yuan).
 * Believable for a 2.4 Mt underground mine; nobody's real figures.
 */
const ORGANISATION = table(
  `
  MINE | 柴里煤矿           |      |     |
  CB   | 采掘生产系统       | MINE |     |
  CM1  | 采煤一区           | CB   | 152 | 9350
  CM2  | 采煤二区           | CB   | 138 | 9280
  CM3  | 采煤三区           | CB   | 112 | 9120
  ZB   | 准备区             | CB   | 88  | 8760
  JJ1  | 掘进一区           | CB   | 121 | 9210
  JJ2  | 掘进二区           | CB   | 116 | 9180
  JJ3  | 掘进三区           | CB   | 104 | 9060
  KT   | 开拓区             | CB   | 93  | 9040
  FZ   | 辅助生产系统       | MINE |     |
  JD   | 机电区             | FZ   | 206 | 8120
  YS   | 运输区             | FZ   | 188 | 7960
  TF   | 通风区             | FZ   | 127 | 8240
  FC   | 防冲与防治水中心   | FZ   | 58  | 8310
  DC   | 地测部             | FZ   | 34  | 7890
  ZT   | 钻探队             | FZ   | 72  | 8450
  XX   | 信息化与监测中心   | FZ   | 31  | 7650
  DM   | 地面生产单位       | MINE |     |
  XM   | 洗煤厂             | DM   | 176 | 7080
  JX   | 机修厂             | DM   | 118 | 7240
  GR   | 供热车间           | DM   | 42  | 6620
  SC   | 水处理站           | DM   | 26  | 6540
  GY   | 供应部             | DM   | 54  | 6680
  YX   | 运销部             | DM   | 57  | 6810
  JG   | 党政机关           | MINE |     |
  DW   | 党委办公室         | JG   | 13  | 7580
  ZH   | 综合办公室         | JG   | 24  | 7240
  JW   | 纪委监察部         | JG   | 8   | 7620
  GH   | 工会               | JG   | 10  | 7060
  AJ   | 安全监察处         | JG   | 45  | 8020
  SJ   | 生产技术部         | JG   | 26  | 8160
  JY   | 经营管理部         | JG   | 15  | 7480
  ZY   | 政策研究办公室     | JG   | 6   | 7720
  RL   | 人力资源部         | JG   | 20  | 7310
  CW   | 财务部             | JG   | 21  | 7450
  HS   | 集中核算中心       | JG   | 26  | 6980
  HQX  | 后勤服务系统       | MINE |     |
  HQ   | 后勤服务中心       | HQX  | 58  | 5460
  WY   | 物业公司           | HQX  | 81  | 4980
  ST   | 职工食堂           | HQX  | 49  | 4860
  BW   | 保卫科             | HQX  | 60  | 5720
  PX   | 培训中心           | HQX  | 17  | 6240
  TD   | 土地塌陷治理办公室 | HQX  | 9   | 6930
  HB   | 环境保护科         | HQX  | 11  | 7010
  `,
  5,
);

export const DEPARTMENTS = ORGANISATION.map((row) => ({
  code: cell(row, 0),
  name: cell(row, 1),
  parent: cell(row, 2),
}));

export const CREWS = ORGANISATION.filter((row) => cell(row, 3) !== '').map((row) => ({
  department: cell(row, 0),
  heads: cell(row, 3),
  monthlyPayYuan: cell(row, 4),
}));

export const departmentName = (code: string): string =>
  DEPARTMENTS.find((known) => known.code === code)?.name ?? `未知部门${code}`;

/** The mine's own cost items, below the built-in list. */
export const ITEMS = table(
  `
  010101 | 锚杆         | explicit
  010102 | 锚索         | explicit
  010103 | 树脂锚固剂   | explicit
  010104 | 金属网       | explicit
  010301 | 矿用电缆     | explicit
  010302 | 输送胶带     | explicit
  010303 | 刮板链       | explicit
  010401 | 截齿         | explicit
  010402 | 托辊         | explicit
  010403 | 高压胶管     | explicit
  010404 | 支架阀组     | explicit
  010405 | 钻杆钻具     | explicit
  010501 | 乳化油       | explicit
  010502 | 液压油       | explicit
  019901 | 磁铁矿粉     | explicit
  019902 | 絮凝剂       | explicit
  019903 | 风筒         | explicit
  0201   | 生产用电     | explicit
  0202   | 生产生活用水 | explicit
  0203   | 柴油         | explicit
  0204   | 供热蒸汽     | explicit
  1001   | 钻探工程     | explicit
  1501   | 办公及会议费 | explicit
  1502   | 内部运费     | explicit
  LEAK   | 跑冒滴漏损失 | implicit
  `,
  3,
).map((row) => ({ code: cell(row, 0), name: cell(row, 1), nature: cell(row, 2) }));
