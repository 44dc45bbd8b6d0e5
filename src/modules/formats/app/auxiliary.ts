/** Auxiliary dimensions (辅助核算, 核算项目) as the systems write them into one cell. */

export interface Dimension {
  /** 部门, 项目, 客户 …; '' where the cell does not say. */
  readonly category: string;
  readonly code: string;
  readonly name: string;
}

export interface Dimensions {
  readonly department: string | null;
  readonly project: string | null;
  readonly counterparty: string | null;
  /** `类别:代码:名称`, joined by `|`: the other dimensions, and those that have a name beside their code. */
  readonly auxiliary: string | null;
}

/** NC puts one pair of brackets behind the other: `【部门：采煤一区】【项目：P01】`. */
const BETWEEN = /[|;；\n\r]+|(?<=[\]】])[\s,，/]*(?=[[【])/;
/** K/3: `部门---CM1---采煤一区`. */
const DASHES = /^(.+?)-{2,}(.*?)(?:-{2,}(.*))?$/;
/** 用友 and others: `[部门]CM1/采煤一区`, `【部门：采煤一区】`. */
const BRACKETS = /^[[【](.+?)[\]】]\s*(.*)$/;
const COLONS = /^([^:：]+)[:：](.*)$/;
const CODE_AND_NAME = /^([\w.-]+)\s*(?:[/:：]|\s)\s*(\S.*)$/;
const CODE_IN_FRONT = /^([\w.-]+)\s*[(（](.+)[)）]$/;

/** The dimensions that one cell names. A text of no known form is a dimension without a category. */
export function dimensionsIn(text: string): Dimension[] {
  return text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(dimensionOf);
}

function dimensionOf(part: string): Dimension {
  const dashes = DASHES.exec(part);
  if (dashes !== null) return { category: dashes[1]!.trim(), ...pair(dashes[2]!, dashes[3]) };
  const brackets = BRACKETS.exec(part);
  const inside = COLONS.exec(brackets !== null && brackets[2] === '' ? brackets[1]! : part);
  if (brackets !== null && brackets[2] !== '') return { category: brackets[1]!.trim(), ...codeAndName(brackets[2]!) };
  if (inside !== null) return { category: inside[1]!.trim(), ...codeAndName(inside[2]!) };
  return { category: '', code: '', name: part };
}

function pair(code: string, name: string | undefined): Omit<Dimension, 'category'> {
  return name === undefined ? codeAndName(code) : { code: code.trim(), name: name.trim() };
}

/** `CM1/采煤一区`, `CM1:采煤一区`, `CM1 采煤一区`, `001(客户A)`; else one text, which may be a code or a name. */
export function codeAndName(text: string): Omit<Dimension, 'category'> {
  const value = text.trim();
  const found = CODE_AND_NAME.exec(value) ?? CODE_IN_FRONT.exec(value);
  return found === null ? { code: '', name: value } : { code: found[1]!.trim(), name: found[2]!.trim() };
}

const COLUMN_OF: ReadonlyMap<string, 'department' | 'project' | 'counterparty'> = new Map([
  ...(['部门', '责任部门', '核算部门', '成本中心', '责任中心', '责任单位'] as const).map(
    (c) => [c, 'department'] as const,
  ),
  ...(['项目', '工程项目', '协同项目', '专项', '在建工程'] as const).map((c) => [c, 'project'] as const),
  ...(['客户', '供应商', '往来单位', '往来', '客商', '内部单位', '单位'] as const).map(
    (c) => [c, 'counterparty'] as const,
  ),
]);

/**
 * Dimensions by the columns that they fill. Departments and projects are known by their codes where they have one,
 * counterparties by their names, since they have no register here.
 */
export function placeDimensions(dimensions: readonly Dimension[]): Dimensions {
  const placed: { -readonly [K in keyof Dimensions]: string | null } = {
    ...{ department: null, project: null, counterparty: null, auxiliary: null },
  };
  const others: string[] = [];
  for (const { category, code, name } of dimensions) {
    const column = COLUMN_OF.get(category.replace(/(?:档案|核算|编码|名称)$/, ''));
    const isPlaced = column !== undefined && placed[column] === null;
    if (isPlaced) placed[column] = (column === 'counterparty' ? name || code : code || name) || null;
    if (!isPlaced || (code !== '' && name !== '')) others.push(`${category}:${code}:${name}`);
  }
  placed.auxiliary = others.length === 0 ? null : others.join('|');
  return placed;
}
