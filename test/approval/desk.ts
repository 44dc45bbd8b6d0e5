import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { reachOf, type CallerHere, type HeldRole, type Role } from '../../src/modules/access/index.js';
import { Approvals } from '../../src/modules/approval/app/approvals.js';
import { DEFAULT_PATH, type PathStep, type StepRole } from '../../src/modules/approval/app/path.js';
import {
  SUBJECTS,
  type NewSubmission,
  type Refusal,
  type Subject,
  type SubjectKind,
  type Submission,
} from '../../src/modules/approval/app/subject.js';
import { replacePath } from '../../src/modules/approval/db/path-queries.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { someDepartments, wholeMine } from '../../src/modules/mines/index.js';
import { UnitOfWork, type Tx } from '../../src/platform/database/unit-of-work.js';
import { freshDatabase, ownerPool, type TestDatabase } from '../support/database.js';

/** A module's part, as small as it can be: what is approved lies in a drawer, and what happened to it is written down. */
export class Drawer implements Subject {
  /** `to key, key`, in order. */
  readonly told: string[] = [];
  /** Keys that cannot be posted. */
  readonly stuck = new Set<string>();

  constructor(
    readonly kind: SubjectKind,
    private readonly done: 'posted' | 'posting',
  ) {}

  follow(_: Tx, __: string, submissions: readonly Submission[], to: string): Promise<void> {
    this.told.push(`${to} ${keysOf(submissions)}`);
    return Promise.resolve();
  }

  post(_: Tx, __: string, submissions: readonly Submission[], actor: string) {
    this.told.push(`post ${keysOf(submissions)} by ${actor}`);
    const refused: Refusal[] = submissions
      .filter(({ key }) => this.stuck.has(key))
      .map(({ id, key }) => ({ id, code: 'row_refused', params: { id: key } }));
    return Promise.resolve({ done: this.done, refused });
  }
}

const keysOf = (submissions: readonly Submission[]) =>
  submissions
    .map(({ key }) => key)
    .sort()
    .join(', ');

/** The engine on a database of its own, connected as the role that serves requests. Close it at the end. */
export class ApprovalDesk {
  readonly uow: UnitOfWork;
  readonly approvals: Approvals;
  readonly drawers = Object.fromEntries(
    SUBJECTS.map((kind) => [kind, new Drawer(kind, kind === 'import' ? 'posting' : 'posted')]),
  ) as Readonly<Record<SubjectKind, Drawer>>;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    readonly owner: pg.Pool,
  ) {
    this.uow = new UnitOfWork(dataSource);
    this.approvals = new Approvals(this.uow);
    for (const kind of SUBJECTS) this.approvals.register(this.drawers[kind]);
  }

  static async open(poolSize = 4): Promise<ApprovalDesk> {
    const database = await freshDatabase();
    const dataSource = await new DataSource(dataSourceOptions(database.appUrl, poolSize)).initialize();
    return new ApprovalDesk(database, dataSource, ownerPool(database));
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.owner.end();
    await this.database.drop();
  }

  /** A new mine with this path. */
  async newMine(path: readonly PathStep[] = DEFAULT_PATH): Promise<string> {
    const code = `m-${randomUUID().slice(0, 8)}`;
    await new Mines(this.uow, this.dataSource).ensure({ code, name: '柴里煤矿' });
    await this.uow.run(wholeMine(code), (tx) => replacePath(tx, code, path));
    return code;
  }

  /** Hands one thing in, as its maker, who reaches its departments. */
  async submit(mine: string, one: Partial<NewSubmission> = {}): Promise<Submission> {
    const submission = newSubmission(one);
    const { maker, departments } = submission;
    const sight = departments === null ? wholeMine(mine, maker) : someDepartments(mine, departments, maker);
    const [submitted] = await this.uow.run(sight, (tx) => this.approvals.submit(tx, mine, [submission]));
    return submitted!;
  }

  /** Approves one: what became of it, or the code of what stands against it. */
  async approve(by: CallerHere, { id }: { readonly id: string }, options?: { step?: number }): Promise<string> {
    const [decided] = await this.approvals.approve(by, [id], options);
    return decided!.refusal?.code ?? decided!.outcome;
  }

  async return(by: CallerHere, { id }: { readonly id: string }, reason = '金额不符'): Promise<string> {
    const [decided] = await this.approvals.return(by, [id], { reason });
    return decided!.refusal?.code ?? decided!.outcome;
  }

  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.owner.query<Row>(sql, [...parameters])).rows;
  }
}

/** A record of department D1 by the clerk `li`, unless told otherwise. */
export const newSubmission = (one: Partial<NewSubmission> = {}): NewSubmission => ({
  ...{ subject: 'record', key: randomUUID(), title: '单据', kinds: ['records'], maker: 'li' },
  ...{ departments: ['D1'], periods: ['2023-01'], amountYuan: '100.00', ...one },
});

type Held = Role | readonly [role: Role, departments: readonly string[] | null, onBehalfOf?: string];

/** Somebody who asks; a bare role is over the whole mine. */
export function callerOf(mine: string, actor: string, ...held: readonly Held[]): CallerHere {
  const roles = held.map((each): HeldRole => {
    const [role, departments, onBehalfOf = null] = typeof each === 'string' ? ([each, null] as const) : each;
    return { role, departments, onBehalfOf };
  });
  const facts = { mine, actor, kind: 'person', displayName: actor, session: null, mustChangePassword: false } as const;
  const now = { code: mine, dataVersion: '0', accessVersion: '0' };
  const caller = { ...facts, roles, now };
  return { ...caller, reach: reachOf(caller, 'approvals.decide') ?? someDepartments(mine, [], actor) };
}

/** A path of one kind: roles in order, from an amount on. */
export const pathOf = (kind: string, roles: readonly StepRole[], fromYuan = '0'): PathStep[] =>
  roles.map((role, index) => ({ kind, fromYuan, step: index + 1, role }));
