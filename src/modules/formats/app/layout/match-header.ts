import { headerKey, type HeaderKey } from './header-key.js';
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

/** The cells of a row as they are compared with headers, and where each of them stands. */
export class RowKeys {
  readonly keys: readonly HeaderKey[];
  private readonly places = { key: new Map<string, number[]>(), bare: new Map<string, number[]>() };

  constructor(names: readonly (string | null)[]) {
    this.keys = names.map(headerKey);
    for (const form of ['key', 'bare'] as const) {
      this.keys.forEach((key, place) => {
        const found = this.places[form].get(key[form]);
        if (found === undefined) this.places[form].set(key[form], [place]);
        else found.push(place);
      });
    }
  }

  /** Columns under the first of the headers that any free column has; as written, else without what brackets repeat. */
  find(headers: readonly string[], used: ReadonlySet<number>): readonly number[] {
    for (const header of headers) {
      for (const form of ['key', 'bare'] as const) {
        const places = this.places[form].get(header)?.filter((place) => !used.has(place)) ?? [];
        if (places.length > 0) return places;
      }
    }
    return [];
  }
}

/** `synonyms` are a mine's own headers, column by column; they come first. */
export function matchHeader(
  layout: Layout,
  row: RowKeys,
  synonyms: Readonly<Record<string, readonly string[]>> = {},
): HeaderMatch {
  const fields = new Map<string, number>();
  const used = new Set<number>();
  const doubled: string[] = [];
  for (const [field, headers] of Object.entries(layout.headers)) {
    const own = Object.hasOwn(synonyms, field) ? synonyms[field]!.map(keyOf) : [];
    const found = row.find([...own, ...headers], used);
    if (found.length === 0) continue;
    fields.set(field, found[0]!);
    used.add(found[0]!);
    if (found.length > 1 && !REPEATED.has(field)) doubled.push(field);
  }
  for (const [field, others] of Object.entries(layout.insteadOf ?? {})) {
    if (fields.has(field)) others.forEach((other) => fields.delete(other));
  }
  shareDirection(fields, row.keys);
  const missing = layout.signature.filter((line) => !line.some((all) => all.every((field) => fields.has(field))));
  return {
    ...{ layout, fields, doubled },
    lacking: missing.map((line) => line[0]!.find((field) => !fields.has(field))!),
    otherUnits: [...fields].flatMap(([field, i]) =>
      row.keys[i]!.moneyUnit ? [[field, row.keys[i]!.moneyUnit] as const] : [],
    ),
  };
}

/** In a 科目余额表 of 用友 the same header 方向 stands before the opening and before the closing balance. */
const REPEATED: ReadonlySet<string> = new Set(['opening_direction', 'closing_direction']);

/** Headers of a direction that does not say which balance it is of. */
const SHARED_DIRECTIONS: readonly string[] = ['方向', '余额方向'];

/** Where it stands only once, both balances are meant in that direction. */
function shareDirection(fields: Map<string, number>, keys: readonly HeaderKey[]): void {
  const opening = fields.get('opening_direction');
  if (opening === undefined || fields.has('closing_direction') || !SHARED_DIRECTIONS.includes(keys[opening]!.key)) {
    return;
  }
  fields.set('closing_direction', opening);
}

const keyOf = (header: string) => headerKey(header).key;
