import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.js';
import type { FileStore } from '../../../platform/files/file-store.js';
import { storePart } from '../../../platform/files/store-part.js';
import { MAX_EVIDENCE_BYTES, type EvidenceFile } from '../app/evidence-desk.js';

/** Reads the one file of a form. @throws AppError `not_multipart`, `file_missing`, `file_too_large` */
export async function receiveEvidence(request: FastifyRequest, store: FileStore): Promise<EvidenceFile> {
  if (!request.isMultipart()) throw new AppError('unsupported', 'not_multipart');
  let received: EvidenceFile | null = null;
  for await (const part of request.parts({ limits: { fileSize: MAX_EVIDENCE_BYTES } })) {
    if (part.type === 'field') continue;
    const stored = await storePart(part, store);
    received = { name: part.filename, stored };
  }
  if (received === null) throw new AppError('malformed', 'file_missing');
  return received;
}
