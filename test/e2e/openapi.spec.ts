import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { describeHttpApp } from '../../src/http-app.js';

const COMMITTED = 'docs/openapi.json';
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

describe('the description of the interface', () => {
  it(`is the one in ${COMMITTED}: after a change, build and run npm run openapi`, async () => {
    // Through text: the document holds undefined where JSON holds nothing.
    const described = JSON.parse(JSON.stringify(await describeHttpApp()));
    expect(described).toEqual(JSON.parse(await readFile(COMMITTED, 'utf8')));
  });

  it('names every operation once, and gives each a problem for what can go wrong', async () => {
    const { paths } = await describeHttpApp();
    const operations = Object.values(paths).flatMap((item) => METHODS.flatMap((method) => item[method] ?? []));
    const names = operations.map(({ operationId }) => operationId);
    expect(names).toEqual([...new Set(names)]);
    for (const { operationId, responses } of operations) {
      const failures = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      expect([operationId, failures.map(([status]) => status)]).toEqual([
        operationId,
        expect.arrayContaining(['500', '503']),
      ]);
      for (const [status, response] of failures) {
        const schema = (response as { content?: Record<string, unknown> }).content?.['application/problem+json'];
        // Readiness says besides which part is not.
        const name = operationId === 'readyHealth' && status === '503' ? 'NotReadyDto' : 'Problem';
        expect([operationId, status, schema]).toEqual([
          ...[operationId, status],
          { schema: { $ref: `#/components/schemas/${name}` } },
        ]);
      }
    }
  });
});
