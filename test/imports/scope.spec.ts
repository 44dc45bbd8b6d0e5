import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADJUSTMENTS,
  BASELINES,
  DEPARTMENTS,
  Desk,
  RECORDS,
  gain,
  lines,
  priceBaseline,
  record,
  zipped,
  type Shown,
  type Who,
} from './desk.js';

let desk: Desk;
/** Clerks of one department each, and one of both. */
let ofCm1: Who;
let ofJd: Who;
let ofBoth: Who;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.approveAll(await desk.send(desk.clerk, 'departments', DEPARTMENTS));
  [ofCm1, ofJd, ofBoth] = await Promise.all([
    desk.caller('clerk', 'CM1'),
    desk.caller('clerk', 'JD'),
    desk.caller('clerk', 'CM1', 'JD'),
  ]);
});
afterAll(() => desk.close());

const BALANCES = lines(
  '科目余额表,,,,,,,',
  '单位：矿,,期间：2023年03月,,,,,',
  '科目编码,科目名称,期初借方,期初贷方,本期借方,本期贷方,期末借方,期末贷方',
  '5001,生产成本,,,1.00,,1.00,',
);
const RATES = 'item,unit,rate,valid_from,valid_to,basis';

describe('a clerk of one department', () => {
  const outside: readonly (readonly [string, string, string | Record<string, string>, readonly unknown[]])[] = [
    [
      'records of another',
      'records',
      lines(RECORDS, record('S1'), record('S2', 'JD'), record('S3', 'MINE')),
      [
        [3, 'department', 'department_outside_scope'],
        [4, 'department', 'department_outside_scope'],
      ],
    ],
    [
      'a gain of another',
      'adjustments',
      lines(ADJUSTMENTS, gain('SA', 'JD')),
      [[2, 'department', 'department_outside_scope']],
    ],
    [
      'a volume of another',
      'activities',
      lines('period,department,driver,actual,planned', '2023-03,JD,raw_coal_kt,1,1'),
      [[2, 'department', 'department_outside_scope']],
    ],
    [
      'a common price',
      'baselines',
      lines(BASELINES, priceBaseline('SB', '', '1')),
      [[2, 'department', 'whole_mine_only']],
    ],
    ['rates', 'rates', lines(RATES, 'IDLE_LABOUR,小时,35,2023-01-01,,x'), [[0, '', 'whole_mine_only']]],
    ['items', 'items', lines('code,name,nature', '0190,其他,explicit'), [[0, '', 'whole_mine_only']]],
    [
      'projects',
      'projects',
      lines('code,name,category,lead,approved_on,closed_on', 'SP,大修,industry,CM1,,'),
      [[0, '', 'whole_mine_only']],
    ],
    ['departments', 'departments', lines('code,name,parent', 'CM1,采煤一区,GY'), [[0, '', 'whole_mine_only']]],
    ['the method', 'folder', { 'method.json': '{"priceReduction": "beside"}' }, [[0, '', 'whole_mine_only']]],
    ['the balances of the mine', 'balances', BALANCES, [[0, '', 'whole_mine_only']]],
  ];
  it.each(outside)('hands in no %s', async (_, kind, content, expected) => {
    const before = await desk.figures();
    const sent = await desk.send(
      ofCm1,
      kind,
      typeof content === 'string' ? content : zipped(content),
      kind === 'folder' ? 'folder.zip' : undefined,
    );
    expect({ ...sent, codes: await desk.codes(ofCm1, sent.id) }).toMatchObject({
      ...{ status: 'refused', approval: null, codes: expected },
    });
    expect(await desk.figures()).toBe(before);
  });

  it('hands in rows of its own, which its reviewer and finance approve', async () => {
    const reviewer = await desk.caller('reviewer', 'CM1');
    const sent = await desk.send(ofCm1, 'records', lines(RECORDS, record('OWN-1')));
    const ofOther = await desk.caller('reviewer', 'JD');
    expect(await desk.approve(ofOther, sent)).toMatchObject({ code: 'unknown_submission' });
    expect(await desk.approve(reviewer, sent)).toMatchObject({ outcome: 'reviewed' });
    expect(await desk.approve(desk.finance, sent)).toMatchObject({ outcome: 'posting' });
    expect(await desk.until(ofCm1, sent.id, ({ approval }) => approval?.state === 'posted')).toMatchObject({
      status: 'accepted',
    });
  });

  it('does not move a row of another department to its own by using its code', async () => {
    await desk.approveAll(await desk.send(desk.clerk, 'adjustments', lines(ADJUSTMENTS, gain('KEY-1', 'JD'))));
    const sent = await desk.send(ofCm1, 'adjustments', lines(ADJUSTMENTS, gain('KEY-1', 'CM1', '1.00')));
    expect(sent.status).toBe('refused');
    expect(await desk.codes(ofCm1, sent.id)).toEqual([[2, '', 'key_of_other_department']]);
  });

  it('posts single rows of its own department alone', async () => {
    const volume = { period: '2023-03', driver: 'raw_coal_kt', actual: '5' };
    const { status, body } = await desk.post(ofCm1, '/activities', { ...volume, department: 'JD' });
    expect([status, body.code, body.errors[0].code]).toEqual([422, 'row_refused', 'department_outside_scope']);
    expect((await desk.post(ofCm1, '/rates', { item: 'IDLE_LABOUR', rate: '1' })).body.errors[0].code).toBe(
      'whole_mine_only',
    );
    expect((await desk.post(ofCm1, '/activities', { ...volume, department: 'CM1' })).status).toBe(202);
  });

  it('sees in a preview what would be outside', async () => {
    const { body } = await desk.running.http
      .post('/api/v1/imports/preview')
      .set(ofCm1)
      .field('kind', 'records')
      .attach('file', Buffer.from(lines(RECORDS, record('P1', 'JD'))), 'records.csv')
      .expect(200);
    expect(body.findings).toMatchObject([{ row: 2, column: 'department', code: 'department_outside_scope' }]);
  });
});

describe('an import of another department', () => {
  const content = lines(RECORDS, record('SEEN-1'));
  let accepted: Shown;
  let refused: Shown;
  beforeAll(async () => {
    accepted = await desk.send(ofCm1, 'records', content, '采煤一区.csv');
    await desk.approveAll(accepted);
    refused = await desk.send(ofCm1, 'records', lines(RECORDS, record('SEEN-2', 'CM1', 'x')), '坏.csv');
  });

  it.each(['', '/issues', '/receipt', '/receipt.html', '/workbook', '/files/%E5%9D%8F.csv', '/comparison'])(
    'is unknown at %s, as one that does not exist is',
    async (path) => {
      for (const { id } of [accepted, refused]) {
        const hidden = await desk.get(ofJd, `/imports/${id}${path}`);
        const missing = await desk.get(ofJd, `/imports/999999${path}`);
        expect([hidden.status, hidden.body.code]).toEqual([404, 'unknown_import']);
        expect(missing.body.code).toBe('unknown_import');
      }
    },
  );

  it('is in no list but those of whoever reaches all of its departments', async () => {
    const listed = async (who: Who) =>
      (await desk.get(who, '/imports?limit=200').expect(200)).body.data.map(({ id }: Shown) => id) as string[];
    for (const { id } of [accepted, refused]) {
      expect(await listed(ofJd)).not.toContain(id);
      for (const who of [ofCm1, ofBoth, desk.finance]) expect(await listed(who)).toContain(id);
    }
  });

  it('is seen whole by whoever may', async () => {
    for (const who of [ofCm1, ofBoth, desk.finance]) {
      expect((await desk.get(who, `/imports/${accepted.id}/receipt`)).status).toBe(200);
      expect((await desk.get(who, `/imports/${refused.id}/workbook`)).status).toBe(200);
      const { body } = await desk.get(who, `/imports/${accepted.id}/files/${encodeURIComponent('采煤一区.csv')}`);
      expect((body as Buffer).toString()).toBe(content);
    }
  });

  it('with rows of two departments is seen by nobody of one of them, but its maker', async () => {
    const sent = await desk.send(ofBoth, 'records', lines(RECORDS, record('TWO-1'), record('TWO-2', 'JD')));
    for (const who of [ofCm1, ofJd]) expect((await desk.get(who, `/imports/${sent.id}`)).status).toBe(404);
    for (const who of [ofBoth, desk.finance]) expect((await desk.get(who, `/imports/${sent.id}`)).status).toBe(200);
  });

  it('keeps its number when its content is sent by others, and its file’s name when its ids are', async () => {
    const same = await desk.upload(ofJd, 'records', content);
    expect([same.status, same.body.code]).toEqual([409, 'same_content_elsewhere']);
    expect(JSON.stringify(same.body)).not.toContain(`"${accepted.id}"`);
    const taken = await desk.send(ofJd, 'records', lines(RECORDS, record('SEEN-1', 'JD')));
    const [finding] = await desk.findings(ofJd, taken.id);
    expect(finding).toMatchObject({ row: 2, code: 'duplicate_record' });
    expect(finding!.message).toContain(`导入 ${accepted.id}`);
    expect(finding!.message).not.toContain('采煤一区.csv');
    const own = await desk.send(ofCm1, 'records', lines(RECORDS, record('SEEN-1'), record('NEW-1')));
    expect((await desk.findings(ofCm1, own.id))[0]!.message).toContain('采煤一区.csv');
  });

  it('is superseded by nobody else', async () => {
    const supersede = (who: Who) =>
      desk.upload(who, 'records', lines(RECORDS, record('SEEN-1', 'CM1', '9'))).field('supersedes', accepted.id);
    const other = await supersede(ofJd);
    expect([other.status, other.body.code]).toEqual([422, 'not_to_be_superseded']);
    expect((await supersede(ofCm1)).status).toBe(202);
  });
});
