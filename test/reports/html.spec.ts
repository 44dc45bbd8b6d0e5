import { beforeAll, describe, expect, it } from '@jest/globals';
import { composeReport } from '../../analytics/report/compose.js';
import type { Block, ReportModel } from '../../analytics/report/model.js';
import { renderHtml } from '../../src/modules/reports/render/html/render-html.js';
import { aMine } from '../analytics/report/a-mine.js';
import { aModel, printed } from './a-printed-report.js';

const page = async (model: ReportModel, language: 'zh' | 'en' = 'zh') =>
  Buffer.from(await renderHtml(printed(model, language))).toString('utf8');

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const plainText = (html: string) => html.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);

/** What stands under each link to lines, by the code of the figure. */
function linked(html: string): Map<string, string[]> {
  const links = new Map<string, string[]>();
  for (const [, code, shown] of html.matchAll(
    /<a class="figure" href="\/api\/v1\/lines\/12-([\d.]+)"[^>]*>([^<]*)</g,
  )) {
    links.set(code!, [...(links.get(code!) ?? []), plainText(shown!)]);
  }
  return links;
}

/** Figures of sentences and tables; those of a chart stand in its drawing. */
function figuresIn(blocks: readonly Block[], language: 'zh' | 'en'): string[] {
  return blocks.flatMap((block): string[] => {
    if (block.kind === 'paragraph') {
      return block.text[language].flatMap((run) => (typeof run === 'string' ? [] : [run.figure]));
    }
    return block.kind === 'table'
      ? block.rows.flatMap(({ cells }) => cells.flatMap((cell) => ('figure' in cell ? [cell.figure] : [])))
      : [];
  });
}

describe('the page of a report', () => {
  let model: ReportModel;
  beforeAll(() => {
    model = composeReport(aMine('2023-12'));
  });

  it.each(['zh', 'en'] as const)('links every figure that it prints to its lines (%s)', async (language) => {
    const links = linked(await page(model, language));
    const printedFigures = [...model.sections, ...model.annexes].flatMap(({ blocks }) => figuresIn(blocks, language));
    const shown = new Map(model.figures.map((figure) => [figure.id, figure.shown]));
    expect(printedFigures.length).toBeGreaterThan(200);
    expect([...links.keys()].sort()).toEqual([...new Set(printedFigures)].sort());
    for (const [id, texts] of links) expect([id, new Set(texts)]).toEqual([id, new Set([shown.get(id)])]);
  });

  it('numbers sections and annexes, marks a draft, and loads nothing', async () => {
    const html = await page(model);
    expect(html.match(/<h2>[^<]*/g)).toEqual([
      ...['<h2>一、总体情况', '<h2>二、六大协同分项', '<h2>三、显性成本', '<h2>四、隐性成本'],
      ...['<h2>五、因素分析', '<h2>六、部门完成情况与排名', '<h2>七、存在问题', '<h2>八、下步措施'],
      ...['<h2>附件1　明细表', '<h2>附件2　口径说明', '<h2>核验页'],
    ]);
    expect(html).toContain('未结账');
    expect(html).toContain('ab'.repeat(32));
    expect(html).not.toMatch(/<script|<link|src=|@import|url\(/);
    expect(await page(aModel({}, { state: 'final' }))).not.toContain('class="draft"');
  });

  it('takes names as they come: nothing of them is markup', async () => {
    const name = `<b onload="x">&"'=+@${'采'.repeat(40)}`;
    const html = await page(composeReport(aMine('2023-12', { nameOf: () => name })));
    expect(html).not.toContain('<b ');
    expect(plainText(html)).toContain(name);
  });

  it('shows the office’s words as theirs', async () => {
    const words = { id: '1', cause: '', text: '请各部门<抓紧>', owner: null, due: null };
    const html = await page(composeReport({ ...aMine('2023-12'), officeTexts: [words] }));
    expect(html).toContain('<p class="office"><small>综合办公室</small> 请各部门&lt;抓紧&gt;</p>');
  });
});
