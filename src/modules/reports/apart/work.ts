/** What is done apart from the service: pure work, from what was read to bytes. It needs no database, no network and no file of the mine. */
import { createHash } from 'node:crypto';
import { composeReport } from '../../../../analytics/report/compose.js';
import { renderDocuments, type RenderJob } from '../render/render-documents.js';
import { canonicalJson } from '../app/canonical-json.js';
import { received, type SentInput } from './sent-input.js';

/** `compose` hands over the canonical JSON of the model, `render` each document as it is written. */
export type Work = { readonly compose: SentInput } | { readonly render: RenderJob };

export interface Piece {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

export type HandOver = (piece: Piece) => void | Promise<void>;

/** Hands over one piece after the other, in the order that was asked for. */
export async function doWork(work: Work, handOver: HandOver): Promise<void> {
  const pass = (bytes: Uint8Array) => handOver({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
  if ('compose' in work) return pass(Buffer.from(canonicalJson(composeReport(received(work.compose))), 'utf8'));
  return renderDocuments(work.render, ({ bytes }) => pass(bytes));
}
