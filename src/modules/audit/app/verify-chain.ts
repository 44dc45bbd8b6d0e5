import type { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { wholeMine } from '../../mines/index.js';
import { brokenSeals, type Seal } from '../../synergy/index.js';
import { loadAnchors, loadHead, ONE_STATE, readChain, type Reading } from '../db/entry-queries.js';
import { ChainCheck, type Anchor, type Break, type Head } from './chain-check.js';

/** What was found of the books of a mine. */
export interface Verdict extends Head {
  readonly mine: string;
  readonly isIntact: boolean;
  /** How many breaks there are; the first thousand are listed. */
  readonly broken: number;
  readonly breaks: readonly Break[];
  /** Closings whose figures are no longer those that were sealed. */
  readonly brokenSeals: readonly Seal[];
}

/** Checks a chain, and the figures of closings, as a transaction that sees one state of them does. */
export async function judgeChain(tx: Reading, mine: string, outside: readonly Anchor[]): Promise<Verdict> {
  const check = new ChainCheck([...(await loadAnchors(tx, mine)), ...outside]);
  for await (const entry of readChain(tx, mine)) check.take(entry);
  check.end(await loadHead(tx, mine));
  const seals = await brokenSeals(tx, mine);
  const isIntact = check.broken === 0 && seals.length === 0;
  return { mine, ...check.head, isIntact, broken: check.broken, breaks: check.breaks, brokenSeals: seals };
}

/**
 * Checks every link of a mine's chain, its head, its anchors (those that the database keeps and those from elsewhere),
 * and the figures of its closings (guarantee 10).
 */
export async function verifyChain(
  uow: UnitOfWork,
  mine: string,
  actor: string,
  outside: readonly Anchor[],
): Promise<Verdict> {
  return uow.run(wholeMine(mine, actor), async (tx) => {
    await tx.rows(ONE_STATE);
    return judgeChain(tx, mine, outside);
  });
}

/** Every mine has a chain. */
export async function chainedMines(tx: Reading): Promise<string[]> {
  const rows = await tx.rows<{ mine: string }>('SELECT mine_id AS mine FROM mines ORDER BY mine_id');
  return rows.map(({ mine }) => mine);
}
