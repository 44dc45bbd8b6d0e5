import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { wholeMine } from '../../mines/index.js';
import { loadAnchors, loadHead, ONE_STATE, readChain } from '../db/entry-queries.js';
import { isEntry } from './canonical-form.js';
import { ChainCheck, isHead, type Anchor, type Break, type Head } from './chain-check.js';

/** The first line of an export; each further line is one Entry as JSON, in the order of the chain. */
interface Heading extends Head {
  readonly export: typeof EXPORT;
  readonly mine: string;
  readonly anchors: readonly Anchor[];
}

const EXPORT = 'six-synergies audit 1';

/** What an export says of itself, checked with nothing else in hand. */
export interface ExportVerdict extends Head {
  readonly mine: string;
  readonly broken: number;
  readonly breaks: readonly Break[];
}

/** Writes a mine's chain into a file of JSON lines, as it stands at one moment. */
export async function exportChain(uow: UnitOfWork, mine: string, actor: string, path: string): Promise<void> {
  await uow.run(wholeMine(mine, actor), async (tx) => {
    await tx.rows(ONE_STATE);
    await pipeline(exportLines(tx, mine), createWriteStream(path, { mode: 0o600 }));
  });
}

async function* exportLines(tx: Tx, mine: string): AsyncGenerator<string> {
  const [head, anchors] = [await loadHead(tx, mine), await loadAnchors(tx, mine)];
  const heading: Heading = { export: EXPORT, mine, ...head, anchors };
  yield `${JSON.stringify(heading)}\n`;
  for await (const entry of readChain(tx, mine)) yield `${JSON.stringify(entry)}\n`;
}

/**
 * Checks an exported chain: its links, the head and the anchors that it names, and heads known from elsewhere, such as
 * the one printed with a report. Null: the file is no export.
 * @throws AppError `audit_export_unreadable`
 */
export async function verifyExport(path: string, known: readonly Anchor[]): Promise<ExportVerdict | null> {
  await access(path, constants.R_OK).catch(() => {
    throw new AppError('malformed', 'audit_export_unreadable', { file: path });
  });
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let heading: Heading | null = null;
  let check = new ChainCheck(known);
  try {
    for await (const line of lines) {
      const parsed = json(line);
      if (heading === null) {
        if (!isHeading(parsed)) return null;
        heading = parsed;
        check = new ChainCheck([...heading.anchors, ...known]);
      } else if (isEntry(parsed)) {
        check.take(parsed.mine === heading.mine ? parsed : { ...parsed, hash: '' });
      } else {
        check.unreadable();
      }
    }
  } finally {
    lines.close();
  }
  if (heading === null) return null;
  check.end(heading);
  return { mine: heading.mine, ...check.head, broken: check.broken, breaks: check.breaks };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function isHeading(value: unknown): value is Heading {
  const heading = value as Partial<Heading> | null;
  return (
    heading?.export === EXPORT &&
    typeof heading.mine === 'string' &&
    isHead(heading) &&
    Array.isArray(heading.anchors) &&
    (heading.anchors as Partial<Anchor>[]).every((anchor) => isHead(anchor) && typeof anchor.occasion === 'string')
  );
}
