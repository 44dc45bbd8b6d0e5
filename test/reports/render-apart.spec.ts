import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { renderApart } from '../../src/modules/reports/render/render-apart.js';

it('writes one report after the other, and goes on after one that fails', async () => {
  const taken: string[] = [];
  const write = (id: string, model = '{}') =>
    renderApart(
      {
        ...{ id, modelBytes: Buffer.from(model), sha256: '', language: 'zh', baseUrl: '', template: null },
        formats: ['json', 'json'],
      },
      async ({ bytes }) => {
        await sleep(5);
        taken.push(id + Buffer.from(bytes).toString());
      },
    );
  const outcomes = await Promise.allSettled([write('1'), write('2', 'no JSON'), write('3')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(taken).toEqual(['1{}', '1{}', '3{}', '3{}']);
});
