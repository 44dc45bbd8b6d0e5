/** The report as a PDF (issue 6): official page, selectable text, bookmarks, its fonts embedded as far as they are used. */
import type { Node, Text } from 'pdfmake';
import type { Section } from '../../../../../analytics/report/model.js';
import { proofOf } from '../../../../../analytics/report/proof.js';
import { titleLines } from '../../../../../analytics/report/words/title.js';
import { fontBytes } from '../fonts.js';
import { figuresOf, sectionNumber, type PrintedReport } from '../printed-report.js';
import { FONT, pageOf } from './page.js';
import { sectionNodes, type Place } from './section.js';
import { bare } from './text.js';
import { PAGE_WORDS, dateWords, versionWords } from './words.js';

/** The same report makes the same bytes. */
export async function renderPdf(report: PrintedReport): Promise<Uint8Array> {
  const made = await (printer ??= loadPrinter());
  return made.createPdf(pageOf(report, contentOf(report))).getBuffer();
}

/** Loaded with the first PDF, and kept with our two fonts. Nothing else of the machine or the network is read. */
async function loadPrinter() {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  for (const name of ['regular', 'bold'] as const) pdfmake.virtualfs.writeFileSync(name, await fontBytes(name));
  pdfmake.addFonts({ [FONT]: { normal: 'regular', bold: 'bold' } });
  return pdfmake;
}

let printer: ReturnType<typeof loadPrinter> | undefined;

/** What was restated stands in front; annexes and the page of proof begin on pages of their own. */
function contentOf(report: PrintedReport): Node[] {
  const { model, language, sha256 } = report;
  const place: Place = { report, figures: figuresOf(model) };
  const titled = ({ title }: Section, number = ''): Text => ({ text: number + bare(title[language]) });
  const centred = (section: Section): Text => ({ ...titled(section), alignment: 'center' });
  const onNewPage = (text: string): Text => ({ text, bold: true, pageBreak: 'before' });
  const { restatement } = model;
  const proof = proofOf(model, sha256);
  return [
    ...titleNodes(report),
    ...(restatement === null ? [] : sectionNodes(place, restatement, titled(restatement))),
    ...model.sections.flatMap((section, at) =>
      sectionNodes(place, section, titled(section, sectionNumber(at, language))),
    ),
    ...annexList(report),
    ...model.annexes.flatMap((annex, at) => [
      onNewPage(`${PAGE_WORDS.annex[language]}${at + 1}`),
      ...sectionNodes(place, annex, centred(annex)),
    ]),
    onNewPage(''),
    ...sectionNodes(place, proof, centred(proof)),
  ];
}

/** 二号, in the middle; below it the version and the day it was closed on. */
function titleNodes({ model, language }: PrintedReport): Node[] {
  const { date, state, version } = model;
  const day = date === null ? '' : `　${dateWords(date, language)}`;
  const below = state === 'draft' ? '' : versionWords(version)[language] + day;
  return [
    {
      text: titleLines(model, language).map(bare).join('\n'),
      fontSize: 22,
      lineHeight: 1.1,
      bold: true,
      alignment: 'center',
    },
    { text: below, alignment: 'center', margin: [0, 6, 0, 12] },
  ];
}

/** 附件：1.名称, without a full stop (GB/T 9704). */
function annexList({ model, language }: PrintedReport): Node[] {
  return model.annexes.map(({ title }, at) => {
    const text = `${at === 0 ? PAGE_WORDS.annexes[language] : ''}${at + 1}.${bare(title[language])}`;
    const indent = language === 'zh' ? (at === 0 ? 32 : 80) : at === 0 ? 0 : 48;
    return { text, leadingIndent: indent, alignment: 'left', margin: [0, at === 0 ? 14 : 0, 0, 0] };
  });
}
