/** The mine whose yearly report is measured (issue 6): 60 departments, two years of records, prices, norms and plans. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CATEGORIES } from '../analytics/synergy/types.js';
import { Caller } from './support/http-client.js';
import { watchImport } from './support/import-watch.js';
import { EXPLICIT_ITEMS, PROJECTS, untilAccepted } from './support/mine-data.js';
import { writeRecordFiles } from './support/record-rows.js';

const DEPARTMENTS = Array.from({ length: 60 }, (_, i) => `D${String(i + 1).padStart(2, '0')}`);
/** The year of the report, and the one that it is compared with. */
const YEARS = [2022, 2023] as const;
const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
export const REPORTED = monthsOf(YEARS[1]);

const PRICED_ITEMS = EXPLICIT_ITEMS.slice(0, 4);
const PLANNED_MEASURES = { turnover: '250000.00', synergy_value: '9000.00', price_reduction: '4000.00' };

export interface MineSize {
  /** Records a year. */
  readonly records: number;
  /** In how many categories a department has its four prices; the sample has three or four baselines a department. */
  readonly priced: number;
}

const FILES: Readonly<Record<string, (size: MineSize) => string[]>> = {
  departments: () => ['code,name,parent', ...DEPARTMENTS.map((code, i) => `${code},采掘${i + 1}队,`)],
  projects: () => [
    'code,name,category,lead,approved_on,closed_on',
    ...PROJECTS.map((code, i) => `${code},协同项目${i + 1},industry,${DEPARTMENTS[i]},${YEARS[0]}-01-01,`),
  ],
  baselines: ({ priced }) => [
    'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume',
    ...YEARS.flatMap((year) => [...baselines(year, priced)]),
  ],
  activities: () => ['period,department,driver,actual,planned', ...inEveryMonth(() => ['output,900,1000'])],
  targets: () => [
    'period,department,category,measure,amount',
    ...inEveryMonth(() =>
      CATEGORIES.flatMap((category) =>
        Object.entries(PLANNED_MEASURES).map(([measure, amount]) => `${category},${measure},${amount}`),
      ),
    ),
  ],
};

/** Prices for four items in so many categories of every department, and a norm and an amount in each. */
function* baselines(year: number, priced: number): Generator<string> {
  const valid = `${year}-01-01,${year}-12-31,budget`;
  let n = 0;
  const code = () => `B${year}-${String((n += 1)).padStart(4, '0')}`;
  for (const department of DEPARTMENTS) {
    for (const category of CATEGORIES.slice(0, priced)) {
      for (const item of PRICED_ITEMS) yield `${code()},${department},${category},${item},explicit,,${valid},120,,,,,`;
    }
    yield `${code()},${department},resource,02,explicit,,${valid},120,1.25,output,,,`;
    yield `${code()},${department},management,05,explicit,,${valid},,,,,250000.00,`;
  }
}

const inEveryMonth = (linesOf: () => readonly string[]): string[] =>
  YEARS.flatMap(monthsOf).flatMap((month) =>
    DEPARTMENTS.flatMap((department) => linesOf().map((line) => `${month},${department},${line}`)),
  );

/** Makes it through the service's own doors. */
export async function makeReportMine(port: number, code: string, folder: string, size: MineSize): Promise<void> {
  const founder = new Caller(port);
  await founder.post('/api/v1/mines', { code, name: `测量煤矿 ${code}` });
  founder.close();
  const caller = new Caller(port, code);
  for (const [kind, lines] of Object.entries(FILES)) {
    const file = join(folder, `${kind}.csv`);
    await writeFile(file, `${lines(size).join('\n')}\n`);
    await untilAccepted(caller, await caller.upload(kind, file), 10);
  }
  for (const year of YEARS) {
    const file = join(folder, `records-${year}.csv`);
    const wanted = { seed: `${code} ${year}`, count: size.records, idPrefix: `R${year}-`, months: monthsOf(year) };
    await writeRecordFiles({ ...wanted, accounts: 60, departments: DEPARTMENTS }, file);
    await watchImport(caller, file, size.records, 50);
    await rm(file);
  }
  caller.close();
}
