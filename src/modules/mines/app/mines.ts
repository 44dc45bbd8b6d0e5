import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AppError } from '../../../platform/errors/app-error.js';
import { quickQuery } from '../../../platform/database/quick-query.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_METHOD } from '../../../../analytics/synergy/types.js';
import { BUILT_IN_ITEMS } from '../../rules/built-in-items.js';
import { EVERY_MINE, wholeMine } from './reach.js';
import { SharedRead } from './shared-read.js';

export interface MineSummary {
  readonly code: string;
  readonly name: string;
}

/** A mine and the versions of its data, which every change of a figure raises, and of who may do what in it. */
export interface MineNow {
  readonly code: string;
  readonly dataVersion: string;
  readonly accessVersion: string;
}

/** Two rows are enough to know that there are several. Named: it stands before every answer, so it is planned once. */
const MINES_MEANT = {
  name: 'mines_meant',
  text: `SELECT code, data_version AS "dataVersion", access_version AS "accessVersion" FROM mine_now($1)`,
};

/** The mine that exists from the first start on. */
export const FIRST_MINE: MineSummary = { code: 'chaili', name: '柴里煤矿' };

/** What a module gives to a new mine, in the transaction that makes it. */
export type Founding = (tx: Tx, mine: string) => Promise<void>;

const CODE_PATTERN = /^[A-Za-z0-9_-]{1,32}$/;

@Injectable()
export class Mines {
  private readonly foundings: Founding[] = [];
  private readonly meant: SharedRead<string | null, MineNow[]>;

  constructor(
    private readonly uow: UnitOfWork,
    @InjectDataSource() dataSource: DataSource,
  ) {
    this.meant = new SharedRead((named) => quickQuery<MineNow>(dataSource, { ...MINES_MEANT, values: [named] }));
  }

  /** What every mine made from here on gets. */
  whenFounded(founding: Founding): void {
    this.foundings.push(founding);
  }

  async list(): Promise<MineSummary[]> {
    return this.uow.run(EVERY_MINE, (tx) =>
      tx.rows<MineSummary>('SELECT mine_id AS code, name FROM mines ORDER BY mine_id'),
    );
  }

  /** Makes a mine with the built-in items and the default method; one that exists already is left as it is. */
  async ensure(mine: MineSummary): Promise<{ isNew: boolean }> {
    if (!CODE_PATTERN.test(mine.code)) throw new AppError('malformed', 'invalid_mine_code', { mine: mine.code });
    return this.uow.run(wholeMine(mine.code), async (tx) => {
      const isNew = await create(tx, mine);
      if (isNew) for (const found of this.foundings) await found(tx, mine.code);
      return { isNew };
    });
  }

  /** The mine a request means: the one it names, or the only one there is. */
  async resolve(named: string | null): Promise<string> {
    return (await this.current(named)).code;
  }

  /** The mine of this code with its versions; null where there is none. */
  async find(code: string): Promise<MineNow | null> {
    const [mine] = await this.meant.get(code);
    return mine ?? null;
  }

  /**
   * `resolve` with the version of the mine's data: one statement and no transaction, for it stands before every
   * answer, and shared by those who ask at the same time. It shows what was committed before the call.
   */
  async current(named: string | null): Promise<MineNow> {
    const [mine, another] = await this.meant.get(named);
    if (named === null && (!mine || another)) throw new AppError('malformed', 'mine_missing');
    if (!mine) throw new AppError('not_found', 'unknown_mine', { mine: named! });
    return mine;
  }
}

async function create(tx: Tx, { code, name }: MineSummary): Promise<boolean> {
  const made = await tx.rows('INSERT INTO mines (mine_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [
    code,
    name,
  ]);
  if (made.length === 0) return false;
  await tx.rows('INSERT INTO methods (mine_id, version, price_reduction, opportunity_saving) VALUES ($1, 1, $2, $3)', [
    code,
    DEFAULT_METHOD.priceReduction,
    DEFAULT_METHOD.opportunitySaving,
  ]);
  await tx.rows(
    `INSERT INTO items (mine_id, code, name, nature)
     SELECT $1, i.code, i.name, i.nature FROM jsonb_to_recordset($2::jsonb) AS i (code text, name text, nature text)`,
    [code, JSON.stringify(BUILT_IN_ITEMS)],
  );
  return true;
}
