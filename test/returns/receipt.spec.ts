import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVERY_MINE, wholeMine } from '../../src/modules/mines/index.js';
import { renderReceipt } from '../../src/modules/intake/app/receipt-page.js';
import { loadReceipt } from '../../src/modules/intake/app/receipt.js';
import type { Receipt } from '../../src/modules/intake/app/receipt.js';
import { LogOfImports } from './log-of-imports.js';

let log: LogOfImports;
beforeAll(async () => {
  log = await LogOfImports.open();
});
afterAll(() => log.close());

const SHA = 'ab'.repeat(32);

const load = (id: string, language?: 'zh' | 'en') =>
  log.uow.run(EVERY_MINE, (tx) => loadReceipt(tx, wholeMine(log.mine), id, language && { language }));

describe('the receipt of an import', () => {
  it('says who, when and what, what became of each row, and why', async () => {
    const earlier = await log.import();
    const id = await log.import({
      ...{
        format: 'k3',
        profile: 'ledger',
        profile_version: 2,
        supersedes: earlier,
        finished_at: '2023-04-03T01:02:04Z',
      },
      ...{ rows_read: 10, rows_accepted: 4, rows_skipped: 6, control_rows: 4, control_amount: '1234567.8' },
      ...{ typed_rows: 4, typed_amount: '1234567.90' },
    });
    await log.query('UPDATE imports SET superseded_by = $3 WHERE mine_id = $1 AND id = $2', [log.mine, earlier, id]);
    await log.file(id, {
      format: 'k3',
      rows_read: 10,
      rows_added: 4,
      amount: '1234567.8',
      details: {
        skipped: [
          { reason: 'blank', rows: 1 },
          { reason: '合计', rows: 1 },
        ],
        skippedParts: [{ name: '说明', rows: 3 }],
      },
    });
    await log.query(
      `INSERT INTO control_totals VALUES
         ($1, $2, 1, 'file_total', 'vouchers', 12, '合计 借方金额', 100.00, 99.99),
         ($1, $2, 2, 'typed', 'vouchers', NULL, 'amount', 1234567.90, 1234567.80)`,
      [log.mine, id],
    );
    // 500 out as carry-over on two accounts: 300 − 0 and 0 − 800 make −500 on three lines.
    await log.query(
      `INSERT INTO import_accounts VALUES
         ($1, $2, '2023-03', '50010101', 'imported', '材料', true, 4, 1234567.80, 0, 1234567.80, 0),
         ($1, $2, '2023-03', '50010101', 'carry_over', '材料', true, 1, 300, 0, 0, 0),
         ($1, $2, '2023-03', '50010102', 'carry_over', '电力', true, 2, 0, 800, 0, 0)`,
      [log.mine, id],
    );
    expect(await load(id)).toMatchObject({
      ...{
        importId: id,
        mine: { code: log.mine, name: '柴里煤矿' },
        status: 'accepted',
        reason: null,
        kind: 'vouchers',
      },
      ...{ actor: '王会计', fileName: '三月.xlsx', sizeBytes: 2048, sha256: SHA, format: 'k3' },
      profile: { name: 'ledger', version: 2 },
      ...{ createdAt: '2023-04-03T01:02:03.000Z', startedAt: null, finishedAt: '2023-04-03T01:02:04.000Z' },
      rows: { read: 10, posted: 4, skipped: 6, refused: 0 },
      skipped: [
        { reason: 'blank', rows: 1 },
        { reason: '合计', rows: 1 },
      ],
      controlTotals: { rows: 4, amount: '1234567.80' },
      typedTotals: { rows: 4, amount: '1234567.90' },
      comparisons: [
        { kind: 'file_total', row: 12, label: '合计 借方金额', stated: '100.00', found: '99.99', difference: '0.01' },
        { kind: 'typed', row: null, stated: '1234567.90', found: '1234567.80', difference: '0.10' },
      ],
      leftOut: [{ reason: 'carry_over', lines: 3, amount: '-500.00' }],
      accounts: [{ reason: 'carry_over' }, { reason: 'imported', imported: '1234567.80', lines: 4 }, {}],
      accountCount: 3,
      skippedParts: [{ file: '三月.xlsx', name: '说明', rows: 3 }],
      files: [{ name: '三月.xlsx', format: 'k3', read: 10, added: 4, amount: '1234567.80', sha256: SHA }],
      ...{ findings: [], findingCount: 0, supersedes: earlier, supersededBy: null },
    });
    expect(await load(earlier)).toMatchObject({ supersedes: null, supersededBy: id });
  });

  it('takes what was left out from the mapping where the mapping said it', async () => {
    const id = await log.import();
    await log.file(id, { details: { leftOut: [{ reason: 'sales_income', lines: 2, amount: '10.10' }] } });
    expect((await load(id)).leftOut).toEqual([{ reason: 'sales_income', lines: 2, amount: '10.10' }]);
  });

  it('lists two hundred findings and counts all, in the language asked for', async () => {
    const id = await log.import({ status: 'refused' });
    await log.file(id);
    for (let seq = 1; seq <= 201; seq++) await log.finding(id, seq, { sheet: '凭证 <1>', document: 'vouchers' });
    const receipt = await load(id);
    expect(receipt).toMatchObject({ findingCount: 201, status: 'refused' });
    expect(receipt.findings).toHaveLength(200);
    expect(receipt.findings[0]).toMatchObject({ sheet: '凭证 <1>', document: 'vouchers', row: 2, column: 'debit' });
    expect(receipt.findings[0]!.message).toContain('「借方金额」不是规范的数字');
    expect((await load(id, 'en')).findings[0]!.message).toContain('“debit” is not a number');
    const html = renderReceipt(receipt, 'zh');
    expect(html).toContain('问题（共 201 处，列出前 200 处）');
    expect(html).toContain('<td>三月.xlsx · 凭证 &lt;1&gt;</td><td class="number">2</td><td>借方金额</td>');
  });

  it('is of this mine only', async () => {
    const id = await log.import();
    const other = await log.newMine();
    await expect(log.uow.run(EVERY_MINE, (tx) => loadReceipt(tx, wholeMine(other), id))).rejects.toMatchObject({
      code: 'unknown_import',
    });
  });
});

describe('the printed receipt', () => {
  const receipt: Receipt = {
    ...{ importId: '7', mine: { code: 'chaili', name: '柴里煤矿' }, status: 'refused', reason: 'interrupted' },
    ...{ approval: null, departments: [] },
    ...{ kind: 'vouchers', actor: 'local', fileName: '三月.csv', sizeBytes: 1234567, sha256: SHA, format: 'journal' },
    ...{ profile: null, createdAt: '2023-03-31T16:00:00.000Z', startedAt: null, finishedAt: null },
    rows: { read: 3, posted: 0, skipped: 1, refused: 1 },
    ...{ skipped: [{ reason: '合计', rows: 1 }], controlTotals: { rows: 0, amount: '0.00' }, typedTotals: null },
    ...{ comparisons: [], leftOut: [], accounts: [], accountCount: 0, skippedParts: [], files: [] },
    ...{ findings: [], findingCount: 0, supersedes: null, supersededBy: null },
  };

  it('is a Chinese page for A4 with Beijing time and grouped figures; English when asked', () => {
    const html = renderReceipt({ ...receipt, controlTotals: { rows: 1, amount: '-1234567.80' } }, 'zh');
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="zh-CN">/);
    expect(html).toContain('@page { size: A4;');
    expect(html).toContain('<th scope="row">交件时间</th><td>2023-04-01 00:00:00</td>');
    expect(html).toContain('<td>1,234,567 字节</td>');
    expect(html).toContain('<td class="number">-1,234,567.80</td>');
    expect(html).toContain('<td>已拒收，没有写入任何数据 · 导入多次中断');
    expect(html).toContain('<td>跳过：合计</td><td class="number">1</td>');
    expect(renderReceipt(receipt, 'en')).toContain('<th scope="row">Handed in at</th>');
  });

  it('escapes every text of a sender and runs nothing', () => {
    const hostile = `"><script>alert('1')</script>&amp;\u202Ecod.exe\u0000\ud800`;
    const html = renderReceipt(
      {
        ...{ ...receipt, actor: hostile, fileName: hostile, reason: hostile, kind: hostile, format: hostile },
        mine: { code: hostile, name: hostile },
        profile: { name: hostile, version: 1 },
        skipped: [{ reason: hostile, rows: 1 }],
        comparisons: [
          {
            ...{ kind: 'file_total', document: hostile, row: 1, label: hostile },
            stated: '1',
            found: '1',
            difference: '0',
          },
        ],
        leftOut: [{ reason: hostile, lines: 1, amount: '1.00' }],
        accounts: [
          {
            ...{ period: hostile, account: hostile, name: hostile, reason: hostile, isCost: true, lines: 1 },
            ...{ debit: '1.00', credit: '0.00', imported: '1.00', internal: '0.00' },
          },
        ],
        skippedParts: [{ file: hostile, name: hostile, rows: 1 }],
        files: [
          {
            ...{ name: hostile, kind: hostile, sha256: hostile, format: null, encoding: hostile, delimiter: hostile },
            ...{ read: 1, added: 1, changed: 0, unchanged: 0, skipped: 0, amount: '1.00' },
          },
        ],
        findings: [
          {
            ...{ file: hostile, sheet: hostile, document: null, row: 1, column: hostile, code: hostile },
            ...{ params: {}, message: hostile },
          },
        ],
        findingCount: 1,
      },
      'zh',
    );
    expect(html).not.toMatch(/<script|alert\('|\u202e|\u0000|\ud800/);
    expect(
      html.match(/<(?!\/?(?:html|head|meta|title|style|body|h1|h2|p|table|thead|tbody|tr|th|td)\b|!DOCTYPE)/),
    ).toBeNull();
    expect(html).toContain(
      '<td>&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;⟨U+202E⟩cod.exe⟨U+0000⟩⟨U+D800⟩</td>',
    );
  });
});
