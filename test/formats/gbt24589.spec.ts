/** GB/T 24589.1: the layout of the standard's own sample (2010 edition, annex), written by hand with its 付001 out of balance. */
import iconv from 'iconv-lite';
import { opened, refusedFor } from './opened.js';

const element = (name: string, fields: Readonly<Record<string, string>>) =>
  `<${name}>\n${Object.entries(fields)
    .map(([field, text]) => (text === '' ? `<${field}/>` : `<${field}>${text}</${field}>`))
    .join('\n')}\n</${name}>\n`;
const fileOf = (root: string, ...elements: readonly string[]) =>
  `<?xml version="1.0" encoding="GB18030"?>\n<${root} xmlns="urn:x">\n${elements.join('')}</${root}>\n`;
const gb = (text: string) => iconv.encode(text, 'gb18030');

const ENTRY = {
  ...{ 记账凭证日期: '20090101', 会计年度: '2009', 会计期间号: '1', 记账凭证类型编号: '1', 记账凭证编号: '付001' },
  ...{
    记账凭证行号: '1',
    记账凭证摘要: '付款',
    科目编号: '2121',
    辅助项1编号: '001(供应商A)',
    辅助项2编号: '',
    计量单位: '',
  },
  ...{ 借方数量: '0', 借方原币金额: '1', 借方本币金额: '2500', 贷方数量: '0', 贷方本币金额: '0', 作废标志: '0' },
};
const READ = {
  ...{ sheet: 0, row: 1, date: '20090101', period: '2009-01', voucher_type: '付', voucher_no: '1', line_no: '1' },
  ...{ summary: '付款', account: '2121', debit: '2500', credit: '0', quantity: '0', is_void: '否' },
};
const AUXILIARY = (account: string, number: string, name: string) =>
  element('科目辅助核算', { 科目编号: account, 辅助项编号: number, 辅助项名称: name });

test('entries, balances, accounts and departments, each element a row of its own count', async () => {
  const { file, rows } = await opened(
    gb(
      fileOf(
        '总账',
        element('总账基础信息', { 结构分隔符: '-' }),
        element('会计科目', {
          科目编号: '2121',
          科目名称: '应付账款',
          科目级次: '1',
          科目类型: '负债',
          余额方向: '贷',
        }),
        AUXILIARY('2121', '1', '供应商'),
        element('科目余额及发生额', {
          ...{ 科目编号: '2121', 辅助项1编号: '001(供应商A)', 期初余额方向: '贷', 期末余额方向: '借' },
          ...{ 会计年度: '2009', 会计期间号: '1', 期初本币余额: '1000', 借方本币金额: '2000', 贷方本币金额: '2500' },
          ...{ 期末本币余额: '500' },
        }),
        element('记账凭证', ENTRY),
        element('记账凭证', { ...ENTRY, 记账凭证行号: '2', 科目编号: '1002', 辅助项1编号: '', 借方本币金额: '0' }),
        element('报表集', { 报表编号: '1' }),
        element('部门档案', { 部门编码: '103', 部门名称: '北京业务部', 上级部门编码: '102' }),
      ),
    ),
  );
  expect(file).toMatchObject({ format: 'gbt24589', container: 'xml', encoding: 'gb18030' });
  expect(file.documents[0]).toBe('vouchers');
  expect(rows).toEqual({
    vouchers: [
      { ...READ, counterparty: '供应商A', auxiliary: '供应商:001:供应商A' },
      { ...READ, row: 2, line_no: '2', account: '1002', debit: '0' },
    ],
    balances: [
      {
        ...{ sheet: 0, row: 1, period: '2009-01', account: '2121', auxiliary: '供应商:001:供应商A' },
        ...{ opening_credit: '1000', debit: '2000', credit: '2500', closing_debit: '500' },
      },
    ],
    accounts: [
      { sheet: 0, row: 1, account: '2121', account_name: '应付账款', level: '1', type: '负债', direction: '贷' },
    ],
    departments: [{ sheet: 0, row: 1, code: '103', name: '北京业务部', parent: '102' }],
  });
  expect(file.result.skippedParts).toEqual([
    { name: '总账基础信息', rows: 1 },
    { name: '报表集', rows: 1 },
  ]);
});

test('auxiliary items are what the account, or the one above it, says; the type of vouchers has a short name', async () => {
  const { rows } = await opened(
    gb(
      fileOf(
        '总账',
        element('记账凭证类型', { 记账凭证类型编号: '01', 记账凭证类型名称: '记账凭证', 记账凭证类型简称: '记' }),
        AUXILIARY('5001', '2', '部门'),
        AUXILIARY('5001', '1', '项目'),
        element('记账凭证', {
          ...{ ...ENTRY, 科目编号: '50010101', 记账凭证编号: '0012' },
          ...{ 辅助项1编号: 'P01(大修)', 辅助项2编号: 'CM1', 辅助项3编号: 'X' },
        }),
      ),
    ),
  );
  expect(rows.vouchers![0]).toMatchObject({
    ...{ voucher_type: '记', voucher_no: '12', department: 'CM1', project: 'P01' },
    auxiliary: '项目:P01:大修|辅助项3::X',
  });
});

test('prefixes and another root do not matter, element names do', async () => {
  const text = `<a:企业 xmlns:a="urn:x"><a:部门档案><a:部门编码>1</a:部门编码><a:部门名称>甲</a:部门名称></a:部门档案></a:企业>`;
  expect((await opened(text)).rows.departments).toEqual([{ sheet: 0, row: 1, code: '1', name: '甲' }]);
});

test.each<[string, string | Buffer, object, object?]>([
  [
    'a field twice',
    `<总账><部门档案><部门编码>1</部门编码><部门编码>2</部门编码></部门档案></总账>`,
    { code: 'doubled_field', sheet: '部门档案', row: 1, column: 'code' },
  ],
  [
    'a nested field',
    `<总账><部门档案><部门编码><x>1</x></部门编码></部门档案></总账>`,
    { code: 'nested_field', column: 'code' },
  ],
  [
    'no element of use',
    `<总账><币种><币种编码>1</币种编码></币种></总账>`,
    { code: 'unknown_layout', params: { headers: '总账、币种' } },
  ],
  [
    'vouchers missing',
    `<总账><部门档案><部门编码>1</部门编码></部门档案></总账>`,
    { code: 'kind_mismatch' },
    { kind: 'vouchers' },
  ],
  ['another kind', `<总账><部门档案/></总账>`, { code: 'kind_mismatch' }, { kind: 'settlements' }],
  // Head as in a public NC voucher file; its entries are not public.
  ['a file of NC', '<ufinterface billtype="vouchergl"><voucher/></ufinterface>', { code: 'nc_voucher_unsupported' }],
  ['DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><总账/>', { code: 'doctype_forbidden' }],
  ['cut off', gb(fileOf('总账', element('记账凭证', ENTRY))).subarray(0, -12), { code: 'malformed_xml' }],
  [
    'too many',
    fileOf('总账', element('部门档案', {}), element('部门档案', {})).replace('GB18030', 'UTF-8'),
    { code: 'too_many_rows', sheet: '部门档案', row: 2 },
    { limits: { maxRows: 1 } },
  ],
  [
    'a Big5 text called GB18030',
    Buffer.concat([gb('<?xml version="1.0" encoding="GB18030"?>\n'), iconv.encode('<總帳><記帳憑證/></總帳>', 'big5')]),
    {},
  ],
])('refused: %s', async (_, content, expected, wanted = {}) => {
  expect(await refusedFor(content, wanted)).toEqual([expect.objectContaining(expected)]);
});

test('what stands between two entries counts for the second: items of its account, words of its type, its own number', async () => {
  const entry = element('记账凭证', { ...ENTRY, 记账凭证编号: '001' });
  const word = element('记账凭证类型', { 记账凭证类型编号: '1', 记账凭证类型简称: '收' });
  const text = fileOf('总账', entry, AUXILIARY('2121', '1', '部门'), word, entry, element('记账凭证', ENTRY));
  const { rows } = await opened(gb(text));
  expect(rows.vouchers!.map(({ voucher_type, department }) => [voucher_type, department])).toEqual([
    ['1', undefined],
    ['收', '001'],
    ['付', '001'],
  ]);
});
