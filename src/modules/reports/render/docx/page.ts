import type { Figure } from '../../../../../analytics/report/model.js';
import type { PrintedReport } from '../printed-report.js';
import type { Pictures } from './pictures.js';
import type { StyleIds } from './styles.js';

/** What everything that is written into a report's document shares. */
export interface Page {
  readonly report: PrintedReport;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly styles: StyleIds;
  /** Between the margins, in twips (twentieths of a point). */
  readonly width: number;
  readonly pictures: Pictures;
}
