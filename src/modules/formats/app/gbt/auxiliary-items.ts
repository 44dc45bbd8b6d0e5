import { codeAndName, placeDimensions, type Dimension, type Dimensions } from '../auxiliary.js';
import { refusal } from '../refusals.js';

/** GB/T 24589.1-2010, T203 and T206: an entry has up to 30 auxiliary items. */
const ITEMS = 30;
const FIELDS = Array.from({ length: ITEMS }, (_, i) => `辅助项${i + 1}编号`);
const ITEM_NUMBER = /^0*([1-9]\d?)$/;
/** Accounts that may have auxiliary items: they are kept in memory. */
const MAX_ACCOUNTS = 200_000;
/** Combinations that are remembered, at most so many and so long. */
const MAX_PLACED = 10_000;
const MAX_KEY_LENGTH = 500;

type Fields = ReadonlyMap<string, string>;

/** What the auxiliary items of accounts are (科目辅助核算): item 1 of account 5001 is 部门. */
export class AuxiliaryItems {
  private readonly byAccount = new Map<string, (string | undefined)[]>();
  private readonly resolved = new Map<string, readonly (string | undefined)[]>();
  /** By account and items: of the combinations that a file has, most come again and again. */
  private readonly placed = new Map<string, Dimensions>();

  /** @throws FileRefusal too_many_rows */
  define(element: string, row: number, fields: Fields): void {
    const account = fields.get('科目编号') ?? '';
    const name = fields.get('辅助项名称') || fields.get('对应档案') || '';
    const items = this.byAccount.get(account) ?? [];
    const number = ITEM_NUMBER.exec(fields.get('辅助项编号') ?? '')?.[1];
    // Some programs give the item a code of its own; then their order counts.
    const place = number === undefined || Number(number) > ITEMS ? items.length : Number(number) - 1;
    if (name !== '') items[place] = name;
    this.byAccount.set(account, items);
    this.resolved.clear();
    this.placed.clear();
    if (this.byAccount.size > MAX_ACCOUNTS) throw refusal('too_many_rows', { sheet: element, row });
  }

  /** The auxiliary items of an entry or a balance. */
  of(fields: Fields): Dimensions {
    const account = fields.get('科目编号') ?? '';
    let key = account;
    for (const field of FIELDS) {
      const value = fields.get(field);
      if (value !== undefined && value !== '') key += `\t${field}\t${value}`;
    }
    const known = this.placed.get(key);
    if (known !== undefined) return known;
    const dimensions = placeDimensions(this.dimensionsOf(account, fields));
    if (key.length <= MAX_KEY_LENGTH && this.placed.size < MAX_PLACED) this.placed.set(key, dimensions);
    return dimensions;
  }

  private dimensionsOf(account: string, fields: Fields): Dimension[] {
    const names = this.namesFor(account);
    return FIELDS.flatMap((field, i) => {
      const value = fields.get(field) ?? '';
      return value === '' ? [] : [{ category: names[i] ?? `辅助项${i + 1}`, ...codeAndName(value) }];
    });
  }

  /** As defined for the account, or for the nearest account above it. */
  private namesFor(account: string): readonly (string | undefined)[] {
    const known = this.resolved.get(account);
    if (known !== undefined) return known;
    let prefix = account;
    while (prefix !== '' && !this.byAccount.has(prefix)) prefix = prefix.slice(0, -1);
    const names = this.byAccount.get(prefix) ?? [];
    if (this.resolved.size < MAX_ACCOUNTS) this.resolved.set(account, names);
    return names;
  }
}
