/** In front of a restated report: what a closing reports otherwise than the one before it, and why (COR-1). */
import { ZERO, exact, type Exact } from '../../kernel/exact.js';
import { byCodePoint } from '../../kernel/order.js';
import { periodWords } from '../../synergy/headline.js';
import { MEASURES } from '../../synergy/measures.js';
import { CATEGORIES } from '../../synergy/types.js';
import { heading, said, sentence, stated, words, yuan } from '../blocks.js';
import { derived, difference, known, type Datum } from '../datum.js';
import { shownIn, type Figures } from '../figures.js';
import type { RestatedLine, Restatement } from '../input.js';
import type { Block, Place, Said, Section } from '../model.js';
import { tableOf } from '../tables.js';
import { MEASURE_WORDS, categoryTitle, measureTitle, type Names } from '../words/names.js';

const NOTHING_CHANGED = said('各数与上一次结账相同。', 'Every figure is as the closing before reported it.');
const NO_CAUSES = said(
  '两次结账之间没有找到变动的单据和资料。',
  'No record or reference row was found to have changed between the two closings.',
);

export function restated(restatement: Restatement, figures: Figures, names: Names): Section {
  const { causes } = restatement;
  const lines = [...restatement.lines].sort(inPlaces);
  const [wholeMine, places] = [lines.filter(isOfWholeMine), lines.filter((line) => !isOfWholeMine(line))];
  const blocks: Block[] = [
    ...opening(restatement).map(sentence),
    ...(lines.length === 0 ? [sentence(NOTHING_CHANGED)] : []),
    ...(wholeMine.length === 0 ? [] : [wholeMineTable(restatement, figures, wholeMine, places)]),
    ...(places.length === 0 ? [] : [placesTable(restatement, figures, names, places)]),
    ...[heading('变动原因', 'Causes'), ...(causes.length === 0 ? [NO_CAUSES] : causes).map(sentence)],
  ];
  return { id: 'restated', title: said('重述说明', 'Restatement'), absent: null, blocks };
}

const isOfWholeMine = ({ department, category }: RestatedLine) => department === '' && category === '';

/** By department; within one as the synergies and the measures are counted. */
function inPlaces(a: RestatedLine, b: RestatedLine): number {
  const categoryAt = ({ category }: RestatedLine) => (category === '' ? -1 : CATEGORIES.indexOf(category));
  return (
    byCodePoint(a.department, b.department) ||
    categoryAt(a) - categoryAt(b) ||
    MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure)
  );
}

function opening({ period, closing, reason }: Restatement): Said[] {
  const month = periodWords([period]);
  return [
    said(
      `${month.zh}重新开账后作第${closing}次结账，下列各数与第${closing - 1}次结账的报告不同。`,
      `${month.en} was reopened; closing ${closing} reports the figures below otherwise than closing ${closing - 1}.`,
    ),
    reason === null
      ? said('重新开账时没有写明理由。', 'No reason was given for the reopening.')
      : said(`重新开账的理由：${reason}`, `Reason for the reopening: ${reason}`),
  ];
}

/** In yuan: what was restated can be less than 万元 show. */
const FIGURE_COLUMNS = [
  ...[yuan('原报告数', 'As reported'), yuan('重述数', 'As restated'), yuan('差额', 'Difference')],
];

/** The figure of the closing before is in no answer of the current one; this closing's is a sum like any other. */
function dataOf({ period, closing }: Restatement, line: RestatedLine): [Datum, Datum, Datum] {
  const { department, category, measure } = line;
  const month = periodWords([period]);
  const before = stated(line.reported, {
    zh: `${month.zh}第${closing - 1}次结账报告的${MEASURE_WORDS[measure].zh}`,
    en: `${MEASURE_WORDS[measure].en} as closing ${closing - 1} of ${month.en} reported it`,
  });
  const place: Place = {
    periods: { from: period, to: period },
    ...(department === '' ? {} : { department }),
    ...(category === '' ? {} : { category }),
  };
  const after: Datum = { value: known(line.restated), source: { kind: 'sum', measure, place } };
  return [before, after, difference(after, before)];
}

function wholeMineTable(
  restatement: Restatement,
  figures: Figures,
  wholeMine: readonly RestatedLine[],
  places: readonly RestatedLine[],
): Block {
  const rows = wholeMine.map((line) => {
    const data = dataOf(restatement, line);
    const parts = places.filter(({ measure }) => measure === line.measure).map((part) => dataOf(restatement, part)[2]);
    return { line, data, tail: tailOf(data[2], parts) };
  });
  const hasTails = rows.some(({ tail }) => tail.value.exact !== ZERO);
  return tableOf(figures, {
    ...{ id: 'restated-totals', title: said('全矿重述表', 'Restated figures of the whole mine'), unit: 'yuan' },
    columns: [
      ...[words('指标', 'Measure'), ...FIGURE_COLUMNS],
      ...(hasTails ? [yuan('差额尾差', 'Rounding difference')] : []),
    ],
    body: rows.map(({ line, data, tail }) => [measureTitle(line.measure), ...data, ...(hasTails ? [tail] : [])]),
  });
}

/** RND-3: the difference of the whole mine less those of its places, each as printed. */
function tailOf(whole: Datum, parts: readonly Datum[]): Datum {
  const printed = (value: Exact) => exact(shownIn('yuan', value));
  return derived('tail', [whole, ...parts], ([total, ...others]) =>
    known(others.reduce((left, each) => left - printed(each), printed(total!))),
  );
}

function placesTable(restatement: Restatement, figures: Figures, names: Names, places: readonly RestatedLine[]): Block {
  return tableOf(figures, {
    ...{ id: 'restated', title: said('部门与协同分项重述表', 'Restated figures by department and category') },
    unit: 'yuan',
    columns: [
      ...[words('部门', 'Department'), words('协同分项', 'Category'), words('指标', 'Measure')],
      ...FIGURE_COLUMNS,
    ],
    body: places.map((line) => [
      ...[names.department(line.department), categoryTitle(line.category as Exclude<typeof line.category, ''>)],
      ...[measureTitle(line.measure), ...dataOf(restatement, line)],
    ]),
  });
}
