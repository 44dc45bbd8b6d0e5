/** 四、隐性成本: what lies in the books and what was lost outside them, never added up; and the double six zeros (双六零). */
import { ZERO } from '../../kernel/exact.js';
import { opportunityCounted } from '../../synergy/headline.js';
import type { Measure } from '../../synergy/measures.js';
import type { Method, Nature } from '../../synergy/types.js';
import { heading, said, sentence, wan, words } from '../blocks.js';
import { rate } from '../datum.js';
import type { Facts } from '../facts.js';
import { printsAsZero, type Figures } from '../figures.js';
import { changeOf, largestFirst, partsOf, wholeOf, type Part } from '../item-facts.js';
import type { Block, Paragraph, Said, Section } from '../model.js';
import { say } from '../say.js';
import { tableOf } from '../tables.js';
import { changeWords } from '../words/change.js';
import { paragraph, type Names, previousWords } from '../words/names.js';
import { controlItems } from './control-items.js';
import { againstPrevious } from './shares.js';
import { TOTAL } from './top-table.js';

type Implicit = Exclude<Nature, 'explicit'>;

const MEASURES_OF: Readonly<Record<Implicit, { readonly actual: Measure; readonly saving: Measure }>> = {
  implicit_booked: { actual: 'implicit_booked_actual', saving: 'implicit_booked_saving' },
  implicit_opportunity: { actual: 'implicit_opportunity_actual', saving: 'implicit_opportunity_saving' },
};
const HEADINGS: Readonly<Record<Implicit, Said>> = {
  implicit_booked: said('账内隐性成本', 'Implicit cost in the books'),
  implicit_opportunity: said('账外机会损失', 'Opportunity losses outside the ledger'),
};

export function implicitCost(facts: Facts, figures: Figures, names: Names): Section {
  return {
    ...{ id: 'implicit-cost', title: { zh: '隐性成本', en: 'Implicit cost' }, absent: null },
    blocks: [
      apart(facts.input.basis.method),
      ...ofNature(facts, figures, names, 'implicit_booked'),
      ...ofNature(facts, figures, names, 'implicit_opportunity'),
      heading('双六零', 'The double six zeros'),
      ...controlItems(facts, figures),
    ],
  };
}

/** IMP-3 and IMP-4, and which way the switch of IMP-4 stands. */
function apart(method: Method): Paragraph {
  const counted = opportunityCounted(method);
  return sentence({
    zh: `账内隐性成本已含在显性成本之中，是其中数，其实际和节约只列示，不再加计；账外机会损失没有入账，不计入成本总额，其节约按现行计算方法${counted.zh}协同创效。两者不相加。`,
    en: `Implicit cost in the books is within explicit cost already, an “of which”: its actual and its saving are shown and never added. Opportunity losses are outside the ledger and never part of total cost; by the method in force their saving is ${counted.en} in the synergy value. The two are not added up.`,
  });
}

function ofNature(facts: Facts, figures: Figures, names: Names, nature: Implicit): Block[] {
  const { zh, en } = HEADINGS[nature];
  const parts = partsOf(facts, { nature }, ['item']);
  if (!parts.some(({ isNow }) => isNow)) {
    return [heading(zh, en), sentence(said(`本期没有${zh}的数据。`, `${en}: no data this period.`))];
  }
  return [heading(zh, en), natureWords(facts, figures, nature), natureTable(facts, figures, names, nature, parts)];
}

function natureWords(facts: Facts, figures: Figures, nature: Implicit): Paragraph {
  const { actual, saving } = MEASURES_OF[nature];
  const whole = wholeOf(facts);
  const now = whole.now(actual);
  const savedYuan = whole.now(saving);
  const isOver = savedYuan.value.exact! < ZERO && !printsAsZero('wan', savedYuan.value.exact!);
  const [cost, saved] = [figures.inText('wan', now), figures.inText('wan', savedYuan, 'magnitude')];
  const before = changeWords(figures, 'wan', {
    now,
    then: whole.previous(actual),
    name: previousWords(facts.input.spans),
  });
  const { zh, en } = HEADINGS[nature];
  return paragraph({
    zh: say`本期${zh}${cost}万元，${before.zh}；与基准相比${isOver ? '超支' : '节约'}${saved}万元。`,
    en: say`${en} this period: ${cost} × 10,000 yuan, ${before.en}; ${isOver ? 'overspent' : 'saved'} against the baseline: ${saved} × 10,000 yuan.`,
  });
}

function natureTable(facts: Facts, figures: Figures, names: Names, nature: Implicit, parts: readonly Part[]): Block {
  const { actual, saving } = MEASURES_OF[nature];
  const line = (sums: Pick<Part, 'now' | 'previous'>) => [
    ...[sums.now(actual), sums.now(saving), changeOf(sums, actual), rate(sums.now(actual), sums.previous(actual))],
  ];
  const against = againstPrevious(facts.input.spans);
  return tableOf(figures, {
    ...{ id: nature, title: HEADINGS[nature], unit: 'wan' },
    columns: [
      ...[words('隐性成本项目', 'Implicit item'), wan('实际', 'Actual'), wan('节约', 'Saving')],
      ...[against.change, against.rate],
    ],
    body: largestFirst(parts, ({ now }) => now(actual)).map((part) => [names.item(part.where.item!), ...line(part)]),
    total: [TOTAL, ...line(wholeOf(facts))],
  });
}
