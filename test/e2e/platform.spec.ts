import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp();
});
afterAll(() => service.stop());

describe('smoke', () => {
  it.each([
    ['GET', '/api/v1/mines'],
    ['GET', '/api/v1/nothing'],
    ['DELETE', '/api/v1/mines'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
    ['GET', '/metrics'],
    ['GET', '/api/openapi.json'],
    ['GET', '/api/docs'],
    ['GET', '/api/docs/'],
    ['GET', '/api/docs/swagger-ui.css'],
    ['GET', '/api/docs/swagger-ui-init.js'],
    ['GET', '/api/docs/nothing.js'],
    ['GET', '/%zz'],
    ['GET', '/api/v1/mines?x=%00'],
  ])('%s %s', async (method, path) => {
    const response = await fetch(service.url + path, { method });
    const text = await response.text();
    console.log(method, path, response.status, Object.fromEntries(response.headers), text.slice(0, 500));
  });
  it('posts', async () => {
    for (const body of ['{"code":"x","name":5,"more":1}', '{"code":"a b"}', '', 'null', '[]', '"x"', '{"code":"b","name":"B","x":{"y":1}}', '{"code":"chaili","name":"B"}','{"code":"b","name":""}']) {
      const response = await fetch(service.url + '/api/v1/mines', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      console.log(body, response.status, await response.text());
    }
  });
  it('logs', () => console.log(service.log.map((l) => JSON.stringify(l)).join('\n')));
});
