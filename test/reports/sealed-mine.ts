/** A mine whose months are closed, its reports as the service gives them out, and what the service answers beside them. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Language, Place, ReportModel } from '../../analytics/report/model.js';
import { wholeMine, type Reach } from '../../src/modules/mines/index.js';
import { loadChecklist, requirePeriod, waiveCause } from '../../src/modules/periods/app/checklist.js';
import { closePeriod } from '../../src/modules/periods/app/close-period.js';
import { changeDeclarations } from '../../src/modules/periods/app/declare.js';
import { FORMATS } from '../../src/modules/reports/index.js';
import type { SynergyAnswer } from '../../src/modules/synergy/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Folder } from '../support/naive.js';
import { SynergyService } from '../support/synergy-service.js';
import { whole, type Made } from './make-report-mine.js';
import type { Answered } from './reckoned-again.js';
import { queryOf } from './said-as-answered.js';

type Format = (typeof FORMATS)[number];

export interface Documents {
  readonly made: Made;
  readonly model: ReportModel;
  readonly bytes: Readonly<Record<Format, Buffer>>;
}

/** As finance would: everything is declared, what is left is waived with a reason. */
export async function closeMonth(uow: UnitOfWork, reach: Reach, period: string, root: string): Promise<void> {
  await uow.run(reach, (tx) => changeDeclarations(tx, reach, period, { departments: [root], below: true }, 'declare'));
  const { causes } = await uow.run(reach, async (tx) =>
    loadChecklist(tx, reach, await requirePeriod(tx, reach.mine, period)),
  );
  for (const { code } of causes.filter(({ blocks }) => blocks)) {
    await uow.run(reach, (tx) => waiveCause(tx, reach, period, { code, reason: '已核实' }));
  }
  await uow.run(reach, (tx) => closePeriod(tx, reach, period));
}

export class SealedMine {
  private readonly withData = new Map<string, Promise<boolean>>();

  private constructor(
    readonly service: SynergyService,
    private readonly mine: string,
  ) {}

  static async open(mine: string, folders: readonly Folder[], months: readonly string[]): Promise<SealedMine> {
    const service = await SynergyService.start();
    for (const folder of folders) await service.take(mine, folder);
    const uow = service.running.app.get(UnitOfWork, { strict: false });
    for (const month of months) await closeMonth(uow, wholeMine(mine, 'finance1'), month, 'MINE');
    return new SealedMine(service, mine);
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  async put(path: string, body: object): Promise<void> {
    const answer = await this.service.running.http.put(`/api/v1${path}`).set('X-Mine', this.mine).send(body);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  }

  /** Makes the report, and fetches all its documents. */
  async report(period: string, language: Language): Promise<Documents> {
    const { http } = this.service.running;
    const { status, body } = await http.post('/api/v1/reports').set('X-Mine', this.mine).send({ period, language });
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'final' } });
    const made = body as Made;
    const bytes: Partial<Record<Format, Buffer>> = {};
    for (const format of FORMATS) {
      const path = `/api/v1/reports/${made.id}.${format}?language=${language}`;
      const answer = await http.get(path).set('X-Mine', this.mine).buffer(true).parse(whole).expect(200);
      bytes[format] = answer.body as Buffer;
    }
    const model = JSON.parse(bytes.json!.toString('utf8')) as ReportModel;
    return { made, model, bytes: bytes as Documents['bytes'] };
  }

  /** Of a place as reported, with its plan. */
  async answer(place: Place): Promise<Answered> {
    const { total, totalCompare } = await this.service.get<SynergyAnswer>(this.mine, {
      ...queryOf(place),
      compare: 'plan',
    });
    const planned = Object.entries(totalCompare?.plan ?? {}).flatMap(([measure, { then }]) =>
      then === null ? [] : [[measure, then]],
    );
    const plan = Object.fromEntries(planned) as Answered['plan'];
    return { total, plan, hasData: await this.hasData(place) };
  }

  private hasData({ periods }: Place): Promise<boolean> {
    const key = JSON.stringify(periods);
    const known = this.withData.get(key) ?? this.hasCells(periods);
    this.withData.set(key, known);
    return known;
  }

  private async hasCells(periods: Place['periods']): Promise<boolean> {
    const query = { ...queryOf({ periods }), by: 'period' };
    return (await this.service.get<SynergyAnswer>(this.mine, query)).rows.length > 0;
  }
}

const MONTHS_OF_2023 = Array.from({ length: 12 }, (_, at) => `2023-${String(at + 1).padStart(2, '0')}`);

/** Both years of docs/sample, the second one closed month by month. */
export async function openSample(): Promise<SealedMine> {
  const folders = await Promise.all(['2022', '2023'].map((year) => folderAt(join('docs/sample', year))));
  return SealedMine.open('sample', folders, MONTHS_OF_2023);
}

async function folderAt(path: string): Promise<Folder> {
  const names = await readdir(path);
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const));
  return Object.fromEntries(texts);
}
