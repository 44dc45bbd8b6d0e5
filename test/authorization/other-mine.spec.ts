import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Mines } from '../../src/modules/mines/index.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { MINE, OTHER_MINE } from './places.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  await service.app.get(Mines).ensure({ code: OTHER_MINE, name: '柳湾矿' });
});
afterAll(() => service.stop());

it('a key is good in its own mine: naming another is as if there were none of that name', async () => {
  const key = await service.callerWith(['finance', 'admin'], [''], OTHER_MINE);
  const ask = async (path: string, mine: string) => {
    const { status, body } = await service.http.get(`/api/v1${path}`).set(key).set('X-Mine', mine);
    return [status, body.code ?? body.mine ?? 'shown'];
  };
  expect(await ask('/me', OTHER_MINE)).toEqual([200, OTHER_MINE]);
  expect(await ask('/me', '')).toEqual([200, OTHER_MINE]);
  for (const path of ['/me', '/records', '/synergy', '/users', '/imports/1']) {
    expect([path, await ask(path, MINE)]).toEqual([path, [404, 'unknown_mine']]);
    expect([path, await ask(path, 'nowhere')]).toEqual([path, [404, 'unknown_mine']]);
  }
});
