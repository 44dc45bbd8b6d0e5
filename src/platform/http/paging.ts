import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { AppError } from '../errors/app-error.js';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;
const MAX_CURSOR_LENGTH = 2000;

/** The query of every list. Extend it with a list's own filters. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: '上一页的 next，原样传回 / next of the page before, as it is' })
  @IsOptional()
  @IsString()
  @Length(1, MAX_CURSOR_LENGTH)
  cursor?: string;
}

export interface Page<Row> {
  readonly data: Row[];
  /** Cursor of the page after this one; null on the last. */
  readonly next: string | null;
}

/** Whether a part of a cursor can be a key of the list: what passes goes into a query as it is. */
export type KeyPart = (text: string) => boolean;

export const keyText: KeyPart = (text) => !/\0|\p{Surrogate}/u.test(text);
/** Fits into bigint. */
export const keyNumber: KeyPart = (text) => /^\d{1,18}$/.test(text);
/** PostgreSQL has no year 0. */
export const keyDate: KeyPart = (text) => {
  const day = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

/** Opaque to callers: the sort key of the last row that was given out. */
export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The key after which a page begins; null for the first page.
 * @throws AppError `invalid_cursor` when it is not one that `encodeCursor` made for a key of these parts
 */
export function decodeCursor(cursor: string | undefined, parts: readonly KeyPart[]): string[] | null {
  if (cursor === undefined) return null;
  const key = readKey(cursor);
  const fits =
    Array.isArray(key) &&
    key.length === parts.length &&
    key.every((part, index) => typeof part === 'string' && parts[index]!(part));
  if (!fits || encodeCursor(key as string[]) !== cursor) throw new AppError('malformed', 'invalid_cursor');
  return key as string[];
}

function readKey(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

/** Makes a page from `limit + 1` rows: the one too many only tells that there is more. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => readonly string[]): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
