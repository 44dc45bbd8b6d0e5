import type { HttpAppUnderTest } from './http-app.js';

export interface Finding {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** What `GET /api/v1/imports/:id` says, of what tests look at. */
export interface ImportAnswer {
  readonly id: string;
  readonly status: 'accepted' | 'refused';
}

/** Sends files to the service as a program would, and waits for what becomes of them. */
export class ImportClient {
  constructor(private readonly running: HttpAppUnderTest) {}

  async createMine(code: string): Promise<void> {
    await this.running.http.post('/api/v1/mines').send({ code, name: code }).expect(201);
  }

  send(mine: string, kind: string, content: Buffer | string, fileName = `${kind}.csv`) {
    return this.running.http
      .post('/api/v1/imports')
      .set('X-Mine', mine)
      .field('kind', kind)
      .attach('file', Buffer.from(content), fileName);
  }

  /** Sends a file and answers the finished import. */
  async take(mine: string, kind: string, content: Buffer | string, fileName?: string): Promise<ImportAnswer> {
    const sent = await this.send(mine, kind, content, fileName);
    if (sent.status !== 202) throw new Error(`refused at once: ${JSON.stringify(sent.body)}`);
    return this.finished(mine, sent.body.id);
  }

  async finished(mine: string, id: string): Promise<ImportAnswer> {
    for (;;) {
      const { body } = await this.running.http.get(`/api/v1/imports/${id}`).set('X-Mine', mine).expect(200);
      if (body.status === 'accepted' || body.status === 'refused') return body;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async findings(mine: string, id: string): Promise<Finding[]> {
    const found: Finding[] = [];
    let cursor = '';
    do {
      const { body } = await this.running.http
        .get(`/api/v1/imports/${id}/issues${cursor}`)
        .set('X-Mine', mine)
        .expect(200);
      found.push(...body.data);
      cursor = body.next === null ? '' : `?cursor=${body.next}`;
    } while (cursor !== '');
    return found;
  }
}
