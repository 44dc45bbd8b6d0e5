import type { RowShape } from './row-shape.js';

/** 制表人：张三, 审核：, 打印日期：2023-04-02: who made and checked a table stands below it. */
const LABEL =
  /^(?:制表|制单|编制|填表|填报|审核|复核|审批|批准|核准|会计主管|财务主管|财务负责人|单位负责人|部门负责人|负责人|主管|经办|出纳|记账|会计|打印|导出|提供方签字|接受方签字|签字|盖章)(?:人|员|单位|部门|日期|时间|签字)?[:：]/;

const isClosingLabel = (text: string): boolean => /[:：]/.test(text) && LABEL.test(text.replace(/\s+/g, ''));

/**
 * A line below a table that names people and is no row of it: it begins with such a label, its key columns hold nothing
 * else, its amounts nothing at all. Such lines are left out and counted, in books only.
 */
export function isClosingLine(
  { keys, amounts }: RowShape,
  cellAt: (place: number) => string | null,
  first: string,
): boolean {
  if (amounts.length === 0 || !isClosingLabel(first)) return false;
  const isLabelled = (text: string | null) => text === null || isClosingLabel(text);
  return keys.every((place) => isLabelled(cellAt(place))) && amounts.every((place) => cellAt(place) === null);
}
