/** A `/synergy` answer laid out as one table with words around it, the same for XLSX and CSV. */
import { ZERO, exact, fixed, magnitude } from '../../../../analytics/kernel/exact.js';
import { REASON_WORDS } from '../../../../analytics/report/datum.js';
import { CATEGORY_WORDS, MEASURE_WORDS, NATURE_WORDS } from '../../../../analytics/report/words/names.js';
import type { Comparison, Ratios } from '../../../../analytics/synergy/compare.js';
import { MEASURES, type Measure } from '../../../../analytics/synergy/measures.js';
import type { Language } from '../../../platform/http/language.js';
import { mapInSlices } from '../../../platform/limits/in-slices.js';
import type { Compare, SynergyAnswer, SynergyRow } from '../app/answer-synergy.js';
import { AGAINST } from '../app/compare-rows.js';
import type { SynergyExport } from '../app/export-synergy.js';
import { rowKeys, type RowKey } from '../db/cell-queries.js';
import { NAMED_DIMENSIONS, type NamedDimension } from '../db/name-queries.js';
import { factLines, titleOf } from './export-facts.js';
import * as words from './export-words.js';

export type ExportCell = { readonly text: string } | { readonly number: string };

/** RND-3: the total less the rows as they are printed; and whether binary numbers add them up to the cent. */
interface AddedUp {
  readonly tail: string;
  readonly isLive: boolean;
}

export interface ExportColumn {
  readonly title: string;
  readonly kind: 'code' | 'words' | 'money' | 'ratio';
  readonly ofRow: (row: SynergyRow) => ExportCell;
  readonly ofTotal: ExportCell;
  /** Of amounts that add up to their total. */
  readonly added?: AddedUp;
}

export interface ExportTable {
  readonly title: string;
  readonly facts: readonly string[];
  /** 单位：元 */
  readonly unit: string;
  /** How many columns say what a row is of. */
  readonly keys: number;
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly SynergyRow[];
  /** Whether any column has a 尾差. */
  readonly hasTail: boolean;
  readonly tailTitle: string;
}

const text = (value: string): ExportCell => ({ text: value });
const amount = (value: string | null | undefined): ExportCell =>
  value === null || value === undefined ? text(words.NOTHING) : { number: value };

export async function exportTable(exported: SynergyExport, language: Language): Promise<ExportTable> {
  const { answer, question, unit } = exported;
  const added = await addedUp(answer);
  const keys = keyColumns(exported, rowKeys(question.by, question.view), language);
  const columns = [
    ...keys,
    ...MEASURES.map((measure) => measureColumn(exported, measure, added[measure], language)),
    ...ratioColumns(exported, language),
    stateColumn(exported, language),
    ...compareColumns(exported, language),
  ];
  const colon = language === 'zh' ? '：' : ': ';
  return {
    ...{ title: titleOf(exported, language), facts: factLines(exported, language) },
    unit: `${words.UNIT[language]}${colon}${words.UNIT_NAMES[unit][language]}`,
    ...{ keys: keys.length, columns, rows: answer.rows },
    hasTail: MEASURES.some((measure) => added[measure].tail !== NO_TAIL),
    tailTitle: words.TAIL[language],
  };
}

/** Where nothing tells rows apart there is one, of all that was asked for. The first column names total and 尾差. */
function keyColumns({ names }: SynergyExport, keys: readonly RowKey[], language: Language): ExportColumn[] {
  const blank = text('');
  const columns = keys.flatMap((key): ExportColumn[] => {
    const title = words.KEY_WORDS[key][language];
    const ofCode = (row: SynergyRow) => text(row[key]!);
    if (key === 'period' || key === 'priorPeriod') return [{ title, kind: 'code', ofRow: ofCode, ofTotal: blank }];
    const nameOf = (code: string) => nameIn(names, key, code, language);
    return [
      {
        title: `${title}${language === 'zh' ? '' : ' '}${words.CODE[language]}`,
        kind: 'code',
        ofRow: ofCode,
        ofTotal: blank,
      },
      { title, kind: 'words', ofRow: (row) => text(nameOf(row[key]!)), ofTotal: blank },
    ];
  });
  const first = columns[0] ?? { title: '', kind: 'words', ofRow: () => text(words.WHOLE[language]) };
  return [{ ...first, ofTotal: text(words.TOTAL[language]) }, ...columns.slice(1)];
}

/** A code that has no name stands for itself; '' is none. */
function nameIn(names: SynergyExport['names'], key: RowKey, code: string, language: Language): string {
  if (key === 'category') return CATEGORY_WORDS[code as keyof typeof CATEGORY_WORDS][language];
  if (key === 'nature') return code === '' ? '' : NATURE_WORDS[code as keyof typeof NATURE_WORDS][language];
  return isNamed(key) ? (names.of[key].get(code) ?? code) : code;
}

const isNamed = (key: RowKey): key is NamedDimension => NAMED_DIMENSIONS.some((named) => named === key);

const NO_TAIL = '0.00';
/** A sum of binary numbers is off by less than a cent while rows × amounts stay far below 2⁵³ cents. */
const SAFELY_ADDED = exact('400000000000');

async function addedUp({ rows, total }: SynergyAnswer): Promise<Readonly<Record<Measure, AddedUp>>> {
  const sums = new Map(MEASURES.map((measure) => [measure, { rest: exact(total[measure]), size: ZERO }]));
  await mapInSlices(rows, ({ measures }) => {
    for (const measure of MEASURES) {
      // Most are zero.
      if (measures[measure] === NO_TAIL) continue;
      const [sum, amount] = [sums.get(measure)!, exact(measures[measure])];
      sum.rest -= amount;
      sum.size += magnitude(amount);
    }
  });
  const found = [...sums].map(([measure, { rest, size }]) => [
    measure,
    { tail: fixed(rest, 2), isLive: rows.length > 0 && size * BigInt(rows.length) < SAFELY_ADDED },
  ]);
  return Object.fromEntries(found) as Readonly<Record<Measure, AddedUp>>;
}

function measureColumn({ answer }: SynergyExport, measure: Measure, added: AddedUp, language: Language): ExportColumn {
  return {
    ...{ title: MEASURE_WORDS[measure][language], kind: 'money', ofTotal: amount(answer.total[measure]), added },
    ofRow: (row) => amount(row.measures[measure]),
  };
}

function ratioColumns({ answer }: SynergyExport, language: Language): ExportColumn[] {
  const names = Object.keys(words.RATIO_WORDS) as (keyof Ratios)[];
  return names.map((name) => ({
    ...{ title: words.RATIO_WORDS[name][language], kind: 'ratio', ofTotal: amount(answer.totalRatios[name]) },
    ofRow: (row) => amount(row.ratios[name]),
  }));
}

function stateColumn({ answer }: SynergyExport, language: Language): ExportColumn {
  const cell = (state: SynergyRow['state']) => text(words.STATE_WORDS[state][language]);
  return {
    ...{ title: words.STATE[language], kind: 'words', ofTotal: cell(answer.totalState) },
    ofRow: ({ state }) => cell(state),
  };
}

/** CMP-1: for each comparison, what stood then, the change and its rate, of every measure that it has. */
function compareColumns({ answer }: SynergyExport, language: Language): ExportColumn[] {
  const compared = answer.totalCompare ?? {};
  return AGAINST.filter((against) => compared[against] !== undefined).flatMap((against) =>
    (Object.keys(compared[against]!) as Measure[]).flatMap((measure) =>
      (['then', 'amount', 'rate'] as const).map((part): ExportColumn => {
        const cellOf = (compare: Compare | undefined) => comparedCell(compare?.[against]?.[measure], part, language);
        const title = [MEASURE_WORDS[measure], words.AGAINST_WORDS[against], words.COMPARED_WORDS[part]];
        return {
          title: title.map((word) => word[language]).join(language === 'zh' ? '·' : ', '),
          kind: part === 'rate' ? 'ratio' : 'money',
          ...{ ofRow: ({ compare }) => cellOf(compare), ofTotal: cellOf(compared) },
        };
      }),
    ),
  );
}

/** Where there is no rate the reason stands in its place. */
function comparedCell(of: Comparison | undefined, part: 'then' | 'amount' | 'rate', language: Language): ExportCell {
  const value = of?.[part] ?? null;
  if (value !== null || part !== 'rate' || of?.reason === undefined) return amount(value);
  const reason = REASON_WORDS[of.reason][language];
  return text(language === 'zh' ? `${words.NOTHING}（${reason}）` : `${words.NOTHING} (${reason})`);
}
