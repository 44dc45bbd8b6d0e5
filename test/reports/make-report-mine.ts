/** The small mine of test/periods/two-months.ts as a running service, and its reports asked for over HTTP. */
import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import type { ReportModel } from '../../analytics/report/model.js';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import { csvOf, type Fields } from '../db/kept-books.js';
import { FEBRUARY, GAIN, JANUARY, NORM, PRICE, PROJECT, RATE, RECORDS, TARGET, VOLUME } from '../periods/two-months.js';
import { startHttpApp, type HttpAppSettings, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';

export type Who = Readonly<Record<string, string>>;

export interface Made {
  readonly id: string;
  readonly period: string;
  readonly state: string;
  readonly version: number;
  readonly sha256: string;
}

export const MINE = FIRST_MINE.code;
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export class ReportedMine {
  private constructor(
    readonly running: HttpAppUnderTest,
    readonly finance: Who,
    private readonly checker: Who,
    private readonly files: ImportClient,
  ) {}

  static async open(settings: HttpAppSettings = {}): Promise<ReportedMine> {
    const running = await startHttpApp(settings);
    const [finance, checker] = [await running.callerWith('finance'), await running.callerWith('finance')];
    const mine = new ReportedMine(running, finance, checker, new ImportClient(running));
    await mine.takeAll();
    return mine;
  }

  private async takeAll(): Promise<void> {
    const both = (of: (month: string) => Fields) => [of(JANUARY), of(FEBRUARY)];
    const departments = [
      { code: 'KS', name: '矿' },
      { code: 'CM1', name: '采煤一区', parent: 'KS' },
      { code: 'JD', name: '机电', parent: 'KS' },
    ];
    await this.take('departments', ...departments);
    await this.take('projects', ...both(PROJECT));
    await this.take('rates', ...both(RATE));
    await this.take('baselines', ...both(PRICE), ...both(NORM));
    await this.take('activities', ...both(VOLUME));
    await this.take('adjustments', ...both(GAIN));
    await this.take('targets', ...both(TARGET));
    for (const month of [JANUARY, FEBRUARY]) await this.take('records', ...RECORDS(month));
  }

  async take(kind: Kind, ...rows: Fields[]): Promise<void> {
    expect((await this.files.take(MINE, kind, csvOf(kind, rows))).status).toBe('accepted');
  }

  get(path: string, who: Who = this.finance) {
    return this.running.http.get(`/api/v1${path}`).set(who).set('Accept-Language', 'en');
  }

  post(path: string, body: object = {}, who: Who = this.finance) {
    return this.running.http.post(`/api/v1${path}`).set(who).set('Accept-Language', 'en').send(body);
  }

  put(path: string, body: object, who: Who = this.finance) {
    return this.running.http.put(`/api/v1${path}`).set(who).set('Accept-Language', 'en').send(body);
  }

  async close(month: string): Promise<void> {
    await this.post(`/periods/${month}/declarations`, { departments: ['CM1', 'JD'] }).expect(200);
    await this.post(`/periods/${month}/close`).expect(200);
  }

  async reopen(month: string): Promise<void> {
    const { body } = await this.post(`/periods/${month}/reopen`, { reason: '漏报入库单' }).expect(202);
    await this.post(`/submissions/${body.submissionId}/approve`, {}, this.checker).expect(200);
  }

  async make(period: string, more: object = {}): Promise<Made> {
    const { status, body } = await this.post('/reports', { period, ...more });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body as Made;
  }

  /** The bytes of a document. */
  async document(id: string, format: string, query = ''): Promise<Buffer> {
    const { body } = await this.get(`/reports/${id}.${format}${query}`).buffer(true).parse(whole).expect(200);
    return body as Buffer;
  }

  async model(id: string): Promise<ReportModel> {
    return JSON.parse((await this.document(id, 'json')).toString('utf8')) as ReportModel;
  }
}

/** Supertest reads what it knows the type of; here bytes are bytes. */
export function whole(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
