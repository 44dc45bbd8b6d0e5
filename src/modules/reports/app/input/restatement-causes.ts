/** Why a month is restated, a sentence for each record, reference row and method. */
import { exact, plain } from '../../../../../analytics/kernel/exact.js';
import type { Said } from '../../../../../analytics/report/model.js';
import type { FoundRestatement } from '../../../periods/index.js';
import type { ReferenceKind } from '../../../reference/index.js';
import { COLUMNS, KEYS, type Column } from '../../../rules/columns.js';
import type { MineNames } from '../../db/input/names.js';

type Causes = FoundRestatement['causes'];
type RecordCause = Causes['records'][number];
type ReferenceCause = Causes['references'][number];

/** Of records, and of reference rows; the restatement table of the period lists the others. */
const NAMED = 100;

export function causesInWords({ records, recordCount, references, method }: Causes, names: MineNames): Said[] {
  const [moreRecords, moreRows] = [recordCount - NAMED, references.length - NAMED];
  return [
    ...records.slice(0, NAMED).map((record) => recordWords(record, names)),
    ...(moreRecords > 0 ? [beyond(moreRecords, { zh: '张单据', en: 'records' })] : []),
    ...references.slice(0, NAMED).map((row) => referenceWords(row, names)),
    ...(moreRows > 0 ? [beyond(moreRows, { zh: '行资料', en: 'reference rows' })] : []),
    ...(method === null ? [] : [methodWords(method)]),
  ];
}

const beyond = (count: number, what: Said): Said => ({
  zh: `另有${count}${what.zh}，见该期间的重述表。`,
  en: `${count} more ${what.en}: see the restatement table of the period.`,
});

const methodWords = ({ before, after }: NonNullable<Causes['method']>): Said => ({
  zh: `计算方法由第${before}版改为第${after}版。`,
  en: `The method changed from version ${before} to version ${after}.`,
});

/** Who, what and how much. */
function recordWords(record: RecordCause, names: MineNames): Said {
  const { change, id, date, quantity, amountYuan, correctsPeriod } = record;
  const [department, item] = [departmentName(record.department, names), itemName(record.item, names)];
  const corrects =
    correctsPeriod === null
      ? { zh: '', en: '' }
      : { zh: `，更正${correctsPeriod}`, en: `, correcting ${correctsPeriod}` };
  const figures = [
    ...(quantity === null ? [] : [{ zh: `数量${quantity}`, en: `quantity ${quantity}` }]),
    ...(amountYuan === null ? [] : [{ zh: `金额${amountYuan}元`, en: `amount ${amountYuan} yuan` }]),
  ];
  const verb =
    change === 'posted' ? { zh: '新计入', en: 'began to count' } : { zh: '不再计入', en: 'no longer counts' };
  return {
    zh: `${verb.zh}单据${id}（${date}，${department}，${item}${corrects.zh}）：${figures.map(({ zh }) => zh).join('，')}。`,
    en: `Record ${id} (${date}, ${department}, ${item}${corrects.en}) ${verb.en}: ${figures.map(({ en }) => en).join(', ')}.`,
  };
}

/** Kinds that figures follow from. */
const KIND_WORDS: Readonly<Partial<Record<ReferenceKind, Said>>> = {
  baselines: { zh: '基准', en: 'baseline' },
  activities: { zh: '业务量', en: 'volume' },
  rates: { zh: '费率', en: 'rate' },
  projects: { zh: '协同项目', en: 'project' },
  adjustments: { zh: '增收投入', en: 'gain or input' },
};

/** What of the row changed, from what to what. */
function referenceWords({ kind, key, before, after }: ReferenceCause, names: MineNames): Said {
  const word = KIND_WORDS[kind] ?? { zh: kind, en: kind };
  const columns = COLUMNS[kind].filter(({ name }) => name in after && !KEYS[kind].includes(name));
  const changes = columns.map((column) => {
    const now = valueWords(column, after[column.name], names);
    if (before === null) return { zh: `${column.chinese}${now.zh}`, en: `${column.name} ${now.en}` };
    const was = valueWords(column, before[column.name], names);
    return {
      zh: `${column.chinese}由${was.zh}改为${now.zh}`,
      en: `${column.name} changed from ${was.en} to ${now.en}`,
    };
  });
  const [verb, opening] = before === null ? ['新增', 'New '] : ['修改', 'Changed '];
  return {
    zh: `${verb}${word.zh}${key}：${changes.map(({ zh }) => zh).join('，')}。`,
    en: `${opening}${word.en} ${key}: ${changes.map(({ en }) => en).join(', ')}.`,
  };
}

const NOTHING: Said = { zh: '空', en: 'nothing' };
const same = (text: string): Said => ({ zh: text, en: text });

function valueWords({ type }: Column, value: string | null | undefined, names: MineNames): Said {
  // A rate that begins nowhere is kept as the first of all days.
  if (value === null || value === undefined || value === '-infinity') return NOTHING;
  switch (type.is) {
    case 'number':
    case 'taxRate':
      return same(plain(exact(value)));
    case 'choice':
      return { zh: type.chinese[type.values.indexOf(value)] ?? value, en: value };
    case 'reference':
      return same(type.to === 'departments' ? departmentName(value, names) : value);
    case 'code':
    case 'text':
    case 'date':
    case 'ledgerDate':
    case 'period':
    case 'ledgerPeriod':
      return same(value);
  }
}

const departmentName = (code: string, { departments }: MineNames) => departments.get(code)?.name ?? code;
const itemName = (code: string, { items }: MineNames) => items.get(code) ?? code;
