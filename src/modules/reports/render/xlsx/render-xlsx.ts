/** The report as a workbook: a sheet for each section, live formulas over the sheet of data, a link at every figure. */
import { proofOf } from '../../../../../analytics/report/proof.js';
import type { Section } from '../../../../../analytics/report/model.js';
import { sheetNames } from '../../../../platform/xlsx-out/sheet-names.js';
import { workbookBytes } from '../../../../platform/xlsx-out/workbook-out.js';
import { sectionNumber, type PrintedReport } from '../printed-report.js';
import { CellsBehind } from './cells-behind.js';
import { dataSheet } from './data-sheet.js';
import { sectionSheet } from './section-sheet.js';
import { DATA, annexTitle, pageWords } from './words.js';

/** What a draft says it was made on: it has no day of its own. */
const NO_DAY = '2000-01-01';

export async function renderXlsx(report: PrintedReport): Promise<Uint8Array> {
  const { model, language } = report;
  const sections = sectionsOf(report);
  const names = sheetNames([DATA[language], ...sections.map(({ title }) => title)]);
  const cells = new CellsBehind(report, sections, names[0]!);
  const page = pageWords(model, language);
  return workbookBytes({
    ...{ title: model.title[language], date: model.date ?? NO_DAY },
    sheets: [
      ...sections.map((each, at) => sectionSheet(report, cells, { ...each, name: names[at + 1]! }, page)),
      dataSheet(report, cells, names[0]!, page),
    ],
  });
}

/** In the order of the documents: what was restated, 一 to 八, annexes, the page of proof. */
function sectionsOf({ model, sha256, language }: PrintedReport): { section: Section; title: string }[] {
  const titled = (section: Section) => ({ section, title: section.title[language] });
  const { restatement, sections, annexes } = model;
  return [
    ...(restatement === null ? [] : [titled(restatement)]),
    ...sections.map((section, at) => ({ section, title: sectionNumber(at, language) + section.title[language] })),
    ...annexes.map((section, at) => ({ section, title: annexTitle(at, section.title[language], language) })),
    titled(proofOf(model, sha256)),
  ];
}
