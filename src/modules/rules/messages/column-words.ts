/** How columns and their values are named to people: Chinese headers in Chinese, names in English. */
import { DEFAULT_METHOD } from '../../../../analytics/synergy/types.js';
import { MAX_CODE_LENGTH, MAX_TEXT_LENGTH, type Column, type ColumnType } from '../columns.js';
import { TABLE_KINDS, columnsOf, keysOf, type TableKind } from '../tables.js';
import type { Language } from './sentence.js';

/** A column's header in the language; null where the kind is not known and kinds differ, or no kind has the column. */
function headerOf(name: string, language: Language, kind: TableKind | undefined): string | null {
  const columns = (kind ? [kind] : TABLE_KINDS).flatMap((known) => columnsOf(known).filter((c) => c.name === name));
  const headers = new Set(columns.map((column) => (language === 'zh' ? column.chinese : column.name)));
  return headers.size === 1 ? [...headers][0]! : null;
}

const quoted = (text: string, language: Language) => (language === 'zh' ? `「${text}」` : `“${text}”`);

/** A column as it stands in a sentence. Where only its place is known (a file that could not be read), it is a number. */
export function columnTitle(column: string, language: Language, kind: TableKind | undefined): string {
  if (column === '') return language === 'zh' ? '此处' : 'this place';
  if (/^\d+$/.test(column)) return language === 'zh' ? `第 ${column} 列` : `column ${column}`;
  return nameTitle(column, language, kind);
}

/** A name of a header, which may be anything, also a number. */
export function nameTitle(name: string, language: Language, kind: TableKind | undefined): string {
  return quoted(headerOf(name, language, kind) ?? name, language);
}

/** What a sentence about a column may say of it: its limits, its choices, the columns and the key of its table. */
export function columnFacts(name: string, language: Language, kind: TableKind | undefined): Record<string, string> {
  const separator = language === 'zh' ? '、' : ', ';
  const column = kind ? columnsOf(kind).find((known) => known.name === name) : undefined;
  const header = (known: Column) => (language === 'zh' ? known.chinese : known.name);
  const facts: Record<string, string> = { ...(column ? limitsOf(column.type, language, separator) : {}) };
  if (Object.hasOwn(DEFAULT_METHOD, name)) facts.choices = ['within', 'beside'].join(separator);
  if (kind) {
    facts.columns = columnsOf(kind).map(header).join(separator);
    const keys = keysOf(kind);
    facts.key = columnsOf(kind)
      .filter((known) => keys.includes(known.name))
      .map(header)
      .join(separator);
  }
  return facts;
}

function limitsOf(type: ColumnType, language: Language, separator: string): Record<string, string> {
  switch (type.is) {
    case 'code':
      return { maxLength: String(MAX_CODE_LENGTH) };
    case 'text':
      return { maxLength: String(MAX_TEXT_LENGTH) };
    case 'number':
      return { decimals: String(type.decimals) };
    case 'taxRate':
      return { decimals: '6' };
    case 'choice':
      return { choices: type.values.map((v, i) => (language === 'zh' && type.chinese[i]) || v).join(separator) };
    case 'date':
    case 'ledgerDate':
    case 'period':
    case 'ledgerPeriod':
    case 'reference':
      return {};
  }
}
