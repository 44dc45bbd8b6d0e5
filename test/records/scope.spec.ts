import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk, purchase } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  const { clerk, reviewer } = desk.people;
  await desk.post(clerk, '', purchase('S-draft')).expect(201);
  await desk.handIn(clerk, purchase('S-submitted'));
  await desk.takeThrough(clerk, reviewer, purchase('S-posted'));
});
afterAll(() => desk.leave());

const STEPS: readonly (readonly [step: string, who: 'clerk2' | 'reviewer2', body: object])[] = [
  ['submit', 'clerk2', {}],
  ['withdraw', 'clerk2', {}],
  ['reverse', 'clerk2', { reason: '错' }],
  ['approve', 'reviewer2', {}],
  ['return', 'reviewer2', { reason: '错' }],
];
const IDS = ['S-draft', 'S-submitted', 'S-posted'];

describe('the records of another department', () => {
  it.each(STEPS)('are as unknown to %s as those that do not exist', async (step, who, body) => {
    const held = () => desk.running.query('SELECT * FROM records ORDER BY id, reversed_by');
    const before = await held();
    for (const id of IDS) {
      const { body: refused } = await desk.post(desk.people[who], `/${id}/${step}`, body).expect(404);
      const { body: missing } = await desk.post(desk.people[who], `/nowhere/${step}`, body).expect(404);
      expect({ ...refused, requestId: '' }).toEqual({
        ...missing,
        requestId: '',
        detail: (missing as { detail: string }).detail.replace('nowhere', id),
      });
    }
    const { body: many } = await desk.post(desk.people[who], `/${step}`, { ids: IDS, ...body }).expect(200);
    expect(many.data.map(({ code }: { code: string }) => code)).toEqual(IDS.map(() => 'unknown_record'));
    expect(await held()).toEqual(before);
  });

  it('are neither listed, shown, rewritten nor taken over', async () => {
    const { clerk2, clerk } = desk.people;
    for (const status of ['draft', 'submitted', 'reviewed', 'posted', 'withdrawn']) {
      expect((await desk.get(clerk2, `?status=${status}`).expect(200)).body).toEqual({ data: [], next: null });
    }
    for (const id of IDS) await desk.get(clerk2, `/${id}`).expect(404);
    await desk.put(clerk2, '/S-draft', { ...purchase('S-draft'), department: 'CM2' }).expect(404);
    const { body } = await desk.post(clerk2, '', { ...purchase('S-draft'), department: 'CM2' }).expect(422);
    // The id is taken; by which file, they may not see.
    expect(body.errors).toEqual([
      { row: 1, column: 'id', code: 'duplicate_record', message: expect.not.stringContaining('records.json') },
    ]);
    const { body: own } = await desk.post(clerk, '', purchase('S-draft')).expect(422);
    expect(own.errors[0].message).toContain('records.json');
  });

  it('are entered by nobody else, whatever else is right with them', async () => {
    const { clerk, clerk2 } = desk.people;
    const { body } = await desk.post(clerk, '', { ...purchase('S-2'), department: 'CM2' }).expect(422);
    expect(body.errors).toMatchObject([{ column: 'department', code: 'department_outside_scope' }]);
    const { body: unknown } = await desk.post(clerk, '', { ...purchase('S-2'), department: 'CM9' }).expect(422);
    expect(unknown.errors).toMatchObject([{ column: 'department', code: 'unknown_department' }]);
    await desk.post(clerk2, '', { ...purchase('S-3'), department: 'CM2' }).expect(201);
    await desk.put(clerk2, '/S-3', purchase('S-3')).expect(422);
    const { body: kept } = await desk.get(clerk2, '/S-3').expect(200);
    expect(kept).toMatchObject({ department: 'CM2', status: 'draft' });
  });
});

describe('the list', () => {
  it('tells one’s own from those of colleagues, by status', async () => {
    const { clerk, colleague } = desk.people;
    await desk.post(colleague, '', purchase('S-4')).expect(201);
    const ids = async (who: typeof clerk, query: string) =>
      (await desk.get(who, query).expect(200)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids(clerk, '?status=draft')).toEqual(['S-4', 'S-draft']);
    expect(await ids(clerk, '?status=draft&maker=me')).toEqual(['S-draft']);
    expect(await ids(colleague, '?status=draft&maker=me')).toEqual(['S-4']);
    expect(await ids(colleague, '?maker=me')).toEqual([]);
    expect(await ids(clerk, '')).toEqual(['S-posted']);
    await desk.get(clerk, '?maker=somebody').expect(400);
  });
});

describe('who holds no right of a step', () => {
  it.each([
    ['reviewer', ''],
    ['reviewer', '/S-draft/submit'],
    ['reviewer', '/S-posted/reverse'],
    ['clerk', '/S-submitted/approve'],
    ['clerk', '/S-submitted/return'],
    ['clerk', '/approve'],
  ] as const)('%s is refused at POST /records%s', async (who, path) => {
    const body = { ...purchase('S-9'), reason: '错', ids: ['S-draft'] };
    const { reason, ids, ...record } = body;
    const sent = path === '' ? record : path === '/approve' ? { ids } : path.endsWith('submit') ? {} : { reason };
    expect((await desk.post(desk.people[who], path, sent).expect(403)).body).toMatchObject({ code: 'forbidden' });
  });
});
