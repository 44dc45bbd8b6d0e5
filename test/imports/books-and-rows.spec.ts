import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEPARTMENTS, Desk, lines } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.approveAll(await desk.send(desk.clerk, 'departments', DEPARTMENTS));
});
afterAll(() => desk.close());

const HEADER = '凭证日期,凭证字号,分录号,摘要,科目编码,科目名称,部门,借方金额,贷方金额';

/** An entry in the layout of GB/T 24589.1 (2010 edition, annex). */
const entry = (line: string, account: string, name: string, debit: string, credit: string) =>
  `<记账凭证><记账凭证日期>20230331</记账凭证日期><会计年度>2023</会计年度><会计期间号>3</会计期间号>` +
  `<记账凭证类型编号>记</记账凭证类型编号><记账凭证编号>9</记账凭证编号><记账凭证行号>${line}</记账凭证行号>` +
  `<记账凭证摘要>电费</记账凭证摘要><科目编号>${account}</科目编号><辅助项1编号>${name}</辅助项1编号>` +
  `<借方本币金额>${debit}</借方本币金额><贷方本币金额>${credit}</贷方本币金额><作废标志>0</作废标志></记账凭证>`;

describe('books of a ledger', () => {
  it('are their own evidence, wait whole, and become records and accounts once approved', async () => {
    const journal = lines(
      HEADER,
      '2023/03/31,记-300,1,坑木,5001010101,生产成本_材料_坑木支护,供应部,64000.00,',
      '2023/03/31,记-300,2,坑木,1002,银行存款,,,64000.00',
      '合计,,,,,,,64000.00,64000.00',
    );
    await desk.running.query(`UPDATE mines SET evidence_from_wan = 1`);
    const before = await desk.figures();
    const sent = await desk.send(desk.clerk, 'vouchers', journal, '序时账.csv');
    expect(sent).toMatchObject({
      ...{ status: 'accepted', controlTotals: { rows: 1, amount: '64000.00' } },
      approval: { steps: ['reviewer', 'finance'] },
    });
    const { body } = await desk.get(desk.finance, `/submissions/${sent.approval!.submissionId}`);
    // The bank's side is of no department: such a file is the whole mine's.
    expect(body).toMatchObject({ kinds: ['books', 'records'], departments: null });
    expect(await desk.figures()).toBe(before);
    const counts = await desk.approveAll(sent);
    expect(counts).toMatchObject({ approval: { state: 'posted' } });
    expect(await desk.figures()).toContain('64000.00');
    const receipt = (await desk.get(desk.finance, `/imports/${sent.id}/receipt`)).body;
    expect(receipt.comparisons.map(({ label }: { label: string }) => label)).toEqual(['合计/debit', '合计/credit']);
    expect(receipt.accounts).toHaveLength(2);
  });

  it('of GB/T 24589.1 bring nothing of the ledger’s own before they are approved', async () => {
    const xml =
      `<?xml version="1.0" encoding="UTF-8"?>\n<总账 xmlns="urn:x">` +
      `<会计科目><科目编号>50010102</科目编号><科目名称>电力</科目名称><科目级次>3</科目级次><科目类型>成本</科目类型>` +
      `<余额方向>借</余额方向></会计科目>` +
      `<科目辅助核算><科目编号>50010102</科目编号><辅助项编号>1</辅助项编号><辅助项名称>部门</辅助项名称></科目辅助核算>` +
      `${entry('1', '50010102', 'JD', '250.00', '0')}${entry('2', '1002', '', '0', '250.00')}</总账>`;
    const tables = () =>
      desk.running.query(`SELECT (SELECT count(*) FROM ledger_accounts) AS accounts,
        (SELECT count(*) FROM import_accounts i WHERE period = '2023-03' AND account = '50010102') AS lines`);
    const before = await tables();
    const sent = await desk.send(desk.clerk, 'vouchers', xml, '总账.xml');
    expect({ sent, codes: await desk.codes(desk.clerk, sent.id) }).toMatchObject({
      ...{ codes: [], sent: { status: 'accepted', approval: { state: 'submitted' } } },
    });
    expect(await tables()).toEqual(before);
    await desk.approveAll(sent);
    expect(await tables()).not.toEqual(before);
  });

  it('without records need finance, too', async () => {
    const balances = lines(
      ...['科目余额表,,,,,,,', '单位：矿,,期间：2023年03月,,,,,'],
      '科目编码,科目名称,期初借方,期初贷方,本期借方,本期贷方,期末借方,期末贷方',
      '5001010101,坑木,,,64000.00,,64000.00,',
    );
    const sent = await desk.send(desk.clerk, 'balances', balances);
    expect(sent.approval).toMatchObject({ state: 'submitted', steps: ['finance'] });
    await desk.approveAll(sent);
    expect((await desk.get(desk.finance, '/reconciliations/2023-03').expect(200)).text).toContain('64000.00');
  });
});

describe('a file of records from the threshold of evidence on', () => {
  it('is approved with its papers only', async () => {
    const { sent, paper } = await bigGain();
    expect(await desk.approve(desk.finance, sent)).toMatchObject({ code: 'evidence_missing' });
    await desk.running.http
      .post(`/api/v1/imports/${sent.id}/evidence`)
      .set(desk.clerk)
      .attach('file', paper, '文件.pdf')
      .expect(201);
    expect(await desk.approveAll(sent)).toMatchObject({ approval: { state: 'posted' } });
  });

  /** 12,000 yuan of gains; the threshold is 1 万元. */
  async function bigGain() {
    const header = 'id,period,department,category,project,kind,amount,recognition,status,voucher';
    const content = lines(header, 'BIG,2023-03,CM1,business,,gain,12000.00,realised,confirmed,');
    return { sent: await desk.send(desk.clerk, 'adjustments', content), paper: Buffer.from('%PDF-1.4\n%%EOF\n') };
  }
});

describe('one row over HTTP', () => {
  const ROW = { code: 'B-ONE', category: 'resource', item: '0104', nature: 'explicit', basis: 'budget' };

  it('changes nothing until finance approves it', async () => {
    const before = await desk.figures();
    const body = { ...ROW, department: 'CM1', unit_price: '100' };
    const sent = await desk.post(desk.clerk, '/baselines', body);
    expect([sent.status, sent.body]).toEqual([
      202,
      { importId: expect.any(String), submissionId: expect.any(String), status: 'submitted' },
    ]);
    expect(await desk.figures()).toBe(before);
    const shown = await desk.show(desk.clerk, sent.body.importId);
    const waiting = await desk.get(desk.finance, `/submissions/${sent.body.submissionId}`);
    expect(waiting.body).toMatchObject({ title: 'baselines B-ONE', kinds: ['baselines'], departments: ['CM1'] });
    expect(await desk.approveAll(shown)).toMatchObject({ approval: { state: 'posted' } });
    const { body: list } = await desk.get(desk.finance, '/baselines?limit=200');
    expect(list.data.map(({ code }: { code: string }) => code)).toContain('B-ONE');
    // The same again changes nothing, and holds at once.
    expect((await desk.post(desk.clerk, '/baselines', body)).status).toBe(201);
  });
});

describe('a mapping profile', () => {
  const RULE = { account: '5301', is: 'cost', item: '31' };
  const add = (rule: object) => desk.post(desk.finance, '/profiles/ledger/mappings', { accounts: [rule] });
  const inUse = async () => (await desk.get(desk.finance, '/profiles/ledger').expect(200)).body;

  it('is used once another person of finance approved it', async () => {
    const other = await desk.caller('finance');
    const saved = await add(RULE);
    expect([saved.status, saved.body.version, saved.body.inUse, saved.body.approval.state]).toEqual([
      200,
      1,
      false,
      'submitted',
    ]);
    expect(await inUse()).toMatchObject({ version: 0, inUse: true });
    // Said again it is the same; something else waits its turn.
    expect((await add(RULE)).body).toEqual(saved.body);
    expect((await add({ ...RULE, item: '30' })).body.code).toBe('profile_waits');
    const listed = (await desk.get(desk.finance, '/profiles')).body.data as {
      name: string;
      version: number;
      inUse: boolean;
    }[];
    expect(listed.filter(({ name }) => name === 'ledger').map(({ version, inUse: is }) => [version, is])).toEqual([
      [0, true],
      [1, false],
    ]);
    const path = `/submissions/${saved.body.approval.submissionId}/approve`;
    expect((await desk.post(desk.finance, path)).body.code).toBe('own_work');
    expect((await desk.post(other, path)).body.outcome).toBe('posted');
    expect(await inUse()).toMatchObject({ version: 1, inUse: true, approval: { state: 'posted' } });
  });

  it('that came back is followed by another version; the one in use stays in use', async () => {
    const other = await desk.caller('finance');
    const saved = await add({ account: '5302', is: 'cost', item: '31' });
    await desk
      .post(other, `/submissions/${saved.body.approval.submissionId}/return`, { reason: '科目不对' })
      .expect(200);
    expect(await inUse()).toMatchObject({ version: 1 });
    expect((await add({ account: '5303', is: 'cost', item: '31' })).body).toMatchObject({ version: 3, inUse: false });
  });

  it('of a format that another one got meanwhile is refused', async () => {
    const other = await desk.caller('finance');
    const [first, second] = [await own('own-1'), await own('own-2')];
    const approve = (saved: typeof first) =>
      desk.post(other, `/submissions/${saved.body.approval.submissionId}/approve`);
    expect((await approve(first)).body.outcome).toBe('posted');
    expect((await approve(second)).body).toMatchObject({ code: 'profile_refused', errors: [{ code: 'format_taken' }] });
    expect((await desk.get(desk.finance, '/profiles/own-2')).status).toBe(404);
  });

  const own = (name: string) =>
    desk.running.http
      .put(`/api/v1/profiles/${name}`)
      .set(desk.finance)
      .send({ title: name, formats: ['settlement'] });
});

describe('what was checked under one version of a profile', () => {
  it('is posted under it, though another one is in use by then', async () => {
    const other = await desk.caller('finance');
    const journal = lines(
      HEADER,
      '2023/03/30,记-400,1,通行费,5309,其他成本,采煤一区,70.00,',
      '2023/03/30,记-400,2,通行费,1002,银行存款,,,70.00',
    );
    const map = async (item: string) => {
      const body = { title: '中心', source: 'centre', accounts: [{ account: '5309', is: 'cost', item }, ...LEFT_OUT] };
      const saved = await desk.running.http.put('/api/v1/profiles/centre').set(desk.finance).send(body);
      await desk.post(other, `/submissions/${saved.body.approval.submissionId}/approve`).expect(200);
    };
    await map('31');
    const upload = await desk.upload(desk.clerk, 'vouchers', journal, '中心.csv').field('profile', 'centre');
    const sent = await desk.until(
      desk.clerk,
      upload.body.id,
      ({ status }) => status === 'accepted' || status === 'refused',
    );
    await map('30');
    expect(await desk.approveAll(sent)).toMatchObject({ approval: { state: 'posted' } });
    const { body } = await desk.get(desk.finance, `/records?import=${sent.id}&source=centre`);
    expect(body.data.map(({ item }: { item: string }) => item)).toEqual(['31']);
  });

  const LEFT_OUT = [{ account: '1002', is: 'left_out', reason: 'not_cost' }];
});
