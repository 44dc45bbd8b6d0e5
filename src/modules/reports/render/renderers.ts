import type { Format } from '../db/report-file-queries.js';
import type { PrintedReport } from './printed-report.js';

/** What a document is written from. */
export interface Rendered {
  readonly printed: PrintedReport;
  /** The office's Word template; null: the built-in one. */
  readonly template: Uint8Array | null;
  /** The canonical JSON of the model, whose hash is printed. */
  readonly modelBytes: Uint8Array;
}

export type Renderer = (rendered: Rendered) => Promise<Uint8Array>;

/** How each document is written. What writes it is loaded when the first one is: it takes longer than the service to start. */
export const RENDERERS: Readonly<Record<Format, Renderer>> = {
  json: ({ modelBytes }) => Promise.resolve(modelBytes),
  html: async ({ printed }) => (await import('./html/render-html.js')).renderHtml(printed),
  docx: async ({ printed, template }) =>
    (await import('./docx/render-docx.js')).renderDocx(printed, template ?? undefined),
  pdf: async ({ printed }) => (await import('./pdf/render-pdf.js')).renderPdf(printed),
  xlsx: async ({ printed }) => (await import('./xlsx/render-xlsx.js')).renderXlsx(printed),
};

export interface Served {
  readonly mediaType: string;
  /** Shown by browsers rather than saved. */
  readonly isPage: boolean;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const SERVED: Readonly<Record<Format, Served>> = {
  json: { mediaType: 'application/json; charset=utf-8', isPage: false },
  html: { mediaType: 'text/html; charset=utf-8', isPage: true },
  docx: { mediaType: `${OFFICE}.wordprocessingml.document`, isPage: false },
  pdf: { mediaType: 'application/pdf', isPage: false },
  xlsx: { mediaType: `${OFFICE}.spreadsheetml.sheet`, isPage: false },
};
