/** All documents of a report from its stored bytes, one after the other: each may take much memory while it is written. */
import type { Language, ReportModel } from '../../../../analytics/report/model.js';
import type { Format } from '../db/report-file-queries.js';
import { drawCharts } from './draw-charts.js';
import { RENDERERS } from './renderers.js';

/** Bytes and texts alone, so that another process can do it. */
export interface RenderJob {
  /** Of the stored report. */
  readonly id: string;
  /** The canonical JSON of its model, and the SHA-256 of that. */
  readonly modelBytes: Uint8Array;
  readonly sha256: string;
  readonly language: Language;
  readonly baseUrl: string;
  /** The office's Word template; null: the built-in one. */
  readonly template: Uint8Array | null;
  readonly formats: readonly Format[];
}

export interface WrittenDocument {
  readonly format: Format;
  readonly bytes: Uint8Array;
}

export type Take = (document: WrittenDocument) => void | Promise<void>;

/** Hands over each document as it is written. */
export async function renderDocuments(job: RenderJob, take: Take): Promise<void> {
  const { id, modelBytes, sha256, language, baseUrl, template, formats } = job;
  const model = JSON.parse(Buffer.from(modelBytes).toString('utf8')) as ReportModel;
  const hasPictures = formats.some((format) => format !== 'json');
  const charts = hasPictures ? await drawCharts(model, language) : new Map();
  const rendered = { printed: { id, model, sha256, language, baseUrl, charts }, template, modelBytes };
  for (const format of formats) await take({ format, bytes: await RENDERERS[format](rendered) });
}
