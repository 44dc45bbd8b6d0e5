import { Year } from './calendar.js';
import { Category, Project } from './rows.js';
import { cell, table } from './table.js';

/**
 * code | name | category | lead | approved | closed | years whose folder names it.
 * A project that runs over the turn of the year stands in both folders, in the same words.
 */
const PROJECTS = table(
  `
  P22-01 | 综采支架与采煤机内部大修   | industry   | JX | 2022-01-10 |            | 2022、2023
  P22-02 | 井下钻探工程转内部承揽     | industry   | ZT | 2022-01-15 |            | 2022、2023
  P22-03 | 物业保洁绿化内部承揽       | industry   | WY | 2022-02-20 | 2022-12-31 | 2022
  P22-04 | 跨单位劳务调剂             | personnel  | RL | 2022-01-05 |            | 2022、2023
  P22-05 | 井下运输内部市场结算       | market     | YS | 2022-01-01 | 2022-12-31 | 2022
  P22-06 | 修旧利废集中复用           | resource   | GY | 2022-03-01 |            | 2022、2023
  P22-07 | 集中核算共享服务           | market     | HS | 2022-04-01 | 2022-12-31 | 2022
  P22-08 | 洗选介质集中配送           | resource   | XM | 2022-05-10 | 2022-10-31 | 2022
  P22-09 | 矸石充填内部施工           | industry   | TD | 2022-03-15 |            | 2022、2023
  P22-10 | 电机减速机内部检修         | industry   | JX | 2022-06-01 |            | 2022、2023
  P22-11 | 胶带硫化外委转内部         | industry   | JX |            |            | 2022
  P22-12 | 双六零管控提升             | management | JY | 2022-02-01 | 2023-06-30 | 2022、2023
  P23-01 | 物业后勤一体化承揽         | industry   | WY | 2023-01-08 |            | 2023
  P23-02 | 运输内部市场深化           | market     | YS | 2023-01-01 |            | 2023
  P23-03 | 集中核算与共享服务扩围     | market     | HS | 2023-01-01 |            | 2023
  P23-04 | 供热供水内部市场           | market     | GR | 2023-02-01 | 2023-11-30 | 2023
  P23-05 | 胶带硫化与托架修复转内部   | industry   | JX | 2023-04-10 |            | 2023
  P23-06 | 火工品与大型材料集中配送   | resource   | GY | 2023-03-01 |            | 2023
  P23-07 | 智能化运维转内部           | industry   | XX |            |            | 2023
  `,
  7,
);

export const projectsOf = (year: Year): Project[] =>
  PROJECTS.filter((row) => cell(row, 6).includes(String(year))).map((row) => ({
    code: cell(row, 0),
    name: cell(row, 1),
    category: cell(row, 2) as Category,
    lead: cell(row, 3),
    approvedOn: cell(row, 4),
    closedOn: cell(row, 5),
  }));

/** PRJ-1 */
export function isApproved(projects: readonly Project[], code: string, date: string): boolean {
  const project = projects.find((known) => known.code === code);
  if (!project || project.approvedOn === '') return false;
  return project.approvedOn <= date && (project.closedOn === '' || date <= project.closedOn);
}
