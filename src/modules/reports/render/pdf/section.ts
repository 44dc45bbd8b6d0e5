/** A section: its title, and its blocks, none of which begins on the last line of a page. */
import type { Node, Text } from 'pdfmake';
import type { Block, Figure, Language, Paragraph, Section } from '../../../../../analytics/report/model.js';
import { invariant } from '../../../../../analytics/kernel/invariant.js';
import { headingNumber, type DrawnChart, type PrintedReport } from '../printed-report.js';
import { TEXT_HEIGHT, TEXT_WIDTH, indentOf } from './page.js';
import { HEAD_HEIGHT, tableNodes } from './table.js';
import { bare, runsOf } from './text.js';
import { PAGE_WORDS } from './words.js';

type Chart = Extract<Block, { kind: 'chart' }>;

export interface Place {
  readonly report: Pick<PrintedReport, 'language' | 'charts'>;
  readonly figures: ReadonlyMap<string, Figure>;
}

/** `title` with its number. */
export function sectionNodes(place: Place, section: Section, title: Text): Node[] {
  const { language } = place.report;
  const bookmark = `section-${section.id}`;
  const head: Text = { ...title, id: bookmark, outline: true, outlineExpanded: true, bold: true };
  if (section.absent !== null) {
    const reason = { text: bare(section.absent[language]), leadingIndent: indentOf(language) };
    return [{ stack: [head, reason], unbreakable: true }];
  }
  const nodes: Node[] = [];
  let [titles, headings]: [Text[], number] = [[head], 0];
  for (const block of section.blocks) {
    if (block.kind === 'heading') {
      const text = headingNumber(headings++, language) + bare(block.text[language]);
      titles.push({ text, bold: true, leadingIndent: indentOf(language), outline: true, outlineParentId: bookmark });
    } else {
      nodes.push(...together(titles, blockNodes(place, block)));
      titles = [];
    }
  }
  return [...nodes, ...titles];
}

function blockNodes({ report, figures }: Place, block: Exclude<Block, { kind: 'heading' }>): Node[] {
  const { language, charts } = report;
  switch (block.kind) {
    case 'paragraph':
      return [paragraphNode(figures, block, language)];
    case 'table':
      return tableNodes(block, { figures, language });
    case 'chart': {
      const drawn = charts.get(block.id);
      invariant(drawn !== undefined, `chart ${block.id} was not drawn`);
      return [chartNode(block, drawn, language)];
    }
  }
}

/** Titles stay with what follows them: as one block, or, before a table that may be long, with room for its head. */
function together(titles: readonly Text[], [first, ...others]: readonly Node[]): Node[] {
  if (titles.length === 0) return [first!, ...others];
  if (!('table' in first!)) return [{ stack: [...titles, first!], unbreakable: true }, ...others];
  const room: Text = { text: '', fontSize: 1, margin: [0, HEAD_HEIGHT, 0, 0] };
  const back: Text = { text: '', fontSize: 1, margin: [0, -HEAD_HEIGHT, 0, 0] };
  return [{ stack: [...titles, room], unbreakable: true }, back, first, ...others];
}

/** The office's own words stand beside a line, and say whose they are. */
function paragraphNode(figures: ReadonlyMap<string, Figure>, { origin, text }: Paragraph, language: Language): Node {
  const runs = runsOf(figures, text[language]);
  const paragraph: Text = {
    text: runs,
    leadingIndent: indentOf(language),
    margin: [0, 0, 0, language === 'zh' ? 0 : 6],
  };
  if (origin === 'computed') return paragraph;
  const marked: Text = { ...paragraph, text: [{ text: PAGE_WORDS.office[language], bold: true }, ...runs] };
  return {
    table: { widths: ['*'], body: [[marked]] },
    layout: {
      ...{ hLineWidth: () => 0, vLineWidth: (line) => (line === 0 ? 2 : 0), paddingLeft: () => 8 },
      ...{ paddingRight: () => 0, paddingTop: () => 2, paddingBottom: () => 2 },
    },
  };
}

/** Room for a title, a caption and what the chart is read by. */
const BESIDE_CHART = 110;

function chartNode({ title, alt }: Chart, { png }: DrawnChart, language: Language): Node {
  return {
    ...{ unbreakable: true, margin: [0, 8, 0, 8], alignment: 'center' },
    stack: [
      {
        image: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
        fit: [TEXT_WIDTH, TEXT_HEIGHT - BESIDE_CHART],
      },
      { text: bare(title[language]), bold: true, fontSize: 11, lineHeight: 1.1, margin: [0, 4, 0, 0] },
      { text: bare(alt[language]), fontSize: 8.5, lineHeight: 1, color: '#404040' },
    ],
  };
}
