import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { ImportClient, type Finding, type ImportAnswer } from '../support/import-client.js';
import { SynergyService } from '../support/synergy-service.js';

/** The month of the worked example (docs/calculation-spec.md) as a centre hands it over: a journal, slips and a balance. */
const REFERENCE = {
  'departments.csv': `code,name,parent
MINE,柴里煤矿,
CM1,采煤一区,MINE
JD,机电区,MINE
GY,供应部,MINE
ZY,政策研究办公室,MINE
`,
  'projects.csv': `code,name,category,lead,approved_on,closed_on
P01,综采设备内部大修,industry,JD,2023-02-10,
P02,外委钻探转内部,industry,CM1,,
`,
  'baselines.csv': `code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume,fixed_amount,unit,tax_basis,tax_rate
B-0104,CM1,resource,0104,explicit,,2023-01-01,2023-12-31,prior_year,108.00,1.9,raw_coal_kt,,,,,件,,
B-02,JD,management,02,explicit,,2023-01-01,2023-12-31,budget,0.635,3500,raw_coal_kt,,,,,千瓦时,,
B-05,JD,industry,05,explicit,P01,2023-01-01,2023-12-31,market,261030,,,,,,,台,incl,0.13
B-0101,GY,resource,0101,explicit,,2023-01-01,2023-12-31,budget,,,raw_coal_kt,,52500,105,17500,,,
`,
  'activities.csv': `period,department,driver,actual,planned
2023-03,CM1,raw_coal_kt,110,105
2023-03,JD,raw_coal_kt,110,105
2023-03,GY,raw_coal_kt,110,105
`,
};

const JOURNAL = `序时账,,,,,,,,,,,
单位：示例煤矿,,期间：2023年03月,,,,,,,,,单位：元
凭证日期,凭证字号,分录号,摘要,科目编码,科目名称,部门,项目,数量,计量单位,借方金额,贷方金额
2023/03/05,记-031,1,截齿,5001010104,生产成本_材料_配件,采煤一区,,120,件,"11,400.00",
2023/03/05,记-031,2,截齿,1403,原材料,,,,,,"11,400.00"
2023/03/18,记-112,1,截齿,5001010104,生产成本_材料_配件,采煤一区,,80,件,8200.00,
2023/03/18,记-112,2,截齿,1403,原材料,,,,,,8200.00
2023/03/28,记-291,1,截齿返利,5001010104,生产成本_材料_配件,采煤一区,,0,件,-300.00,
2023/03/28,记-291,2,截齿返利,1403,原材料,,,,,,-300.00
2023/03/31,记-288,1,三月电费,50010102,生产成本_电力,机电队,,410000,千瓦时,250920.00,
2023/03/31,记-288,2,三月电费,1002,银行存款,,,,,,250920.00
2023/03/31,记-300,1,坑木,5001010101,生产成本_材料_坑木支护,供应部,,,,64000.00,
2023/03/31,记-300,2,坑木,1002,银行存款,,,,,,64000.00
2023/03/31,记-310,1,薪酬,50010103,生产成本_职工薪酬,GY,,,,312000.00,
2023/03/31,记-310,2,薪酬,2211,应付职工薪酬,,,,,,312000.00
2023/03/31,记-320,1,安全费用支出,430101,专项储备_安全生产费,,,,,52000.00,
2023/03/31,记-320,2,安全费用支出,1002,银行存款,,,,,,52000.00
合计,,,,,,,,,,698220.00,698220.00
`;

const SLIPS = `内部结算单,,,,,,,,,,
结算期间：2023-03,,,,编制单位：集中核算中心,,,,,单位：元,
结算单号,结算日期,提供方,接受方,协同项目,服务内容,数量,计量单位,不含税单价,不含税金额,备注
结-0007,2023-03-22,机修厂,机电区,P01,采煤机大修,1,台,186000.00,186000.00,
结-0009,2023-03-25,钻探队,采煤一区,P02,钻探,300,米,410.00,123000.00,未立项
合计,,,,,,,,,309000.00,
`;

const BALANCE = `科目余额表,,,,,,,,
单位：示例煤矿,,期间：2023年03月,,,,,单位：元,
科目编码,科目名称,期初借方,期初贷方,本期借方,本期贷方,期末借方,期末贷方,核算部门
5001010104,生产成本_材料_配件,41200.00,,19300.00,,60500.00,,采煤一区
5001010101,生产成本_材料_坑木支护,120500.00,,64000.00,,184500.00,,供应部
50010102,生产成本_电力,498000.00,,250930.00,,748930.00,,机电区
50010103,生产成本_职工薪酬,624000.00,,312000.00,,936000.00,,供应部
430101,专项储备_安全生产费,,380000.00,52000.00,,,328000.00,
`;

const MINE = 'centre';
let service: SynergyService;
let client: ImportClient;
beforeAll(async () => {
  service = await SynergyService.start();
  client = new ImportClient(service.running);
  await service.take(MINE, REFERENCE);
});
afterAll(() => service.stop());

const http = () => service.running.http;
const sent = (path: string, file: Buffer | string, fields: Readonly<Record<string, string>> = {}) => {
  const request = http().post(`/api/v1/imports${path}`).set('X-Mine', MINE);
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request.attach('file', Buffer.from(file), '三月.dat');
};
async function imported(file: Buffer | string, fields?: Readonly<Record<string, string>>) {
  const { body } = await sent('', file, fields).expect(202);
  return (await client.finished(MINE, body.id)) as ImportAnswer & Record<string, unknown>;
}
const brief = (findings: readonly Finding[]) => findings.map(({ row, column, code }) => [row, column, code]);
const total = async () => (await service.get(MINE, { period: '2023-03' })).total;

describe('a month of a settlement centre, from its files to the figures', () => {
  const journal = iconv.encode(JOURNAL, 'gb18030');

  it('is previewed: recognised, mapped, and what has no mapping yet is named with its amount', async () => {
    const { body } = await sent('/preview', journal).expect(200);
    expect(body).toMatchObject({ format: 'journal', encoding: 'gb18030', delimiter: ',', profile: 'ledger' });
    expect(body.unmapped).toEqual([{ what: 'department', code: '机电队', name: null, lines: 1, amount: '250920.00' }]);
    expect(brief(body.findings)).toEqual([[10, 'department', 'unmapped_department']]);
    expect(body.findings[0].message).toMatch(/机电队/);
    expect(body.rows[0]).toMatchObject({
      row: 4,
      values: { department: 'CM1', item: '0104', category: 'resource', quantity: '120', amount: '11400' },
    });
    expect(body.leftOut).toEqual(expect.arrayContaining([{ reason: 'fund_spending', lines: 1, amount: '52000.00' }]));
    const { body: imports } = await http().get('/api/v1/imports').set('X-Mine', MINE);
    expect(imports.data).toHaveLength(1);
  });

  it('is refused as long as a department has no mapping', async () => {
    const taken = await imported(journal);
    expect(taken).toMatchObject({ status: 'refused', format: 'journal', accepted: 0 });
    expect(brief(await client.findings(MINE, taken.id))).toEqual([[10, 'department', 'unmapped_department']]);
  });

  it('gives the figures of the worked example once the clerk has added the mapping', async () => {
    await http()
      .post('/api/v1/profiles/ledger/mappings')
      .set('X-Mine', MINE)
      .send({ departments: { 机电队: 'JD' } })
      .expect(200);
    const { body: ledger } = await http().get('/api/v1/profiles/ledger').set('X-Mine', MINE);
    delete ledger.name;
    delete ledger.version;
    await http()
      .put('/api/v1/profiles/ledger')
      .set('X-Mine', MINE)
      .send({ ...ledger, zeroQuantity: 'zero' })
      .expect(200);
    const taken = await imported(journal, { controlAmount: '698220.00', controlRows: '14' });
    expect({ ...taken, problems: await client.findings(MINE, taken.id) }).toMatchObject({
      ...{ status: 'accepted', problems: [], profile: 'ledger', profileVersion: 2 },
      // 15 rows: 6 records, 8 lines that are no cost, 1 row of sums.
      ...{ rows: 15, accepted: 6, skipped: 9, controlTotals: { rows: 6, amount: '646220.00' } },
    });
    const slips = await imported(SLIPS);
    expect(slips).toMatchObject({ status: 'accepted', format: 'settlement', profile: 'settlement' });
    // calculation.md: price 2,300 + usage 972 (CM1); 9,430 − 15,875 (JD); 45,000 (P01); 8,500 (GY).
    expect(await total()).toMatchObject({
      ...{ price_reduction: '56730.00', usage_saving: '-14903.00', amount_saving: '8500.00' },
      ...{ explicit_actual: '955220.00', internal_actual: '309000.00', turnover: '186000.00' },
    });
  });

  it('leads from a figure to the voucher line it came from', async () => {
    const lines = await service.lines(MINE, { period: '2023-03', department: 'CM1', item: '0104' });
    const records = lines.filter(({ kind }) => kind === 'record');
    expect(records.map(({ id }) => id)).toHaveLength(3);
    const bought = records.find(({ measures }) => measures.explicit_actual === '11400')!;
    const { body } = await http()
      .get(`/api/v1/records/${encodeURIComponent(bought.id)}?source=ledger`)
      .set('X-Mine', MINE);
    expect(body).toMatchObject({ source: 'ledger', voucher: '记-31', summary: '截齿', row_no: 4, amount: '11400.00' });
  });

  it('ties to the balance file, and where it does not, says by how much and why', async () => {
    const balance = await imported(BALANCE);
    expect(balance).toMatchObject({ status: 'accepted', format: 'balance_sheet' });
    const { body } = await http().get('/api/v1/reconciliations/2023-03').set('X-Mine', MINE).expect(200);
    const account = (code: string) => body.accounts.find(({ account: found }: { account: string }) => found === code);
    expect(account('5001010104')).toMatchObject({
      ...{ isCost: true, imported: '19300.00', inFile: { debit: '19300.00' }, balance: { debit: '19300.00' } },
      difference: { debit: '0.00', credit: '0.00' },
    });
    expect(account('50010102')).toMatchObject({ imported: '250920.00', difference: { debit: '-10.00' } });
    expect(account('430101').leftOut).toEqual([
      { reason: 'fund_spending', lines: 1, debit: '52000.00', credit: '0.00' },
    ]);
    // Booked outside: 955,220 − 309,000 = 646,220; the balance has 646,230.
    expect(body.external).toMatchObject({
      ...{ explicitActual: '955220.00', internalActual: '309000.00', external: '646220.00' },
      ...{ balanceCost: '646230.00', difference: '-10.00' },
    });
  });

  it('does not take the same voucher twice, whatever the format', async () => {
    const again = JOURNAL.replaceAll(',', '\t').replaceAll('"11\t400.00"', '11400.00');
    const taken = await imported(Buffer.from(`\ufeff${again}`, 'utf16le'));
    expect(taken).toMatchObject({ status: 'refused', format: 'journal' });
    const codes = new Set((await client.findings(MINE, taken.id)).map(({ code }) => code));
    expect([...codes]).toEqual(['duplicate_record']);
  });

  it('is corrected by a file that supersedes it, with the difference shown', async () => {
    const { body: list } = await http().get('/api/v1/imports').set('X-Mine', MINE);
    const old = list.data.find(
      ({ status, format }: Record<string, string>) => status === 'accepted' && format === 'journal',
    );
    const corrected = JOURNAL.replaceAll('250920.00', '250930.00').replaceAll('698220.00', '698230.00');
    const taken = await imported(corrected, { supersedes: old.id });
    expect(taken).toMatchObject({ status: 'accepted', supersedes: old.id });
    const { body } = await http().get(`/api/v1/imports/${taken.id}/comparison`).set('X-Mine', MINE).expect(200);
    expect(body.summary).toMatchObject({
      changed: { rows: 1, before: '250920.00', after: '250930.00' },
      unchanged: { rows: 5 },
      ...{ added: { rows: 0 }, gone: { rows: 0 } },
    });
    expect(body.data.map(({ fate, before, after }: never) => [fate, before, after])).toHaveLength(1);
    const { body: tie } = await http().get('/api/v1/reconciliations/2023-03').set('X-Mine', MINE);
    expect(tie.external).toMatchObject({ external: '646230.00', difference: '0.00' });
  });
});

describe('a file that the centre should not have sent', () => {
  it.each([
    [
      'an unbalanced voucher',
      JOURNAL.replace('250920.00,\n', '250921.00,\n').replace('合计,', '小计,'),
      'voucher_unbalanced',
    ],
    ['a row that was lost', JOURNAL.replace(/^.*记-310.*\n/gm, ''), 'total_mismatch'],
    ['a voucher of the Big5 kind', iconv.encode(JOURNAL, 'big5'), 'unknown_layout'],
  ])('%s is refused by name, and nothing is written', async (_, content, code) => {
    const before = await total();
    const taken = await imported(content);
    expect(taken.status).toBe('refused');
    const found = await client.findings(MINE, taken.id);
    expect(found.map((finding) => finding.code)).toContain(code);
    expect(await total()).toEqual(before);
  });

  it('is not even registered with a profile that nobody knows', async () => {
    const { body } = await sent('', JOURNAL, { profile: '没有的' }).expect(422);
    expect(body.code).toBe('unknown_profile');
  });

  it('is refused where the slip says another sum', async () => {
    const taken = await imported(SLIPS.replace('结-0007', '结-0017').replace('结-0009', '结-0019'), {
      controlAmount: '309001.00',
    });
    expect((await client.findings(MINE, taken.id)).map(({ code }) => code)).toEqual(['control_total_mismatch']);
  });
});

describe('the departments that a ledger keeps on file', () => {
  const ARCHIVE = `<?xml version="1.0" encoding="UTF-8"?>
<公共档案>
<部门档案><部门编码>JD</部门编码><部门名称>机电科</部门名称><上级部门编码/></部门档案>
<部门档案><部门编码>901</部门编码><部门名称>洗煤厂</部门名称><上级部门编码>JD</上级部门编码></部门档案>
</公共档案>`;

  it('come in where the mine does not know them, and change none that it knows', async () => {
    const taken = await imported(ARCHIVE);
    expect(taken).toMatchObject({ status: 'accepted', format: 'gbt24589', rows: 2, accepted: 1, skipped: 1 });
    const { body } = await http().get('/api/v1/departments?limit=50').set('X-Mine', MINE);
    const names = Object.fromEntries(body.data.map(({ code, name, parent }: never) => [code, [name, parent]]));
    expect(names).toMatchObject({ JD: ['机电区', 'MINE'], 901: ['洗煤厂', 'JD'] });
  });
});

describe('the same bytes handed in again', () => {
  it('are answered by the import that took them, unless they are to be read by another profile', async () => {
    const slips = SLIPS.replace('结-0007', '结-0027').replace('结-0009', '结-0029');
    const first = await imported(slips);
    const again = await sent('', slips).expect(202);
    expect(again.body).toMatchObject({ id: first.id, isNew: false });
    await http().put('/api/v1/profiles/slips').set('X-Mine', MINE).send({ source: 'settlement', taxBasis: 'excl' });
    const { body } = await sent('', slips, { profile: 'slips' }).expect(422);
    expect(body.code).toBe('imported_by_other_profile');
    await sent('', slips, { supersedes: '999999' }).expect(422);
    // Which of two profiles maps a slip that names none would be a matter of chance.
    const taken = await http()
      .put('/api/v1/profiles/more-books')
      .set('X-Mine', MINE)
      .send({ formats: ['journal'] })
      .expect(422);
    expect(taken.body.errors).toMatchObject([{ column: 'formats', code: 'format_taken' }]);
  });
});
