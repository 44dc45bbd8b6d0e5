import { MONTHS, periodOf, Year } from './calendar.js';
import { Chance } from './chance.js';
import { divideRounded, micro, Micro, tilted, toGrain } from './micro.js';
import { Activity } from './rows.js';
import { cell, table } from './table.js';

/** A month's ordinary volume per department and driver in 2023; `own` is drawn here, `mine` is the three faces' sum. */
const ORDINARY = table(
  `
  CM1 | raw_coal_kt | 86    | own
  CM2 | raw_coal_kt | 70    | own
  CM3 | raw_coal_kt | 46    | own
  JD  | raw_coal_kt |       | mine
  YS  | raw_coal_kt |       | mine
  TF  | raw_coal_kt |       | mine
  FC  | raw_coal_kt |       | mine
  JJ1 | drivage_m   | 190   | own
  JJ2 | drivage_m   | 172   | own
  JJ3 | drivage_m   | 148   | own
  KT  | drivage_m   | 112   | own
  XM  | washed_kt   |       | washed
  YX  | washed_kt   |       | washed
  ZT  | drilling_m  | 5200  | own
  JX  | repair_h    | 9800  | own
  GR  | heat_gj     | 21500 | heat
  ST  | meals_k     | 62    | own
  `,
  4,
);

/** Per ten thousand of an ordinary month: the Spring Festival, the summer checks, the year-end push. */
const SEASON: Record<Year, readonly number[]> = {
  2022: [9900, 8300, 10150, 10100, 10200, 9950, 9800, 9850, 10150, 9900, 10350, 10550],
  2023: [8650, 9250, 10250, 10150, 10200, 10050, 9850, 9800, 10200, 10050, 10450, 10700],
};

/** Heat is a winter product; the bathhouse needs some all year. */
const HEAT = [15800, 15200, 11200, 6200, 4300, 4000, 3900, 3900, 4200, 6800, 12400, 15600];

/** A face is moved: little coal from it in that month. */
const FACE_MOVE: Record<Year, { department: string; month: number }> = {
  2022: { department: 'CM2', month: 10 },
  2023: { department: 'CM3', month: 6 },
};

const TENTH = micro('0.1');

const seasonTilt = (year: Year, month: number, season: readonly number[]): number => {
  const seasonal = season[month - 1] ?? 10_000;
  return (year === 2022 ? Number(divideRounded(BigInt(seasonal) * 955n, 1000n)) : seasonal) - 10_000;
};

/** Actual volume, one decimal. Drawn from the label alone, so asking twice gives the same answer. */
export function volumeOf(year: Year, month: number, department: string, driver: string): Micro {
  const row = ORDINARY.find((known) => cell(known, 0) === department && cell(known, 1) === driver);
  if (!row) throw new Error(`no volume of ${driver} for ${department}`);
  const way = cell(row, 3);
  const chance = new Chance(`volume ${year} ${month} ${department} ${driver}`);
  if (way === 'mine' || way === 'washed') {
    const coal = ['CM1', 'CM2', 'CM3'].reduce(
      (sum, face) => sum + volumeOf(year, month, face, driver === 'washed_kt' ? 'raw_coal_kt' : driver),
      0n,
    );
    const washing = new Chance(`washing ${year} ${month}`);
    return way === 'mine' ? coal : toGrain((coal * BigInt(748 + washing.around(14))) / 1000n, TENTH);
  }
  const season = seasonTilt(year, month, way === 'heat' ? HEAT : SEASON[year]);
  const ordinary = tilted(micro(cell(row, 2)), season, TENTH);
  const moved = FACE_MOVE[year].department === department && FACE_MOVE[year].month === month;
  return tilted(ordinary, (moved ? -5600 : 0) + chance.around(420), TENTH);
}

function plannedVolume(year: Year, month: number, department: string, driver: string): Micro {
  const chance = new Chance(`plan ${year} ${month} ${department} ${driver}`);
  return tilted(volumeOf(year, month, department, driver), chance.around(300), TENTH * 10n);
}

/** Volumes that were never reported: the row has its plan only (2023) or is not there at all (2022). */
const MISSING: Record<Year, { department: string; driver: string; month: number }> = {
  2022: { department: 'JJ3', driver: 'drivage_m', month: 9 },
  2023: { department: 'ZT', driver: 'drilling_m', month: 8 },
};

export function activitiesOf(year: Year): Activity[] {
  const missing = MISSING[year];
  return MONTHS.flatMap((month) =>
    ORDINARY.map((row): Activity => {
      const [department, driver] = [cell(row, 0), cell(row, 1)];
      const isMissing = missing.department === department && missing.driver === driver && missing.month === month;
      return {
        period: periodOf(year, month),
        department,
        driver,
        actual: isMissing ? null : volumeOf(year, month, department, driver),
        planned: plannedVolume(year, month, department, driver),
      };
    }).filter((row) => row.actual !== null || year === 2023),
  );
}
