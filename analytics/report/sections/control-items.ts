/** 双六零: the mine's own list of control items, each with a target of zero, and what was measured of it. */
import type { Measure } from '../../synergy/measures.js';
import type { Nature } from '../../synergy/types.js';
import { said, sentence, wan, words } from '../blocks.js';
import { none, sumOfData, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import { partsOf } from '../item-facts.js';
import type { ControlItem } from '../input.js';
import type { Block, Paragraph, Said, Table } from '../model.js';
import { named } from '../say.js';
import { tableOf } from '../tables.js';

const GROUPS: readonly { readonly group: ControlItem['group']; readonly title: Said }[] = [
  { group: 'explicit', title: said('显性控制项', 'Explicit control items') },
  { group: 'implicit', title: said('隐性控制项', 'Implicit control items') },
];

export function controlItems(facts: Facts, figures: Figures): Block[] {
  if (facts.input.controlItems.length === 0) return [NO_LIST];
  return [
    TARGET,
    ...GROUPS.map(({ group, title }): Block => {
      const items = facts.input.controlItems.filter((item) => item.group === group);
      return items.length === 0 ? notNamed(title) : tableOfGroup(facts, figures, group, title, items);
    }),
  ];
}

const NO_LIST: Paragraph = sentence(
  said('没有双六零控制项清单，本节不列。', 'There is no list of control items: nothing is shown here.'),
);

const TARGET: Paragraph = sentence({
  zh: `各控制项的目标为零；账内与账外的实际分列，不相加。`,
  en: `The target of each control item is zero; what was measured in and outside the books stands apart, never added.`,
});

const notNamed = ({ zh, en }: Said): Paragraph =>
  sentence(said(`${zh}：本矿尚未列入。`, `${en}: the mine has named none yet.`));

function tableOfGroup(
  facts: Facts,
  figures: Figures,
  group: ControlItem['group'],
  title: Said,
  items: readonly ControlItem[],
): Table {
  return tableOf(figures, {
    ...{ id: `control-items-${group}`, title, unit: 'wan' },
    columns: [
      ...[words('控制项', 'Control item'), words('计量办法', 'Measure'), words('责任人', 'Owner')],
      ...[wan('账内实际（其中数）', 'In the books, an “of which”'), wan('账外机会损失', 'Opportunity loss')],
    ],
    body: items.map((item) => [
      ...[named(item.name), item.measure === '' ? NOT_SET : named(item.measure)],
      item.owner === null ? NOT_SET : named(item.owner),
      measured(facts, item, 'implicit_booked', 'implicit_booked_actual'),
      measured(facts, item, 'implicit_opportunity', 'implicit_opportunity_actual'),
    ]),
  });
}

const NOT_SET = said('待定', 'not set');
const NOT_MEASURED = said('尚无计量', 'not measured');

/** Of its items in the span; what nobody measured is missing and not zero. */
function measured(facts: Facts, { name, items }: ControlItem, nature: Nature, measure: Measure): Datum {
  const parts = items.flatMap((item) => partsOf(facts, { nature, item }, []).filter(({ isNow }) => isNow));
  if (parts.length === 0) return { value: none(NOT_MEASURED), source: { kind: 'stated', what: named(name) } };
  return sumOfData(parts.map(({ now }) => now(measure)));
}
