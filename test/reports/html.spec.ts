import { beforeAll, describe, expect, it } from '@jest/globals';
import { composeReport } from '../../analytics/report/compose.js';
import type { ReportModel } from '../../analytics/report/model.js';
import { renderHtml } from '../../src/modules/reports/render/html/render-html.js';
import { aMine } from '../analytics/report/a-mine.js';
import { aModel, printed } from './a-printed-report.js';

const page = async (model: ReportModel) => Buffer.from(await renderHtml(printed(model))).toString('utf8');

describe('the page of a report', () => {
  let model: ReportModel;
  beforeAll(() => {
    model = composeReport(aMine('2023-12'));
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

  it('shows the office’s words as theirs', async () => {
    const words = { id: '1', cause: '', text: '请各部门<抓紧>', owner: null, due: null };
    const html = await page(composeReport({ ...aMine('2023-12'), officeTexts: [words] }));
    expect(html).toContain('<p class="office"><small>综合办公室</small> 请各部门&lt;抓紧&gt;</p>');
  });
});
