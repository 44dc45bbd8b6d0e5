import { accountParts } from './cost-accounts.js';
import type { KnownItem } from './directory.js';
import type { AccountRule } from './profile.js';

/** A line as rules look at it: an account with the whole path of its name, and what the books call its dimensions. */
export interface RuledLine {
  readonly account: string;
  readonly path: string | null;
  readonly departments: readonly string[];
  readonly projects: readonly string[];
}

const conditions = ({ name, department, project }: AccountRule) =>
  [name, department, project].filter((condition) => condition !== undefined).length;

/** The most specific rule first: the longest account, then the most conditions, then the first (Profile.accounts). */
export function bySpecificity(rules: readonly AccountRule[]): AccountRule[] {
  return [...rules].sort((a, b) => b.account.length - a.account.length || conditions(b) - conditions(a));
}

export const isConditional = (rule: AccountRule): boolean =>
  rule.department !== undefined || rule.project !== undefined;

/** Whether the rule is about this account, whatever the line's dimensions are. */
export function isAbout(rule: AccountRule, account: string, path: string | null): boolean {
  return account.startsWith(rule.account) && (rule.name === undefined || accountParts(path).includes(rule.name));
}

/** `rules` in the order of `bySpecificity`. */
export function ruleOf(rules: readonly AccountRule[], line: RuledLine): AccountRule | null {
  const meets = (condition: string | undefined, texts: readonly string[]) =>
    condition === undefined || texts.includes(condition);
  return (
    rules.find(
      (rule) =>
        isAbout(rule, line.account, line.path) &&
        meets(rule.department, line.departments) &&
        meets(rule.project, line.projects),
    ) ?? null
  );
}

type Items = ReadonlyMap<string, KnownItem>;

/**
 * The item of a line under a cost rule; null where the rule leads to none, or where number and name of the account lead
 * to different ones: a chart that numbers its accounts otherwise must not be misread in silence.
 */
export function itemOf(rule: AccountRule, account: string, path: string | null, items: Items): string | null {
  const { item } = rule;
  if (item === undefined) return null;
  const parts = accountParts(path);
  if (item === '@name') return itemNamed(parts, items);
  if (item !== '@rest') return items.has(item) ? item : null;
  const numbered = itemNumbered(account.slice(rule.account.length), items);
  const named = itemNamed(parts.slice(-1), items);
  if (numbered === null) return named ?? itemNamed(parts, items);
  if (named === null || numbered.startsWith(named)) return numbered;
  return named.startsWith(numbered) ? named : null;
}

/** The longest item that the rest of an account's number begins with: 010402 is a kind of 0104. */
function itemNumbered(rest: string, items: Items): string | null {
  for (let length = rest.length; length >= 2; length--)
    if (items.get(rest.slice(0, length))?.nature === 'explicit') return rest.slice(0, length);
  return null;
}

/** What centres call the items of 财会〔2016〕21号 in their own charts. */
const USUAL_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(直接)?材料费?$|^原材料$/, '01'],
  [/^(直接)?人工(费|成本)?$|^(工资|奖金|职工福利|福利费|社会保险|住房公积金|工会经费)/, '03'],
  [/^(电费|电力|动力|燃料|燃料动力|燃料及动力)(费)?$/, '02'],
  [/^折旧/, '04'],
  [/^(修理|维修|大修|检修)/, '05'],
  [/^安全(生产)?费/, '06'],
  [/^维简费/, '07'],
  [/^租赁/, '11'],
];

/** The item that the last part of a name tells, or else the part above it. */
function itemNamed(parts: readonly string[], items: Items): string | null {
  for (const part of [...parts].reverse()) {
    const found = itemCalled(part, items);
    if (found !== null) return found;
  }
  return null;
}

function itemCalled(part: string, items: Items): string | null {
  const explicit = [...items.values()].filter(({ nature }) => nature === 'explicit');
  const only = (found: readonly KnownItem[]) => (found.length === 1 ? found[0]!.code : null);
  const exact = only(explicit.filter(({ name }) => name === part));
  if (exact !== null) return exact;
  const usual = USUAL_NAMES.find(([pattern]) => pattern.test(part))?.[1];
  if (usual !== undefined && items.has(usual)) return usual;
  const core = stem(part);
  return core.length < 2 ? null : only(explicit.filter(({ name }) => beginsAlike(stem(name), core)));
}

const stem = (name: string) => name.replace(/[(（].*$/, '').replace(/费用?$/, '');
const beginsAlike = (a: string, b: string) => a.length >= 2 && (a.startsWith(b) || b.startsWith(a));
