import { proofOf } from '../../../../../analytics/report/proof.js';
import type { Block, Chart, Paragraph, ReportModel, Section } from '../../../../../analytics/report/model.js';
import { titleLines } from '../../../../../analytics/report/words/title.js';
import { escaped, page, type Html } from '../../../../platform/html/page.js';
import { figuresOf, headingNumber, sectionNumber, type PrintedReport } from '../printed-report.js';
import { htmlTable, linkedFigure, type Context } from './html-table.js';

const WORDS = {
  draft: { zh: '未结账，数字可能变动', en: 'Draft: not closed, figures may change' },
  office: { zh: '综合办公室', en: 'General office' },
  annex: { zh: '附件', en: 'Annex ' },
} as const;

/**
 * The report as one page that loads nothing: no script, pictures inline. Every figure is a link to where it comes from.
 */
export function renderHtml(report: PrintedReport): Promise<Uint8Array> {
  const { model, language } = report;
  const context = { report, figures: figuresOf(model) };
  const title = model.title[language];
  const body: Html[] = [
    { html: `<h1>${titleLines(model, language).map(escaped).join('<br/>')}</h1>\n` },
    ...(model.state === 'draft' ? [{ html: `<p class="draft">${WORDS.draft[language]}</p>\n` }] : []),
    ...(model.restatement === null ? [] : [sectionHtml(context, model.restatement, '')]),
    ...model.sections.map((section, at) => sectionHtml(context, section, sectionNumber(at, language))),
    ...model.annexes.map((annex, at) => sectionHtml(context, annex, annexNumber(model, at, report))),
    sectionHtml(context, proofOf(model, report.sha256), ''),
  ];
  return Promise.resolve(Buffer.from(page(title, language === 'zh' ? 'zh-CN' : 'en', body, STYLE), 'utf8'));
}

/** One annex has no number. */
const annexNumber = ({ annexes }: ReportModel, at: number, { language }: PrintedReport): string =>
  `${WORDS.annex[language]}${annexes.length > 1 ? at + 1 : ''}${language === 'zh' ? '　' : ': '}`;

function sectionHtml(context: Context, { id, title, absent, blocks }: Section, number: string): Html {
  const { language } = context.report;
  let headings = 0;
  const content =
    absent !== null
      ? `<p>${escaped(absent[language])}</p>\n`
      : blocks.map((block) => blockHtml(context, block, block.kind === 'heading' ? headings++ : 0)).join('');
  return {
    html: `<section id="${escaped(id)}">\n<h2>${number}${escaped(title[language])}</h2>\n${content}</section>\n`,
  };
}

function blockHtml(context: Context, block: Block, place: number): string {
  const { language } = context.report;
  if (block.kind === 'heading') return `<h3>${headingNumber(place, language)}${escaped(block.text[language])}</h3>\n`;
  if (block.kind === 'paragraph') return paragraphHtml(context, block);
  return block.kind === 'table' ? htmlTable(context, block) : chartHtml(context, block);
}

function paragraphHtml(context: Context, { origin, text }: Paragraph): string {
  const { language } = context.report;
  const runs = text[language].map((run) =>
    typeof run === 'string' ? escaped(run) : linkedFigure(context, run.figure),
  );
  if (origin === 'computed') return `<p>${runs.join('')}</p>\n`;
  return `<p class="office"><small>${WORDS.office[language]}</small> ${runs.join('')}</p>\n`;
}

/** The drawing's own texts were escaped by who drew it. */
function chartHtml({ report: { charts, language } }: Context, { id, title, alt }: Chart): string {
  const picture = `<div role="img" aria-label="${escaped(alt[language])}">${charts.get(id)!.svg}</div>`;
  return `<figure>\n${picture}\n<figcaption>${escaped(title[language])}</figcaption>\n</figure>\n`;
}

const STYLE = `h3 { font-size: 11pt; margin: 3mm 0 1mm; break-after: avoid; }
p { text-indent: 2em; margin: 1mm 0; }
.unit, .draft, figcaption { text-indent: 0; }
.draft { text-align: center; border: 1pt dashed #000; padding: 1mm; }
.office { border-left: 2pt solid #000; padding-left: 3mm; text-indent: 0; }
a.figure { color: inherit; text-decoration: underline dotted #777; }
caption { font-weight: bold; padding: 2mm 0 0; }
.no { color: #666; font-size: 8pt; text-align: center; width: 8mm; white-space: nowrap; }
tbody td:not(.no, .number) { min-width: 6.5em; }
tr.total td { font-weight: bold; border-top: 1.2pt solid #000; }
tr.tail td { font-style: italic; }
figure { margin: 3mm 0; text-align: center; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
figcaption { font-size: 9.5pt; }
`;
