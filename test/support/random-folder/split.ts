import { csvCells, type Folder } from '../naive/table.js';
import { COLUMNS, type FileName } from '../naive/words.js';
import { csvText } from './dress.js';
import { Random } from './random.js';

export type StepKind =
  | 'departments'
  | 'periods'
  | 'items'
  | 'projects'
  | 'records'
  | 'baselines'
  | 'activities'
  | 'rates'
  | 'adjustments'
  | 'targets';

/** One import: a file of a kind, or the method. */
export type Step =
  { readonly kind: StepKind; readonly csv: string } | { readonly kind: 'method'; readonly json: string };

/** The file as one step; none where the folder has no such file or no row in it. */
function whole(folder: Folder, kind: StepKind): Step[] {
  const csv = folder[`${kind}.csv`];
  return csv !== undefined && csvCells(csv).length > 1 ? [{ kind, csv }] : [];
}

/** The records over one to four files, their rows in another order. */
function recordParts(random: Random, folder: Folder): Step[] {
  const [header = [], ...rows] = csvCells(folder['records.csv'] ?? '');
  const parts: string[][][] = Array.from({ length: random.between(1, 4) }, () => []);
  for (const row of random.shuffled(rows)) random.pick(parts).push(row);
  return parts.filter((part) => part.length > 0).map((part) => ({ kind: 'records', csv: csvText([header, ...part]) }));
}

/** The projects as they stand before anyone has approved them. */
function unapproved(csv: string): string {
  const [header = [], ...rows] = csvCells(csv);
  const file: FileName = 'projects.csv';
  const dates = COLUMNS[file].filter(({ code }) => code === 'approved_on' || code === 'closed_on');
  const places = header.map((title) => dates.some(({ code, chinese }) => [code, chinese].includes(title.trim())));
  return csvText([header, ...rows.map((row) => row.map((value, place) => (places[place] ? '' : value)))]);
}

/**
 * The folder as a series of imports that together are the same folder. Departments, periods, items, projects and rates
 * come before what refers to them; the rest in any order. The projects may come first without their approval, and with it
 * at any later point.
 */
export function splitFolder(folder: Folder, seed: number): Step[] {
  const random = new Random(seed);
  const method = folder['method.json'];
  const early = random.chance(50);
  const projects = whole(folder, 'projects');
  const first = projects.map((step) =>
    early && step.kind === 'projects' ? { ...step, csv: unapproved(step.csv) } : step,
  );
  const rest: Step[] = random.shuffled([
    ...recordParts(random, folder),
    ...whole(folder, 'baselines'),
    ...whole(folder, 'activities'),
    ...whole(folder, 'adjustments'),
    ...whole(folder, 'targets'),
    ...(method === undefined ? [] : [{ kind: 'method' as const, json: method }]),
    ...(early ? projects : []),
  ]);
  const named = random.shuffled((['departments', 'periods', 'items'] as const).flatMap((kind) => whole(folder, kind)));
  return [...named, ...random.shuffled([...first, ...whole(folder, 'rates')]), ...rest];
}
