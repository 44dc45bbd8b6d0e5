/** The report as paragraphs and tables: what was restated, the sections 一 to 八, the list of annexes; and the annexes. */
import { invariant } from '../../../../../analytics/kernel/invariant.js';
import type { Block, Chart, Paragraph, Run, Section } from '../../../../../analytics/report/model.js';
import { headingNumber, sectionNumber } from '../printed-report.js';
import { paragraphOf, runOf } from './elements.js';
import type { Page } from './page.js';
import type { StyleKey } from './styles.js';
import { tableXml } from './tables.js';
import { OFFICE, annexLines, annexNumber } from './words.js';

/** What stands before the signature. */
export function bodyXml(page: Page, annexes: readonly Section[]): string {
  const { model, language } = page.report;
  const { restatement, sections } = model;
  return [
    restatement === null ? '' : sectionXml(page, restatement, ''),
    ...sections.map((section, place) => sectionXml(page, section, sectionNumber(place, language))),
    annexList(page, annexes),
  ].join('');
}

/** Each on pages of its own. */
export function annexesXml(page: Page, annexes: readonly Section[]): string {
  const { language } = page.report;
  return annexes
    .map((annex, place) =>
      [
        line(page, 'annexNumber', annexNumber(place, annexes.length, language)),
        line(page, 'annexTitle', annex.title[language]),
        contentXml(page, annex),
      ].join(''),
    )
    .join('');
}

function annexList(page: Page, annexes: readonly Section[]): string {
  const { language } = page.report;
  const lines = annexLines(
    annexes.map(({ title }) => title[language]),
    language,
  );
  const [first, ...others] = lines.map((text, at) => line(page, at === 0 ? 'annexes' : 'annexesBelow', text));
  // One line apart from the text (GB/T 9704).
  return first === undefined ? '' : [line(page, 'body', ''), first, ...others].join('');
}

const sectionXml = (page: Page, section: Section, number: string): string =>
  line(page, 'section', number + section.title[page.report.language]) + contentXml(page, section);

/** An absent section says why it is. */
function contentXml(page: Page, { absent, blocks }: Section): string {
  if (absent !== null) return line(page, 'body', absent[page.report.language]);
  let headings = 0;
  return blocks.map((block) => blockXml(page, block, block.kind === 'heading' ? headings++ : headings)).join('');
}

function blockXml(page: Page, block: Block, place: number): string {
  const { language } = page.report;
  switch (block.kind) {
    case 'heading':
      return line(page, 'heading', headingNumber(place, language) + block.text[language]);
    case 'paragraph':
      return paragraphXml(page, block);
    case 'table':
      return tableXml(page, block);
    case 'chart':
      return chartXml(page, block);
  }
}

function paragraphXml(page: Page, { origin, text }: Paragraph): string {
  const { language } = page.report;
  const runs = text[language].map((run) => runXml(page, run)).join('');
  if (origin === 'computed') return paragraphOf(page.styles.body, runs);
  return paragraphOf(page.styles.office, runOf(OFFICE[language], { isBold: true, isChinese: true }) + runs);
}

/** A figure carries its number, with which it is found again. */
function runXml({ figures, styles, report }: Page, run: Run): string {
  const look = { isChinese: report.language === 'zh' };
  if (typeof run === 'string') return runOf(run, look);
  return runOf(figures.get(run.figure)!.shown, look) + runOf(run.figure, { style: styles.figure });
}

function chartXml(page: Page, { id, title, alt }: Chart): string {
  const { charts, language } = page.report;
  const drawn = charts.get(id);
  invariant(drawn !== undefined, `the chart ${id} was not drawn`);
  const picture = page.pictures.run(drawn, title[language], alt[language]);
  return paragraphOf(page.styles.picture, picture) + line(page, 'caption', title[language]);
}

const line = ({ styles, report }: Page, style: StyleKey, text: string): string =>
  paragraphOf(styles[style], text === '' ? '' : runOf(text, { isChinese: report.language === 'zh' }));
