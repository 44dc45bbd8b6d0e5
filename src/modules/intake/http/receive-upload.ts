import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.js';
import type { FileStore, StoredFile } from '../../../platform/files/file-store.js';
import { storePart } from '../../../platform/files/store-part.js';
import type { ImportKind, Wishes } from '../db/import-queries.js';
import { IMPORT_KINDS } from './import.dto.js';

export interface Upload {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly wishes: Wishes;
  readonly stored: StoredFile;
}

/**
 * Reads a multipart body. The fields may stand before or after the file, so the file is stored before its kind need be
 * known; without a kind it is told from the content.
 * @throws AppError `not_multipart`, `file_missing`, `unknown_import_kind`, `invalid_field`, `file_too_large`
 */
export async function receiveUpload(request: FastifyRequest, store: FileStore): Promise<Upload> {
  if (!request.isMultipart()) throw new AppError('unsupported', 'not_multipart');
  const fields = new Map<string, string>();
  let content: { stored: StoredFile; fileName: string } | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value).trim());
    else content = { stored: await storePart(part, store), fileName: part.filename };
  }
  const given = fields.get('kind') ?? '';
  const kind = given === '' ? 'auto' : IMPORT_KINDS.find((known) => known === given);
  if (!kind) throw new AppError('malformed', 'unknown_import_kind', { kinds: IMPORT_KINDS.join(', ') });
  if (!content) throw new AppError('malformed', 'file_missing');
  return { kind, ...content, wishes: wishesIn(fields) };
}

function wishesIn(fields: ReadonlyMap<string, string>): Wishes {
  const field = (name: string, pattern: RegExp): string | null => {
    const text = fields.get(name) ?? '';
    if (text === '') return null;
    if (!pattern.test(text)) throw new AppError('malformed', 'invalid_field', { field: name });
    return text;
  };
  const rows = field('controlRows', /^\d{1,9}$/);
  return {
    profile: field('profile', /^[^\p{Cc}]{1,64}$/u),
    typed: {
      rows: rows === null ? null : Number(rows),
      amountYuan: field('controlAmount', /^-?\d{1,18}(\.\d{1,2})?$/),
    },
    supersedes: field('supersedes', /^\d{1,18}$/),
  };
}
