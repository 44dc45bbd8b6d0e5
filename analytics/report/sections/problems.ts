/** 七、存在问题: what was overspent, not reported, not reconciled, not measured, and what is still open. */
import { ZERO, type Exact } from '../../kernel/exact.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { periodWords } from '../../synergy/headline.js';
import { ISSUE_CODES, type IssueCode } from '../../synergy/types.js';
import { count, counted, heading, said, sentence, stated, words } from '../blocks.js';
import { difference, ratio } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { CellIssueLine, OpenCause } from '../input.js';
import type { Block, Said, Section } from '../model.js';
import { say } from '../say.js';
import { tableOf } from '../tables.js';
import { changeWords, type Sentence } from '../words/change.js';
import { listed } from '../words/listed.js';
import { paragraph, type Names, previousWords } from '../words/names.js';
import { overspending, unreportedBaselines } from './item-problems.js';

const ISSUE_WORDS: Readonly<Record<IssueCode, Said>> = {
  missing_quantity: said('缺数量，未计算价格降本', 'no quantity: price reduction not measured'),
  missing_volume: said('缺业务量，整组未计算', 'no volume of the driver: the group is not measured'),
  not_comparable: said('隐性成本缺数量，不可比', 'implicit cost without a quantity: not comparable'),
  not_reported: said('应报未报', 'a baseline with nothing reported'),
  possible_double_count: said('增收疑似重复计算', 'a gain that may be counted twice'),
};
const WHOLE_MINE = said('全矿', 'whole mine');
/** In how many places it was found. */
export const PLACES = count('处数', 'Places');

export function problems(facts: Facts, figures: Figures, names: Names): Section {
  const { issues, causes } = facts.input;
  const blocks: Block[] = [
    ...[heading('超支情况', 'Overspending'), ...overspending(facts, figures, names)],
    ...[heading('未报情况', 'Not reported'), undeclared(facts, figures, names)],
    ...unreportedBaselines(facts, figures, names),
    ...[heading('与账面核对', 'Reconciliation with the books'), reconciliation(facts, figures)],
    ...[heading('数据问题', 'Data issues'), ...dataIssues(issues, figures, names)],
    ...[heading('基准覆盖', 'Coverage by baselines'), coverage(facts, figures)],
    ...[heading('未了事项', 'Open matters'), ...openMatters(causes, lastPeriod(facts), figures, names)],
  ];
  return { id: 'problems', title: said('存在问题', 'Problems'), absent: null, blocks };
}

/** Declarations, books and the closing checklist are of the last period of the span. */
const lastPeriod = ({ input }: Facts): Said => periodWords([input.spans.now.to]);

/** COV-4: until it declares its reporting complete, a department's figures are provisional. */
function undeclared(facts: Facts, figures: Figures, names: Names): Block {
  const period = lastPeriod(facts);
  const { undeclared: codes } = facts.input;
  if (codes.length === 0) {
    return sentence(
      said(`${period.zh}没有未声明报齐的部门。`, `${period.en}: no department’s declaration is missing.`),
    );
  }
  const what = said('应声明报齐而未声明的部门数', 'departments that have not declared their reporting complete');
  const number = figures.inText('number', counted(codes.length, what));
  const who = listed(codes.map((code) => names.department(code)));
  return paragraph({
    zh: say`${period.zh}未声明报齐的部门${number}个：${who.zh}；其数为暂计。`,
    en: say`${period.en}: departments that have not declared their reporting complete: ${number} (${who.en}); their figures are provisional.`,
  });
}

function reconciliation(facts: Facts, figures: Figures): Block {
  const period = lastPeriod(facts);
  const { unreconciled } = facts.input;
  if (unreconciled === null) {
    return sentence(
      said(`没有取得${period.zh}的账面数，未核对。`, `${period.en}: no books were taken in, so nothing is reconciled.`),
    );
  }
  if (unreconciled === ZERO && facts.input.causes.some(({ code }) => code === 'unreconciled')) {
    return sentence(
      said(
        `${period.zh}记录与账面合计相等，但有不一致之处，见未了事项。`,
        `${period.en}: records and books agree in total, but not in each place: see the open matters.`,
      ),
    );
  }
  if (unreconciled === ZERO) {
    return sentence(said(`${period.zh}记录与账面核对一致。`, `${period.en}: the records agree with the books.`));
  }
  return differenceToBooks(period, unreconciled, figures);
}

/** Cost of the records less that of the books, in yuan: the books tie to the fen. */
function differenceToBooks(period: Said, yuan: Exact, figures: Figures): Block {
  const what = said(`${period.zh}记录与账面的差额`, `difference of records and books, ${period.en}`);
  const figure = figures.inText('yuan', stated(yuan, what), 'magnitude');
  const isMore = yuan > ZERO;
  return paragraph({
    zh: say`${period.zh}记录的成本比账面${isMore ? '多' : '少'}${figure}元，未核对一致。`,
    en: say`${period.en}: the records cost ${figure} yuan ${isMore ? 'more' : 'less'} than the books and are not reconciled.`,
  });
}

function dataIssues(issues: readonly CellIssueLine[], figures: Figures, names: Names): Block[] {
  if (issues.length === 0) {
    return [
      sentence(
        said('未发现缺业务量、缺数量等数据问题。', 'No missing volumes or quantities and no other issues found.'),
      ),
    ];
  }
  const byCode = groupedBy(issues, ({ code }) => code);
  const codes = ISSUE_CODES.filter((code) => byCode.has(code));
  const distinct = (all: readonly string[], nameOf: (code: string) => Said) =>
    listed([...new Set(all)].filter((code) => code !== '').map(nameOf));
  const table = tableOf(figures, {
    ...{ id: 'issues', title: said('数据问题汇总', 'Data issues'), unit: null },
    columns: [
      ...[words('问题', 'Issue'), PLACES],
      ...[words('涉及部门', 'Departments'), words('涉及成本项目', 'Cost items')],
    ],
    body: codes.map((code) => {
      const lines = byCode.get(code)!;
      const departments = distinct(
        lines.map(({ department }) => department),
        (department) => names.department(department),
      );
      const items = distinct(
        lines.map(({ item }) => item),
        (item) => names.item(item),
      );
      return [ISSUE_WORDS[code], counted(lines.length, ISSUE_WORDS[code]), departments, items];
    }),
  });
  return [table];
}

/** COV-1, against the previous span in 百分点. What has no baseline saves nothing and is never hidden. */
function coverage(facts: Facts, figures: Figures): Block {
  const { now, previous } = facts.input.spans;
  const explicit = facts.sum('explicit_actual', now);
  if (explicit.value.exact === null)
    return sentence(said('本期没有数据，不计覆盖率。', 'There is no data and no coverage.'));
  if (explicit.value.exact === ZERO) {
    return sentence(said('本期没有显性成本，不计覆盖率。', 'There is no explicit cost and so no coverage.'));
  }
  const coverageOf = (span: typeof previous) =>
    ratio(facts.sum('covered_actual', span), facts.sum('explicit_actual', span));
  const share = coverageOf(now);
  const percent = figures.inText('percent', share);
  const change = changeWords(figures, 'percent', {
    now: share,
    then: coverageOf(previous),
    name: previousWords(facts.input.spans),
  });
  const uncovered = figures.inText('wan', difference(explicit, facts.sum('covered_actual', now)));
  return paragraph({
    zh: say`显性成本覆盖率${percent}%，${change.zh}；没有对基准的显性成本${uncovered}万元，不计节约。`,
    en: say`Baselines cover ${percent}% of explicit cost, ${change.en}; ${uncovered} × 10,000 yuan of it have no baseline and save nothing.`,
  });
}

function openMatters(causes: readonly OpenCause[], period: Said, figures: Figures, names: Names): Block[] {
  if (causes.length === 0) {
    return [sentence(said(`${period.zh}没有未了事项。`, `${period.en}: nothing is open.`))];
  }
  const open = causes.filter(({ waived }) => waived === null);
  const waived = causes.filter((cause) => cause.waived !== null);
  const what = said('结账清单上未了结的事项数', 'open matters of the checklist');
  const openCount = figures.inText('number', counted(open.length, what));
  const rest = waivedWords(figures, waived);
  const text = paragraph({
    zh: say`${period.zh}结账清单上未了结的事项${openCount}项${rest.zh}。`,
    en: say`${period.en}: matters of the closing checklist that are open: ${openCount}${rest.en}.`,
  });
  const table = tableOf(figures, {
    ...{ id: 'open-matters', title: said('未了事项', 'Open matters'), unit: null },
    columns: [...[words('事项', 'Matter'), PLACES], ...[words('涉及部门', 'Departments'), words('处理', 'Standing')]],
    body: [...open, ...waived].map((cause) => [
      ...[cause.title, counted(cause.count, cause.title), departmentsOf(cause, names), standingOf(cause)],
    ]),
  });
  return [text, table];
}

function waivedWords(figures: Figures, waived: readonly OpenCause[]): Sentence {
  if (waived.length === 0) return { zh: [], en: [] };
  const what = said('结账清单上已豁免的事项数', 'waived matters of the checklist');
  const number = figures.inText('number', counted(waived.length, what));
  return { zh: say`，写明理由豁免的${number}项`, en: say`; waived with a reason: ${number}` };
}

export const departmentsOf = ({ departments }: OpenCause, names: Names): Said =>
  departments.length === 0 ? WHOLE_MINE : listed(departments.map((code) => names.department(code)));

const standingOf = ({ waived }: OpenCause): Said =>
  waived === null ? said('未了结', 'open') : said(`豁免：${waived}`, `waived: ${waived}`);
