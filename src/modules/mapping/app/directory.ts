import type { Category } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface KnownItem {
  readonly code: string;
  readonly name: string;
  readonly nature: 'explicit' | 'implicit';
}
interface Named {
  readonly code: string;
  readonly name: string;
}
interface KnownProject extends Named {
  readonly category: Category;
}

/** The codes and names of a mine that books may speak of. */
export interface Directory {
  readonly items: ReadonlyMap<string, KnownItem>;
  readonly departments: Names;
  readonly projects: Names;
  readonly categories: ReadonlyMap<string, Category>;
}

/** Codes, and names that only one code has. */
export class Names {
  private readonly names = new Map<string, string>();
  private readonly byName = new Map<string, string | null>();

  constructor(rows: readonly Named[]) {
    for (const { code, name } of rows) {
      this.names.set(code, name);
      this.byName.set(squeezed(name), this.byName.has(squeezed(name)) ? null : code);
    }
  }

  has(code: string): boolean {
    return this.names.has(code);
  }

  /**
   * The code that books mean, null where nobody is meant for certain. A code beside a name must not lead to somebody
   * else: the books' 01 need not be the mine's.
   */
  find(words: CodeAndName): string | null {
    const { code, name } = words;
    const named = name === null ? null : (this.byName.get(squeezed(name)) ?? null);
    if (code === null) return name === null ? null : (named ?? (this.names.has(name) ? name : null));
    if (!this.names.has(code)) return named;
    if (name === null || squeezed(this.names.get(code)!) === squeezed(name)) return code;
    return null;
  }
}

export interface CodeAndName {
  readonly code: string | null;
  readonly name: string | null;
}

const squeezed = (text: string) => text.replaceAll(/[\s　]/g, '');

const CODE_AND_NAME = [
  /^([^\s()（）]+)[(（](.+)[)）]$/,
  /^[[【(（]([^\])】）]+)[\])】）](.+)$/,
  /^([A-Za-z0-9.]+)[\s_:：/\\-]+(\D.*)$/,
  /^([A-Za-z0-9.]*[0-9])([一-鿿].*)$/,
];

/** What a text of the books may mean: a code or a name as it stands, or both in one: 001(供应部), [001]供应部, 001 供应部. */
export function readings(text: string): CodeAndName[] {
  const both = CODE_AND_NAME.flatMap((pattern) => {
    const match = pattern.exec(text);
    return match ? [{ code: match[1]!.trim(), name: match[2]!.trim() }] : [];
  });
  return [{ code: null, name: text }, ...both];
}

/** Departments and projects that the same file brings count as known: it is posted with them or not at all. */
export async function loadDirectory(tx: Tx, mine: string, importId: string): Promise<Directory> {
  const items = await tx.rows<KnownItem>('SELECT code, name, nature FROM items WHERE mine_id = $1', [mine]);
  const departments = await tx.rows<Named>('SELECT code, name FROM departments WHERE mine_id = $1', [mine]);
  const projects = await tx.rows<KnownProject>('SELECT code, name, category FROM projects WHERE mine_id = $1', [mine]);
  const known = new Set(departments.map(({ code }) => code));
  const brought = (await broughtDepartments(tx, importId)).filter(({ code }) => !known.has(code));
  return {
    items: new Map(items.map((item) => [item.code, item])),
    departments: new Names([...departments, ...brought]),
    projects: new Names(projects),
    categories: new Map(projects.map(({ code, category }) => [code, category])),
  };
}

async function broughtDepartments(tx: Tx, importId: string): Promise<Named[]> {
  const table = `scratch.import_${importId}_departments`;
  const [found] = await tx.rows<{ table: string | null }>('SELECT to_regclass($1) AS table', [table]);
  if (found?.table == null) return [];
  return tx.rows<Named>(`SELECT DISTINCT ON (code) code, name FROM ${table}
    WHERE code IS NOT NULL AND name IS NOT NULL ORDER BY code, row_no`);
}
