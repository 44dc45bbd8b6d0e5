/** What the office wrote into a table is marked cell by cell, and no line breaks within the mark of a draft. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenCause } from '../../analytics/report/input.js';
import { renderDocx } from '../../src/modules/reports/render/docx/render-docx.js';
import { renderHtml } from '../../src/modules/reports/render/html/render-html.js';
import { renderPdf } from '../../src/modules/reports/render/pdf/render-pdf.js';
import { renderXlsx } from '../../src/modules/reports/render/xlsx/render-xlsx.js';
import { aModel, printed } from './a-printed-report.js';
import { unzipped } from './read-docx.js';
import { readPdf } from './read-pdf.js';
import { tagsOf } from './read-xlsx.js';

const cause: OpenCause = {
  ...{ code: 'missing_volume', title: { zh: '缺业务量', en: 'missing volumes' }, count: 2, departments: [] },
  waived: null,
};
const text = { id: '1', cause: 'missing_volume', text: '补报业务量', owner: '李四', due: null };
const report = printed(aModel({ causes: [cause], officeTexts: [text] }));

describe('the office’s cells', () => {
  it('have a bar on the page', async () => {
    const html = Buffer.from(await renderHtml(report)).toString('utf8');
    expect(html.match(/<td class="office">[^<]*/g)).toEqual([
      '<td class="office">补报业务量',
      '<td class="office">李四',
    ]);
  });

  it('have a bar in Word', async () => {
    const parts = await unzipped(await renderDocx(report));
    const cells = parts.get('word/document.xml')!.toString('utf8').split('<w:tc>');
    const marked = cells.filter((cell) => cell.includes('<w:left w:val="single" w:sz="24"'));
    expect(marked.map((cell) => /<w:t xml:space="preserve">([^<]*)/.exec(cell)?.[1])).toEqual(['补报业务量', '李四']);
  });

  it('have a bar in the workbook', async () => {
    const parts = await unzipped(await renderXlsx(report));
    const bars = barredStyles(parts.get('xl/styles.xml')!.toString('utf8'));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    const cells = sheets.flatMap(([, bytes]) => bytes.toString('utf8').match(/<c [^>]*>.*?<\/c>/gs) ?? []);
    const marked = cells.filter((cell) => bars.has(/ s="(\d+)"/.exec(cell)?.[1] ?? ''));
    expect(marked.map((cell) => /<t[^>]*>([^<]+)/.exec(cell)?.[1])).toEqual(['补报业务量', '李四']);
  });
});

/** Numbers of the formats whose cells have a thick line on the left and lines all around. */
function barredStyles(xml: string): Set<string> {
  const borders = xml.match(/<border>.*?<\/border>/gs)!;
  const barred = borders.findIndex((border) => /<left style="thick">.*<right style="thin">/s.test(border));
  const formats = tagsOf(/<cellXfs.*<\/cellXfs>/s.exec(xml)![0]).filter(({ name }) => name === 'xf');
  const own = formats.flatMap(({ attributes }, at) => (attributes.borderId === String(barred) ? [String(at)] : []));
  return new Set(own);
}

describe('the title of a draft', () => {
  let lines: readonly string[];
  beforeAll(async () => {
    const { placed } = await readPdf(await renderPdf(report));
    lines = placed[0]!.filter(({ size }) => size > 20).map((each) => each.text.trim());
  });

  it('has its mark on a line of its own in each document', async () => {
    const [name, mark] = ['柴里煤矿2023年12月成本协同情况报告', '（未结账）'];
    expect(lines).toContain(mark);
    expect(Buffer.from(await renderHtml(report)).toString('utf8')).toContain(`<h1>${name}<br/>${mark}</h1>`);
    const word = (await unzipped(await renderDocx(report))).get('word/document.xml')!.toString('utf8');
    expect(word).toContain(`${name}</w:t><w:br/><w:t xml:space="preserve">${mark}</w:t>`);
  });
});
