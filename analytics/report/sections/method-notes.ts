/** 附件2 口径说明: how the figures were reckoned, on what they rest, and what they leave out. */
import { counted, heading, said, sentence, words } from '../blocks.js';
import { difference } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { BaselineUsed } from '../input.js';
import type { Basis, Block, Paragraph, Said, Section } from '../model.js';
import { named, say } from '../say.js';
import { tableOf } from '../tables.js';
import { dayWords } from '../words/days.js';
import { categoryTitle, paragraph, type Names } from '../words/names.js';

/** BAS-1. */
const KIND_WORDS: Readonly<Record<string, Said>> = {
  price: said('单价', 'price'),
  norm: said('定额', 'norm'),
  quantity: said('数量', 'quantity'),
  amount: said('金额', 'amount'),
};
const BASIS_WORDS: Readonly<Record<string, Said>> = {
  budget: said('预算', 'budget'),
  prior_year: said('上年', 'prior year'),
  market: said('市场价', 'market'),
  contract: said('合同', 'contract'),
  internal: said('内部价', 'internal price'),
};
const ANY_DEPARTMENT = said('不分部门', 'any department');
const UNBOUNDED = said('不限', 'unbounded');

export function methodNotes(facts: Facts, figures: Figures, names: Names): Section {
  const { basis, baselines, state } = facts.input;
  const blocks: Block[] = [
    ...[heading('主要指标', 'Main figures'), ...mainFigures(basis).map(sentence)],
    ...[heading('核算规则', 'Rules'), ...RULES.map(sentence)],
    ...[heading('版本', 'Versions'), ...versions(basis, state).map(sentence)],
    ...[heading('未计入的部分', 'What is left out'), uncovered(facts, figures), leftOutAdjustments(facts, figures)],
    ...[heading('所用基准', 'Baselines used'), ...baselineTable(baselines, figures, names)],
  ];
  return { id: 'method-notes', title: said('口径说明', 'Notes on method'), absent: null, blocks };
}

/** VAL-1 to VAL-3, TUR-1, IMP-4: the formulas in words, as the switches of the method have them. */
function mainFigures({ method }: Basis): Said[] {
  const isPriceWithin = method.priceReduction === 'within';
  const isOpportunityWithin = method.opportunitySaving === 'within';
  const price = isPriceWithin ? said('', '') : said('，再减去价格降本', ', less the price reduction');
  const opportunity = isOpportunityWithin
    ? said(
        '，再加账外机会损失的节约（单独列示）',
        ', plus the saving of opportunity losses, always shown as its own part',
      )
    : said(
        '；账外机会损失的节约单独列示，不计入',
        '; the saving of opportunity losses is shown beside it and not included',
      );
  const place = isPriceWithin
    ? said('它是协同创效的其中数，不与协同创效相加', 'It is part of the synergy value and never added to it')
    : said(
        '它与协同创效并列，不计入协同创效，两者不相加',
        'It stands beside the synergy value; the two are never added up',
      );
  return [
    said(
      '协同额是已批准的协同项目下内部结算金额之和，是周转额，不是节约。',
      'Synergy turnover is the sum of internal settlements under approved synergy projects: turnover, not a saving.',
    ),
    said(
      `协同创效＝基准成本－已对基准的实际成本＋财务确认的已实现增收－新增投入${price.zh}${opportunity.zh}。`,
      `Synergy value = baseline cost − cost measured against it + realised gains confirmed by finance − added inputs${price.en}${opportunity.en}.`,
    ),
    said(
      `价格降本＝（基准单价－实际单价）×实际数量。${place.zh}。`,
      `Price reduction = (baseline price − actual price) × actual quantity. ${place.en}.`,
    ),
    said(
      '创效率＝协同创效÷协同额；降价率＝价格降本÷降价计算基数；基准覆盖率＝已对基准的显性成本÷显性成本实际。合计的比率由合计数计算。',
      'Value rate = synergy value ÷ turnover; price-reduction rate = price reduction ÷ its base; coverage = cost measured against a baseline ÷ explicit cost. Ratios of totals come from the totals.',
    ),
  ];
}

/** CMB-1, SAV-1, IMP-3, COR-1, CMP-1, RND-1, RND-3. */
const RULES: readonly Said[] = [
  said(
    '各数不含增值税；节约为正，超支为负，不作截断。',
    'All figures are net of VAT; savings are positive, overspending is negative, nothing is cut off at zero.',
  ),
  said(
    '账内隐性成本是显性成本的其中数，只列示，不相加；账外机会损失不在账内，不计入总成本。',
    'Implicit cost in the books is an “of which” of explicit cost, shown and never added; opportunity losses are outside the ledger and no part of total cost.',
  ),
  said(
    '本报告按报告时口径：更正以前期间的数据列在报告它的期间，并在明细表单独列示。',
    'Figures are as reported: what corrects an earlier period stands in the period that reported it, and on lines of its own in the detailed tables.',
  ),
  said(
    '增减额＝本期－对比期；增减率＝增减额÷对比期，由未舍入的数计算；对比数缺失、为零或为负的，增减率记“—”并说明原因；增减额列示为0.00的，文中写作基本持平。',
    'Change = now − then; rate = change ÷ then, from unrounded figures; where then is missing, zero or negative the rate is “—”, with the reason; a change that is shown as 0.00 is called almost unchanged.',
  ),
  said(
    '金额按元精确计算，以万元列示，保留两位小数；四舍五入只在列示时作一次。合计由未舍入的数得出，与各行列示数之和不符的，差额列为尾差，不作调平。',
    'Amounts are reckoned exactly in yuan and shown in 10,000 yuan with two decimals, rounded half away from zero once, where shown. Totals come from unrounded figures; where the rows as shown do not add up to them, the rounding difference is printed and nothing is adjusted.',
  ),
];

function versions(basis: Basis, state: 'draft' | 'final'): Said[] {
  const { methodVersion, oldestMethodVersion, dataVersion } = basis;
  const older: Said[] =
    oldestMethodVersion === methodVersion
      ? []
      : [
          said(
            `其中有的期间按方法第${oldestMethodVersion}版及以后各版计算。`,
            `Some periods were reckoned under method version ${oldestMethodVersion} or a later one.`,
          ),
        ];
  return [
    said(
      `方法第${methodVersion}版，数据版本${dataVersion}。`,
      `Method version ${methodVersion}, data version ${dataVersion}.`,
    ),
    ...older,
    state === 'draft'
      ? said(
          '本报告是草稿：有期间未结账，各数可能变动。',
          'This report is a draft: a period is not closed, and figures may change.',
        )
      : said(
          '本报告各期间均已结账，各数取自封存的单元。',
          'Every period is closed; figures are those of the sealed cells.',
        ),
  ];
}

/** COV-1, COV-3: what the value does not hold. */
function uncovered(facts: Facts, figures: Figures): Paragraph {
  const { now } = facts.input.spans;
  const explicit = facts.sum('explicit_actual', now);
  if (explicit.value.exact === null) return sentence(said('本期没有数据。', 'There is no data.'));
  const cost = figures.inText('wan', difference(explicit, facts.sum('covered_actual', now)));
  const target = figures.inText('wan', facts.sum('unreported_baseline', now));
  return paragraph({
    zh: say`没有对基准的显性成本${cost}万元，不计节约；应报未报的基准${target}万元，不算节约。`,
    en: say`Explicit cost without a baseline: ${cost} × 10,000 yuan, which saves nothing; baselines with nothing reported: ${target} × 10,000 yuan, which is no saving.`,
  });
}

/** GAI-1. */
function leftOutAdjustments(facts: Facts, figures: Figures): Paragraph {
  const what = said('未计入的增收和投入笔数', 'number of gains and inputs left out');
  const number = figures.inText('number', counted(facts.input.leftOut.length, what));
  return paragraph({
    zh: say`年化、计划和财务尚未确认的增收和投入${number}笔，列于明细表，不计入。`,
    en: say`Annualised, planned or unconfirmed gains and inputs: ${number}; they are listed in the detailed tables and not included.`,
  });
}

function baselineTable(baselines: readonly BaselineUsed[], figures: Figures, names: Names): Block[] {
  if (baselines.length === 0) {
    return [sentence(said('本期没有用到基准。', 'No baseline was used.'))];
  }
  const day = (date: string | null): Said => (date === null ? UNBOUNDED : dayWords(date));
  const table = tableOf(figures, {
    ...{ id: 'baselines', title: said('所用基准', 'Baselines used'), unit: null },
    columns: [
      ...[words('编号', 'Code'), words('类型', 'Kind'), words('依据', 'Basis'), words('部门', 'Department')],
      ...[words('协同分项', 'Category'), words('成本项目', 'Cost item'), words('起', 'From'), words('止', 'To')],
    ],
    body: baselines.map(({ code, kind, basis, department, category, item, validFrom, validTo }) => [
      ...[named(code), KIND_WORDS[kind] ?? named(kind), BASIS_WORDS[basis] ?? named(basis)],
      ...[department === null ? ANY_DEPARTMENT : names.department(department), categoryTitle(category)],
      ...[names.item(item), day(validFrom), day(validTo)],
    ]),
  });
  return [table];
}
