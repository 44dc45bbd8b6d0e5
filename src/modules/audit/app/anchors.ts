import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { wholeMine } from '../../mines/index.js';
import { loadAnchors } from '../db/entry-queries.js';
import type { Anchor } from './chain-check.js';

interface Kept extends Anchor {
  readonly mine: string;
}

/**
 * Writes the head of a mine's chain down for an occasion, with all that this transaction did so far. Once: an occasion
 * that has its anchor keeps it.
 */
export async function anchorChain(tx: Tx, mine: string, occasion: string): Promise<void> {
  // The entries of this transaction are chained now and not at its commit.
  await tx.rows('SET CONSTRAINTS ALL IMMEDIATE');
  await tx.rows(
    `INSERT INTO audit_anchors (mine_id, occasion, entries, hash)
     SELECT mine_id, $2, entries, hash FROM audit_heads WHERE mine_id = $1 ON CONFLICT DO NOTHING`,
    [mine, occasion],
  );
  await tx.rows('SET CONSTRAINTS ALL DEFERRED');
}

/**
 * The anchors outside the database: a file of JSON lines in the data folder that is only added to. Whoever rewrites the
 * database has this file, its copies and the printed reports against them.
 */
export class Anchors {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly path: string,
  ) {}

  /** Of a mine; what the file says, also where the database says otherwise. */
  async outside(mine: string): Promise<Anchor[]> {
    return (await this.read())
      .filter((kept) => kept.mine === mine)
      .map(({ occasion, entries, hash }) => ({ occasion, entries, hash }));
  }

  /** Adds those that the database has and the file has not: after each sealing, and at the start for one that was cut off. */
  async keep(mine: string): Promise<void> {
    const known = new Set((await this.outside(mine)).map(({ occasion }) => occasion));
    const anchors = await this.uow.run(wholeMine(mine), (tx) => loadAnchors(tx, mine));
    const missing = anchors.filter(({ occasion }) => !known.has(occasion));
    if (missing.length === 0) return;
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a', 0o600);
    try {
      // After a line that was cut off a new one begins.
      const lines = missing.map((anchor) => `\n${JSON.stringify({ mine, ...anchor })}\n`);
      await file.writeFile(lines.join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  private async read(): Promise<Kept[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return '';
    });
    return text.split('\n').flatMap((line) => parsed(line) ?? []);
  }
}

function parsed(line: string): Kept | null {
  try {
    return JSON.parse(line) as Kept;
  } catch {
    return null;
  }
}
