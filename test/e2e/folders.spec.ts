import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dimension } from '../../analytics/synergy/roll-up.js';
import { computeFolder } from '../../src/modules/offline/compute-folder.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';
import { naive, type Folder } from '../support/naive.js';
import { randomFolder, splitFolder } from '../support/random-folder.js';
import { zipOf } from '../support/zip.js';

/** Random folders through HTTP, through `compute` and through the oracle are equal. FOLDERS=1000 widens the run. */
const FOLDERS = Number(process.env.FOLDERS ?? 3);
const SEEDS = Array.from({ length: FOLDERS }, (_, i) => 20_000 + i);
const BY: readonly Dimension[] = ['department', 'period', 'category', 'item', 'nature', 'project'];

let running: HttpAppUnderTest;
let client: ImportClient;
beforeAll(async () => {
  running = await startHttpApp();
  client = new ImportClient(running);
});
afterAll(() => running.stop());

const bytesOf = (folder: Folder) => new Map(Object.entries(folder).map(([name, text]) => [name, Buffer.from(text)]));

/** What `compute` says, of the service's answer. */
async function asked(mine: string): Promise<unknown> {
  const { body } = await running.http
    .get(`/api/v1/synergy?by=${BY.join(',')}`)
    .set('X-Mine', mine)
    .expect(200);
  const rows = body.rows.map((row: Record<string, unknown>) =>
    Object.fromEntries([...BY, 'measures'].map((name) => [name, row[name]])),
  );
  return { method: body.method, by: body.by, rows, total: body.total, issues: body.issues };
}

describe.each(SEEDS)('random folder %i', (seed) => {
  const folder = randomFolder(seed);
  const expected = JSON.parse(JSON.stringify(naive(folder, BY)));

  it('as one zip', async () => {
    const mine = `zip-${seed}`;
    await client.createMine(mine);
    const zip = zipOf([...bytesOf(folder)].map(([name, content]) => ({ name: `月报/${name}`, content })));
    expect(await client.take(mine, 'folder', zip, '月报.zip')).toMatchObject({ status: 'accepted' });
    expect(await asked(mine)).toEqual(expected);
    expect(computeFolder(bytesOf(folder), BY)).toMatchObject({ answer: expected });
  });

  it('split over files, in another order', async () => {
    const mine = `split-${seed}`;
    await client.createMine(mine);
    for (const step of splitFolder(folder, seed)) {
      const [kind, content] =
        step.kind === 'method'
          ? ['folder', zipOf([{ name: 'method.json', content: Buffer.from(step.json) }])]
          : [step.kind, step.csv];
      const taken = await client.take(mine, kind, content);
      if (taken.status !== 'accepted') throw new Error(JSON.stringify(await client.findings(mine, taken.id)));
    }
    expect(await asked(mine)).toEqual(expected);
  });
});
