import { Injectable } from '@nestjs/common';
import { ZERO, exact, plain } from '../../../../analytics/kernel/exact.js';
import type { Figure, Place, ReportModel, Source } from '../../../../analytics/report/model.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { wholeMine, type Reach } from '../../mines/index.js';
import { listLines, sumCells, sumTargets, takeStandpoint, type Line } from '../../synergy/index.js';
import { findReport, lastClosed, type StoredReport } from '../db/report-queries.js';
import { codeOf } from '../render/printed-report.js';
import { canonicalJson } from './canonical-json.js';
import { covers } from './figure-reach.js';
import { ReportDocuments } from './report-documents.js';

type Of<Kind extends Source['kind']> = Extract<Source, { kind: Kind }>;

/** A part of a derived figure; its code where the report prints it somewhere. */
export interface Part {
  readonly source: Source;
  readonly code: string | null;
  readonly exact: string | null;
}

/** What a sum is as it stands now; yuan, unrounded. */
export interface SumNow {
  /** As reported: by the last closings. */
  readonly reported: string;
  /** As known: with what was corrected later. The lines add up to it. */
  readonly known: string;
}

export interface PlannedRow {
  readonly period: string;
  readonly department: string;
  readonly category: string;
  readonly amount: string;
}

export interface Restated {
  readonly exact: string;
  /** Of the closing that says so; null: the month was open and has moved on. */
  readonly closedAt: Date | null;
}

export interface TracedFigure {
  readonly code: string;
  readonly report: StoredReport;
  readonly title: ReportModel['title'];
  readonly figure: Figure;
  /** Of a sum. */
  readonly now?: SumNow;
  readonly lines?: readonly Line[];
  readonly hasMoreLines?: boolean;
  /** Of a plan. */
  readonly planned?: readonly PlannedRow[];
  /** Of a derived figure. */
  readonly parts?: readonly Part[];
  /** null: it is reported today as it was printed; absent: it is no sum and no plan. */
  readonly restated?: Restated | null;
}

/** `<report>-<figure>`: `17-45` in a sentence, `17-120.3` in column 3 of row 120. */
const CODE = /^([1-9]\d{0,17})-(\d{1,9}(?:\.\d{1,3})?)$/;

/** Leads from a figure in any document back to what it was reckoned from. */
@Injectable()
export class TraceFigure {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: ReportDocuments,
  ) {}

  /**
   * With at most `limit` lines. Of drafts, too: who sees the figure's place sees its lines in `/synergy` anyway.
   * @throws AppError `no_such_figure`, also where the reach does not cover all of the figure; `report_file_damaged`
   */
  async trace(reach: Reach, code: string, limit: number): Promise<TracedFigure> {
    const { report, model, figure } = await this.find(reach, code);
    const traced = { code, report, title: model.title, figure };
    const { source } = figure;
    if (source.kind === 'derived') return { ...traced, parts: partsOf(report, model, source) };
    if (source.kind === 'stated') return traced;
    const found = await this.uow.run<Partial<TracedFigure>>(reach, (tx) =>
      source.kind === 'sum'
        ? traceSum(tx, reach.mine, { report, figure, source, limit })
        : tracePlan(tx, reach.mine, { report, figure, source }),
    );
    return { ...traced, ...found };
  }

  /** The report itself is the whole mine's; whether the asker may see this figure of it is decided here. */
  private async find(reach: Reach, code: string) {
    const noSuch = new AppError('not_found', 'no_such_figure', { code });
    const [, id, figureId] = CODE.exec(code) ?? [];
    if (id === undefined) throw noSuch;
    const report = await this.uow.run(wholeMine(reach.mine, reach.actor), (tx) => findReport(tx, reach.mine, id));
    if (report === null) throw noSuch;
    const model = await this.documents.model(report);
    const figure = model.figures.find((each) => each.id === figureId);
    if (figure === undefined || !covers(reach, figure.source)) throw noSuch;
    return { report, model, figure };
  }
}

interface Traced<Kind extends 'sum' | 'plan'> {
  readonly report: StoredReport;
  readonly figure: Figure;
  readonly source: Of<Kind>;
}

async function traceSum(
  tx: Tx,
  mine: string,
  { report, figure, source, limit }: Traced<'sum'> & { readonly limit: number },
) {
  const { periods, ...filter } = source.place;
  const { cells } = await takeStandpoint(tx, mine, { periods, filter, by: [], view: 'reported' });
  const sum = async (view: 'reported' | 'known') => {
    const [total] = await sumCells(tx, mine, { ...cells, view });
    return plain(total?.measures[source.measure] ?? ZERO);
  };
  const now = { reported: await sum('reported'), known: await sum('known') };
  const { lines, last } = await listLines(tx, mine, { periods, filter, after: null, limit });
  const restated = await restatedIn(tx, mine, { report, figure, codes: cells.periods }, now.reported);
  return { now, lines, hasMoreLines: last !== null, restated };
}

async function tracePlan(tx: Tx, mine: string, { report, figure, source }: Traced<'plan'>) {
  const { periods, ...filter } = source.place;
  const { cells } = await takeStandpoint(tx, mine, { periods, filter, by: [], view: 'reported' });
  const targets = await sumTargets(tx, mine, cells.periods, filter, ['period', 'department', 'category']);
  const ofMeasure = targets.filter(({ measure }) => measure === source.measure);
  const planned = ofMeasure.map(({ key: [period, department, category], amount }): PlannedRow => ({
    ...{ period: period!, department: department!, category: category!, amount: plain(amount) },
  }));
  const now = plain(ofMeasure.reduce((total, { amount }) => total + amount, ZERO));
  const restated = await restatedIn(tx, mine, { report, figure, codes: cells.periods }, now);
  return { planned, restated };
}

/** Where a figure had no value, zero is no other one. */
async function restatedIn(
  tx: Tx,
  mine: string,
  { report, figure, codes }: Omit<Traced<'sum'>, 'source'> & { readonly codes: readonly string[] },
  now: string,
): Promise<Restated | null> {
  if (exact(figure.exact ?? '0') === exact(now)) return null;
  return { exact: now, closedAt: await lastClosed(tx, mine, codes, report.madeAt) };
}

/** Each part with the figure that prints just that, if the report has one. */
function partsOf(report: StoredReport, { figures }: ReportModel, { of }: Of<'derived'>): Part[] {
  const printed = new Map([...figures].reverse().map((figure) => [canonicalJson(figure.source), figure]));
  return of.map((source) => {
    const figure = printed.get(canonicalJson(source));
    return { source, code: figure === undefined ? null : codeOf(report, figure.id), exact: figure?.exact ?? null };
  });
}

/** `GET /synergy` and `GET /synergy/lines` with the same filter as a place. */
export function queryOf({ periods, ...filter }: Place): string {
  const period = periods.from === periods.to ? periods.from : `${periods.from}..${periods.to}`;
  return new URLSearchParams({ period, ...filter }).toString();
}
