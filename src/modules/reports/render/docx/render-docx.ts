/** The report as a Word document in the office's template. */
import { posix } from 'node:path';
import { proofOf } from '../../../../../analytics/report/proof.js';
import { titleLines } from '../../../../../analytics/report/words/title.js';
import { figuresOf, type PrintedReport } from '../printed-report.js';
import { annexesXml, bodyXml } from './body.js';
import { CONTENT_TYPES, addTo, relationsPart, textOfPart, writeParts, type Parts } from './docx-package.js';
import { oneLine } from './elements.js';
import { defaultTemplate } from './default-template.js';
import type { Page } from './page.js';
import { Pictures } from './pictures.js';
import { filled } from './placeholders.js';
import { withProperties } from './properties.js';
import { withStyles } from './styles.js';
import { readTemplate, type Template } from './template.js';
import { DRAFT, codeWords, dayWords } from './words.js';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

/** The same report in the same template is the same bytes. @throws TemplateRefusal */
export async function renderDocx(report: PrintedReport, template?: Uint8Array): Promise<Uint8Array> {
  const office = await readTemplate(template ?? (await defaultTemplate()));
  const parts: Parts = new Map(office.parts);
  const { styles, ids } = withStyles(textOfPart(parts, office.styles));
  parts.set(office.styles, Buffer.from(styles));
  const pictures = new Pictures(office.freePrefix, office.width);
  const page = { report, figures: figuresOf(report.model), styles: ids, width: office.width, pictures };
  fill(parts, office, page);
  addPictures(parts, office, pictures);
  withProperties(parts, report);
  return writeParts(parts);
}

function fill(parts: Parts, { main, headers, footers }: Template, page: Page): void {
  const { model, sha256 } = page.report;
  const annexes = [...model.annexes, proofOf(model, sha256)];
  const blocks = new Map([
    ['正文', bodyXml(page, annexes)],
    ['附件', annexesXml(page, annexes)],
  ]);
  const words = wordsOf(page.report);
  parts.set(main, Buffer.from(filled(textOfPart(parts, main), { words, blocks })));
  for (const part of [...headers, ...footers])
    parts.set(part, Buffer.from(filled(textOfPart(parts, part), { words, blocks: new Map() })));
}

/** Within the text of a run, which is where a placeholder's words go. */
const NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">';

/** 发文字号 and 抄送 have no source: they are the office's to write over, and nothing where it did not. */
function wordsOf(report: PrintedReport): ReadonlyMap<string, string> {
  const { model, language } = report;
  const words = {
    ...{ 红头: model.mine.name, 发文字号: '', 抄送: '' },
    ...{ 署名: model.date === null ? '' : model.mine.name, 成文日期: dayWords(model, language) },
    ...{ 状态: model.state === 'draft' ? DRAFT[language] : '', 溯源: codeWords(report) },
  };
  const title = titleLines(model, language).map(oneLine).join(NEW_LINE);
  return new Map([...Object.entries(words).map(([name, text]) => [name, oneLine(text)] as const), ['标题', title]]);
}

function addPictures(parts: Parts, { main }: Template, { all }: Pictures): void {
  if (all.length === 0) return;
  const folder = posix.dirname(main);
  for (const { part, png } of all) parts.set(posix.join(folder, part), Buffer.from(png));
  const relations = all.map(
    ({ relation, part }) =>
      `<Relationship xmlns="${PACKAGE}/relationships" Id="${relation}" Type="${RELATION}" Target="${part}"/>`,
  );
  addTo(parts, relationsPart(main), 'Relationships', relations.join(''));
  if (!/Extension="png"/i.test(textOfPart(parts, CONTENT_TYPES)))
    addTo(
      parts,
      CONTENT_TYPES,
      'Types',
      `<Default xmlns="${PACKAGE}/content-types" Extension="png" ContentType="image/png"/>`,
    );
}
