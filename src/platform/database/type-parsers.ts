import pg from 'pg';

const { builtins } = pg.types;
/** pg-types names no array types: pg_type.oid of date[], numeric[] and text[]. */
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;
const TEXT_ARRAY: number = 1009;

/**
 * Makes pg answer dates and numbers as the text PostgreSQL sends. Its own readers turn a date into midnight of the
 * machine's time zone, which is another day elsewhere, and an array of numerics into binary floats (house rule 1).
 * The readers belong to the whole process; setting them again changes nothing.
 */
export function readAsText(): void {
  for (const type of [builtins.DATE, builtins.NUMERIC, builtins.INT8]) pg.types.setTypeParser(type, (text) => text);
  const readTexts = pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => string[];
  for (const type of [DATE_ARRAY, NUMERIC_ARRAY]) pg.types.setTypeParser(type, readTexts);
}
