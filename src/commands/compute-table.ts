/** What `compute` shows a person: the figures in 万元, ranked, with the headline, the method and what could not be measured. */
import { ZERO, exact, fixed, type Exact } from '../../analytics/kernel/exact.js';
import { pivot } from '../../analytics/frames/pivot.js';
import { headline, inWan, periodWords } from '../../analytics/synergy/headline.js';
import { MEASURES, type Measure, type Measures } from '../../analytics/synergy/measures.js';
import type { Dimension, Row } from '../../analytics/synergy/roll-up.js';
import { ISSUE_CODES, type CellIssue, type Method } from '../../analytics/synergy/types.js';
import { computeFolder, type Answer } from '../modules/offline/compute-folder.js';
import { readTables } from '../modules/offline/read-folder.js';
import { BUILT_IN_ITEMS } from '../modules/rules/built-in-items.js';
import { columnOf, type Kind } from '../modules/rules/columns.js';
import { issueSentence } from '../modules/rules/messages.js';
import { alignTable, type Alignment } from '../platform/terminal/align-table.js';
import { displayWidth } from '../platform/terminal/display-width.js';
import { printable } from '../platform/terminal/printable.js';

type Files = ReadonlyMap<string, Uint8Array>;

const UNIT = '单位：万元';
const NONE = '（无）';
const PLACES_LISTED = 3;

const TITLES: Readonly<Record<Dimension, string>> = {
  ...{ department: '部门', period: '期间', category: '协同类别', item: '成本项目', nature: '成本性质' },
  project: '协同项目',
};

/** The measures shown, in the order of the headline; VAL-2 and IMP-4 say how the last parts stand to the value. */
const shownMeasures = (method: Method): readonly (readonly [Measure, string])[] => [
  ['turnover', '协同额'],
  ['synergy_value', '协同创效'],
  ['price_reduction', method.priceReduction === 'within' ? '其中：价格降本' : '价格降本（另列）'],
  ['explicit_saving', '显性节约'],
  ['gains', '增收'],
  ['inputs', '投入'],
  ['implicit_opportunity_saving', `账外机会损失节约${method.opportunitySaving === 'within' ? '' : '（另列）'}`],
  ['implicit_booked_saving', '账内隐性节约（仅列示）'],
];

/** Lines for a terminal; `files` is the folder the answer was computed from. */
export async function tableLines(answer: Answer, files: Files): Promise<string[]> {
  const { by, method } = answer;
  const figures = answer.rows.map((row) => ({ row, measures: exactMeasures(row.measures) }));
  const total = exactMeasures(answer.total);
  const measures = shownMeasures(method);
  const amounts = (of: Measures) => measures.map(([measure]) => inWan(of[measure]));
  const labels = labelReader(files);
  const standings = await standingsOf(answer);
  const label = (text: string) => [text, ...by.slice(1).map(() => '')];
  const rows = by.length === 0 ? [] : figures;
  const body = rows.map(({ row, measures: of }, i) => [
    ...by.map((dimension) => labels(dimension, row[dimension]!)),
    ...amounts(of),
    ...standings[i]!,
  ]);
  body.push([...label('合计'), ...amounts(total)]);
  const differences = measures.map(([measure]) => roundingDifference(total, rows, measure));
  // RND-3: a difference of rounding is shown, never plugged.
  if (rows.length > 0 && differences.some((text) => text !== '')) body.push([...label('尾差'), ...differences]);
  const header = [...(by.length === 0 ? [''] : by.map((dimension) => TITLES[dimension]))];
  const alignments: Alignment[] = [...header.map(() => 'left' as const), ...measures.map(() => 'right' as const)];
  const table = alignTable(
    [...header, ...measures.map(([, title]) => title), ...(rows.length > 0 ? ['占创效', '名次'] : [])],
    body,
    [...alignments, 'right', 'right'],
  );
  const words = headline(total, method, periodWords(periodsOf(answer, files)));
  return [
    toTheRight(UNIT, table),
    ...table,
    '',
    words.zh,
    words.en,
    ...methodLines(method),
    ...issueLines(answer.issues),
  ];
}

const exactMeasures = (texts: Row['measures']): Measures =>
  Object.fromEntries(MEASURES.map((name) => [name, exact(texts[name])])) as Record<Measure, Exact>;

/** Each row's share of the value and its rank. */
async function standingsOf(answer: Answer): Promise<string[][]> {
  if (answer.by.length === 0) return [];
  const codes = answer.rows.map((_, i) => String(i));
  const cells = answer.rows.map(({ measures }, i) => {
    return { row: codes[i]!, column: 'synergy_value', amount: measures.synergy_value };
  });
  const all = answer.total.synergy_value;
  const totals = {
    rows: new Map(cells.map(({ row, amount }) => [row, amount])),
    columns: new Map([['synergy_value', all]]),
    all,
  };
  const ranked = new Map((await pivot(cells, totals)).rows.map((row) => [row.code, row]));
  return codes.map((code) => {
    const { share, rank } = ranked.get(code)!;
    // All of the ratio's six decimals: it was rounded once already.
    return [share === null ? '—' : `${fixed(exact(String(share)) * 100n, 4)}%`, String(rank)];
  });
}

function roundingDifference(total: Measures, rows: readonly { measures: Measures }[], measure: Measure): string {
  const sum = rows.reduce((rest, row) => rest - exact(inWan(row.measures[measure])), exact(inWan(total[measure])));
  return sum === ZERO ? '' : fixed(sum, 2);
}

function toTheRight(text: string, table: readonly string[]): string {
  const width = table.reduce((widest, line) => Math.max(widest, displayWidth(line)), displayWidth(text));
  return ' '.repeat(width - displayWidth(text)) + text;
}

/** How values of dimensions are shown: choices by their Chinese word, codes with the name their table gives them. */
function labelReader(files: Files): (dimension: Dimension, value: string) => string {
  const named: readonly (readonly [Dimension, Kind])[] = [
    ['department', 'departments'],
    ['item', 'items'],
    ['project', 'projects'],
  ];
  const tables = readTables(
    new Map([...files].filter(([name]) => named.some(([, kind]) => `${kind}.csv` === name))),
  ).tables;
  const names = new Map<Dimension, Map<string, string>>(named.map(([dimension]) => [dimension, new Map()]));
  for (const { code, name } of BUILT_IN_ITEMS) names.get('item')!.set(code, name);
  for (const [dimension, kind] of named) {
    for (const { values } of tables.get(kind) ?? []) names.get(dimension)!.set(values.code!, values.name!);
  }
  return (dimension, value) => {
    if (value === '') return NONE;
    if (dimension === 'category' || dimension === 'nature') return chineseChoice(dimension, value);
    const name = names.get(dimension)?.get(value);
    return printable(name === undefined || name === value ? value : `${value} ${name}`, 40);
  };
}

function chineseChoice(column: 'category' | 'nature', value: string): string {
  const { type } = columnOf('records', column);
  return (type.is === 'choice' && type.chinese[type.values.indexOf(value)]) || value;
}

/** The periods that the answer speaks of, also where it is not grouped by them. */
function periodsOf(answer: Answer, files: Files): string[] {
  if (answer.by.includes('period')) return answer.rows.map((row) => row.period!);
  const outcome = computeFolder(files, ['period']);
  return 'answer' in outcome ? outcome.answer.rows.map((row) => row.period!) : [];
}

/** VAL-2: the method stands under every report. */
function methodLines({ priceReduction, opportunitySaving }: Method): string[] {
  const price = priceReduction === 'within' ? '价格降本计入协同创效' : '价格降本另列，不计入协同创效';
  const opportunity =
    opportunitySaving === 'within' ? '账外机会损失节约计入协同创效' : '账外机会损失节约另列，不计入协同创效';
  return [
    `方法：${price}；${opportunity}。正数为节约，负数为超支；按目前所知计算。`,
    `Method: priceReduction ${priceReduction}, opportunitySaving ${opportunitySaving}; savings are positive; as known now.`,
  ];
}

function issueLines(issues: readonly CellIssue[]): string[] {
  const lines = ISSUE_CODES.flatMap((code) => {
    const found = issues.filter((issue) => issue.code === code);
    if (found.length === 0) return [];
    const places = found.slice(0, PLACES_LISTED).map(({ department, period, item, baseline }) =>
      [department, period, item, baseline]
        .filter((text) => text !== '')
        .map((text) => printable(text, 40))
        .join(' '),
    );
    const more = found.length > places.length ? '等' : '';
    return [
      `· ${issueSentence(code, 'zh')}（${code}，${found.length} 处：${places.join('；')}${more}）`,
      `  ${issueSentence(code, 'en')}`,
    ];
  });
  return lines.length === 0 ? [] : ['', '未能衡量或需要核对之处 / Not measured, or to be checked:', ...lines];
}
