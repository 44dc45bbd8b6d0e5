import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEPARTMENTS, Desk, RECORDS, lines, record, type Who } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.approveAll(await desk.send(desk.clerk, 'departments', DEPARTMENTS));
});
afterAll(() => desk.close());

/** What somebody hears until it is closed. */
class Ear {
  private text = '';
  isEnded = false;

  private constructor(private readonly abort: AbortController) {}

  static async open(who: Who): Promise<Ear> {
    const abort = new AbortController();
    const { status, body } = await fetch(`${desk.running.url}/api/v1/events`, { headers: who, signal: abort.signal });
    expect(status).toBe(200);
    const ear = new Ear(abort);
    void ear.listen(body as unknown as AsyncIterable<Uint8Array>);
    return ear;
  }

  private async listen(body: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of body) this.text += new TextDecoder().decode(chunk);
    } catch {
      // Closed from this side.
    }
    this.isEnded = true;
  }

  get heard(): (readonly [name: string, data: Readonly<Record<string, unknown>>])[] {
    return [...this.text.matchAll(/event: (\S+)\ndata: (.*)\n\n/g)].map(([, name, data]) => [name!, JSON.parse(data!)]);
  }

  async until(isGood: () => boolean): Promise<void> {
    for (const begun = performance.now(); !isGood() && performance.now() - begun < 15_000;) await sleep(10);
  }

  close(): void {
    this.abort.abort();
  }
}

describe('GET /api/v1/events', () => {
  it('tells of imports to those who may see them, and others only that figures are new', async () => {
    const [ofCm1, ofJd] = [await desk.caller('clerk', 'CM1'), await desk.caller('clerk', 'JD')];
    const [own, other, all] = [await Ear.open(ofCm1), await Ear.open(ofJd), await Ear.open(desk.finance)];
    const { id: importId } = await desk.approveAll(await desk.send(ofCm1, 'records', lines(RECORDS, record('E1'))));
    const hasFigures = (ear: Ear) => () => ear.heard.some(([name]) => name === 'figures');
    for (const ear of [own, other, all]) await ear.until(hasFigures(ear));

    for (const ear of [own, all]) {
      const ends = ear.heard.filter(([name, data]) => name !== 'progress' && data.importId === importId);
      // Checked it waits; approved it is posted, and figures are new.
      expect(ends.map(([name, { status }]) => [name, status])).toEqual([
        ['waiting', 'accepted'],
        ['accepted', 'accepted'],
        ['figures', undefined],
      ]);
    }
    expect(other.heard).toEqual([['figures', { dataVersion: expect.any(String) }]]);
    for (const ear of [own, other, all]) ear.close();
  });

  it('tells the maker that it came back', async () => {
    const maker = await desk.caller('clerk', 'CM1');
    const sent = await desk.send(maker, 'records', lines(RECORDS, record('E2')));
    const ear = await Ear.open(maker);
    await desk
      .post(desk.reviewer, `/submissions/${sent.approval!.submissionId}/return`, { reason: '重填' })
      .expect(200);
    await ear.until(() => ear.heard.length > 0);
    expect(ear.heard).toMatchObject([['refused', { importId: sent.id, status: 'refused', reason: 'returned' }]]);
    ear.close();
  });

  it('ends for whoever lost the right, before anything more is told', async () => {
    const lost = await desk.caller('clerk');
    const narrowed = await desk.caller('clerk');
    const [gone, less] = [await Ear.open(lost), await Ear.open(narrowed)];
    const idOf = (who: Who) => who['X-Api-Key'].split('.')[2];
    await desk.running.query('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [idOf(lost)]);
    await desk.running.query(`UPDATE grants SET department = 'JD' WHERE principal = $1`, [`key:${idOf(narrowed)}`]);
    await desk.approveAll(await desk.send(desk.clerk, 'records', lines(RECORDS, record('E3'))));
    await gone.until(() => gone.isEnded);
    await less.until(() => less.heard.length > 0);
    expect(gone.heard).toEqual([]);
    expect(gone.isEnded).toBe(true);
    expect(less.heard.map(([name, data]) => [name, data.importId])).toEqual([['figures', undefined]]);
    less.close();
  });
});
