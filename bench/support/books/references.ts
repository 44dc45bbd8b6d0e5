import type { Books } from './books.js';
import { PROJECTS } from './voucher.js';

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;

/** Reference data of a mine whose books these are, as CSV by kind, in the order in which it is taken in. */
export const referencesOf = ({ departmentList }: Books): Readonly<Record<string, string>> => ({
  departments: lines('code,name,parent', ...departmentList.map(({ code, name }) => `${code},${name},`)),
  projects: lines(
    'code,name,category,lead,approved_on,closed_on',
    ...PROJECTS.map(({ code, name, category }) => `${code},${name},${category},D01,2023-01-10,`),
  ),
  baselines: lines(
    'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume',
    ...departmentList.flatMap(({ code }, i) => [
      `B1${i},${code},resource,0104,explicit,,2023-01-01,,budget,151.5,,,,,`,
      `B2${i},${code},management,04,explicit,,2023-01-01,,budget,,,,,300000.00,`,
    ]),
  ),
});
