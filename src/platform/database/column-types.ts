/** Column options that tables share. Entities name them so that a scale or a collation is decided once. */

/** A text that is, or refers to, a key: sorted by code point, the order of every output, whatever the server's locale. */
export const CODE = { type: 'text', collation: 'C' } as const;

/** Money to two decimals (RND-4), read and written as text. */
export const AMOUNT = { type: 'numeric', precision: 20, scale: 2 } as const;

/** A quantity, price, norm or rate to six decimals (RND-4), read and written as text. */
export const MEASURED = { type: 'numeric', precision: 24, scale: 6 } as const;

/** An exact sum, with as many decimals as it needs, read and written as text. */
export const EXACT = { type: 'numeric' } as const;

/** PostgreSQL sorts NaN above every number, so that only naming it keeps it out. A scale keeps infinities out already. */
export const isNumber = (column: string) => `${column} <> 'NaN'::numeric`;

/** For numerics without a scale; `< 'Infinity'` refuses NaN too, which is greater. */
export const isFinite = (column: string) => `${column} > '-Infinity' AND ${column} < 'Infinity'`;

export const isOneOf = (column: string, values: readonly string[]) =>
  `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`;
