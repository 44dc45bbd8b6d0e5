/** The process that reports are made in: one work after the other, and none that takes the service with it. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Apart } from '../../src/modules/reports/apart/apart.js';
import type { RenderJob } from '../../src/modules/reports/render/render-documents.js';
import { runFolder } from '../support/database.js';

let apart: Apart;
let log: string;
let taken: string[];

const write = (id: string, model = '{}'): Promise<void> => {
  const job: RenderJob = {
    ...{ id, modelBytes: Buffer.from(model), sha256: '', language: 'zh', baseUrl: log, template: null },
    formats: ['json', 'json'],
  };
  return apart.do({ render: job }, async ({ bytes }) => {
    await sleep(5);
    taken.push(Buffer.from(bytes).toString());
  });
};
const statuses = async (all: readonly Promise<void>[]) => (await Promise.allSettled(all)).map(({ status }) => status);

beforeEach(async () => {
  log = join(await mkdtemp(join(runFolder(), 'apart-')), 'log');
  taken = [];
});
afterEach(() => apart.onApplicationShutdown());

describe('in a process of its own', () => {
  beforeEach(() => {
    process.env['DATABASE_URL'] = 'postgres://secret';
    apart = new Apart(pathToFileURL(join(process.cwd(), 'test/reports/apart-program.mjs')));
  });
  afterEach(() => void delete process.env['DATABASE_URL']);
  const processes = async () => (await readFile(log, 'utf8')).trim().split('\n');

  it('one work after the other, without the secrets of the service', async () => {
    await Promise.all([write('1'), write('2')]);
    expect(taken).toEqual(['1 one', '1 two', '2 one', '2 two']);
    const [one, other] = await processes();
    expect(one).toMatch(/^\d+ false$/);
    expect(other).toBe(one);
    expect(one).not.toBe(`${process.pid} false`);
  });

  it('goes on after one that fails, and in a new process after one that ended', async () => {
    const all = [write('fails'), write('ends'), write('3')];
    await expect(all[0]).rejects.toThrow('a bug');
    await expect(all[1]).rejects.toMatchObject({ trouble: 'unavailable', code: 'report_not_written' });
    await all[2];
    expect(taken).toEqual(['3 one', '3 two']);
    const [failing, ending, last] = await processes();
    expect(ending).toBe(failing);
    expect(last).not.toBe(ending);
  });
});

it('run from its source: here, and goes on after one that fails', async () => {
  apart = new Apart();
  expect(await statuses([write('1'), write('2', 'no JSON'), write('3', '{ }')])).toEqual([
    ...['fulfilled', 'rejected', 'fulfilled'],
  ]);
  expect(taken).toEqual(['{}', '{}', '{ }', '{ }']);
});
