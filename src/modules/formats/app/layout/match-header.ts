import type { HeaderKey } from './header-key.js';
import { headerKey } from './header-key.js';
import type { Layout } from './layout.js';

/** What a row says when it is read as the header of a layout. */
export interface HeaderMatch {
  readonly layout: Layout;
  /** Field → index of the file's column from 0. */
  readonly fields: ReadonlyMap<string, number>;
  /** Fields whose header stands in the row more than once. */
  readonly doubled: readonly string[];
  /** Fields of which one is missing; empty where the row is a header of the layout. */
  readonly lacking: readonly string[];
  /** Field and unit where a header states money in another unit than yuan. */
  readonly otherUnits: readonly (readonly [field: string, unit: string])[];
}

/** `synonyms` are a mine's own headers, column by column; they come first. */
export function matchHeader(
  layout: Layout,
  names: readonly (string | null)[],
  synonyms: Readonly<Record<string, readonly string[]>> = {},
): HeaderMatch {
  const keys = names.map(headerKey);
  const fields = new Map<string, number>();
  const used = new Set<number>();
  const doubled: string[] = [];
  for (const [field, headers] of Object.entries(layout.headers)) {
    const found = placesOf([...(Object.hasOwn(synonyms, field) ? synonyms[field]! : []), ...headers], keys, used);
    if (found.length === 0) continue;
    fields.set(field, found[0]!);
    used.add(found[0]!);
    if (found.length > 1 && !REPEATED.has(field)) doubled.push(field);
  }
  shareDirection(fields);
  const missing = layout.signature.filter((line) => !line.some((all) => all.every((field) => fields.has(field))));
  return {
    ...{ layout, fields, doubled },
    lacking: missing.map((line) => line[0]!.find((field) => !fields.has(field))!),
    otherUnits: [...fields].flatMap(([field, i]) => (keys[i]!.moneyUnit ? [[field, keys[i]!.moneyUnit] as const] : [])),
  };
}

/** In a 科目余额表 of 用友 the same header 方向 stands before the opening and before the closing balance. */
const REPEATED: ReadonlySet<string> = new Set(['opening_direction', 'closing_direction']);

/** Where 方向 stands only once, both balances are meant in that direction. */
function shareDirection(fields: Map<string, number>): void {
  const opening = fields.get('opening_direction');
  if (opening !== undefined && !fields.has('closing_direction')) fields.set('closing_direction', opening);
}

function placesOf(headers: readonly string[], keys: readonly HeaderKey[], used: ReadonlySet<number>): number[] {
  for (const header of headers) {
    const { key } = headerKey(header);
    for (const form of ['key', 'bare'] as const) {
      const places = keys.flatMap((column, i) => (column[form] === key && !used.has(i) ? [i] : []));
      if (places.length > 0) return places;
    }
  }
  return [];
}
