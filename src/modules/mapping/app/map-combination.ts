import type { Category, Nature } from '../../../../analytics/synergy/types.js';
import { itemOf, ruleOf } from './account-rules.js';
import { isCostAccount } from './cost-accounts.js';
import { readings, type CodeAndName, type Directory, type Names } from './directory.js';
import type { AccountRule, Profile, Side } from './profile.js';

/** What lines of a voucher have in common, as the books write it; '' where they say nothing. */
export interface Combination {
  readonly account: string;
  /** The whole path of the account's name. */
  readonly path: string | null;
  /** 科目类型. */
  readonly type: string | null;
  readonly department: string;
  readonly project: string;
  /** `类别:代码:名称`, joined by `|`. */
  readonly auxiliary: string;
}

/** What lines of a combination become. `unmapped`: cost that no rule leads anywhere, each with the text that no rule knows. */
export type Mapped =
  | { readonly is: 'fund' }
  | { readonly is: 'left_out'; readonly reason: string }
  | {
      readonly is: 'unmapped';
      readonly side: Side;
      readonly account: boolean;
      readonly department: string | null;
      readonly project: string | null;
    }
  | {
      readonly is: 'cost';
      readonly side: Side;
      readonly item: string;
      readonly category: Category;
      readonly nature: Nature;
      readonly department: string;
      readonly project: string | null;
      /** Of the auxiliary dimensions. */
      readonly counterparty: string | null;
      readonly isInternal: boolean;
    };

/**
 * What the lines of one combination become under a profile. `rules`: those of the profile, in the order of
 * `bySpecificity`.
 */
export function mapCombination(
  profile: Profile,
  rules: readonly AccountRule[],
  known: Directory,
  combination: Combination,
): Mapped {
  const { account, path } = combination;
  const dimensions = dimensionsOf(combination);
  const departments = dimensions.department.flatMap(textsOf);
  const projects = dimensions.project.flatMap(textsOf);
  const rule = ruleOf(rules, { account, path, departments, projects });
  if (rule === null && !isCostAccount(account, path, combination.type)) return { is: 'left_out', reason: 'not_cost' };
  if (rule?.is === 'fund') return { is: 'fund' };
  if (rule?.is === 'left_out') return { is: 'left_out', reason: rule.reason ?? 'not_cost' };
  const side = rule?.side ?? profile.side;
  const item = rule === null ? null : itemOf(rule, account, path, known.items);
  const department = placed(dimensions.department, profile.departments, known.departments, rule?.toDepartment);
  const project = placed(dimensions.project, profile.projects, known.projects, rule?.toProject ?? '');
  if (rule === null || item === null || department.code === null || project.code === null) {
    return { is: 'unmapped', side, account: item === null, department: department.unknown, project: project.unknown };
  }
  const [counterparty = null] = dimensions.counterparty.map(({ code, name }) => name ?? code);
  const internal = [...dimensions.counterparty.flatMap(textsOf)];
  return {
    ...{ is: 'cost', side, item, department: department.code, project: project.code || null, counterparty },
    nature: rule.nature ?? 'explicit',
    category: categoryOf(rule, item, known.categories.get(project.code)),
    isInternal:
      profile.internal.accounts.some((prefix) => account.startsWith(prefix)) ||
      profile.internal.counterparties.some((known) => internal.includes(known)),
  };
}

function categoryOf(rule: AccountRule, item: string, ofProject: Category | undefined): Category {
  if (rule.category !== undefined && (rule.isCategoryFixed || ofProject === undefined)) return rule.category;
  return ofProject ?? defaultCategory(item);
}

/** 资源协同 is materials, 人员协同 is labour; what is left is cost control in general. */
export function defaultCategory(item: string): Category {
  if (item.startsWith('01')) return 'resource';
  return item === '03' || item.startsWith('03') ? 'personnel' : 'management';
}

interface Place {
  /** '' for none, null where it is not known. */
  readonly code: string | null;
  /** The text that no rule knows. */
  readonly unknown: string | null;
}

/** The mine's code of what the books say; `otherwise` where they say nothing, which the profile may name by ''. */
export function placed(
  stated: readonly CodeAndName[],
  map: Readonly<Record<string, string>>,
  known: Names,
  otherwise: string | undefined,
): Place {
  const [first] = stated;
  if (first === undefined) {
    const code = otherwise === undefined || otherwise === '' ? (mappedTo(map, '') ?? otherwise ?? null) : otherwise;
    return { code, unknown: code === null ? '' : null };
  }
  for (const said of stated) {
    const code = textsOf(said).flatMap((text) => mappedTo(map, text) ?? [])[0] ?? foundIn(known, said);
    if (code !== null) return { code, unknown: null };
  }
  return { code: null, unknown: textsOf(first)[0]! };
}

const mappedTo = (map: Readonly<Record<string, string>>, text: string) =>
  Object.hasOwn(map, text) ? map[text]! : null;

function foundIn(known: Names, said: CodeAndName): string | null {
  if (said.code !== null) return known.find(said);
  for (const reading of readings(said.name!)) {
    const code = known.find(reading);
    if (code !== null) return code;
  }
  return null;
}

/** A code with its name, the code, and the name: whatever a profile may name it by. */
const textsOf = ({ code, name }: CodeAndName): string[] =>
  code === null
    ? readings(name!).flatMap((r) => (r.code === null ? [r.name!] : [r.code, r.name!]))
    : name === null
      ? [code]
      : [code, name];

interface Dimensions {
  readonly department: readonly CodeAndName[];
  readonly project: readonly CodeAndName[];
  readonly counterparty: readonly CodeAndName[];
}

const CATEGORIES: readonly (readonly [keyof Dimensions, RegExp])[] = [
  ['department', /部门|责任单位|成本中心|区队/],
  ['project', /项目/],
  ['counterparty', /客户|供应商|客商|往来|对方单位/],
];

/** The columns of the line first, then its auxiliary dimensions. */
function dimensionsOf({ department, project, auxiliary }: Combination): Dimensions {
  const stated = (text: string) => (text === '' ? [] : [{ code: null, name: text }]);
  const found: Record<keyof Dimensions, CodeAndName[]> = {
    ...{ department: stated(department), project: stated(project), counterparty: [] },
  };
  for (const entry of auxiliary.split('|')) {
    const [category, code, ...name] = entry.split(':');
    if (code === undefined) continue;
    const dimension = CATEGORIES.find(([, pattern]) => pattern.test(category!))?.[0];
    const words = name.join(':');
    if (dimension && (code !== '' || words !== ''))
      found[dimension].push({ code: code === '' || words === '' ? null : code, name: words === '' ? code : words });
  }
  return found;
}
