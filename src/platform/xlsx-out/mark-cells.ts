import { MarkedCopy } from './marked-copy.js';
import { gathered, type Mark } from './marks.js';
import { WorkbookParts, type CopyLimits } from './workbook-parts.js';
import { writeZip } from './write-zip.js';

export { MAX_COMMENT_CHARACTERS, MAX_MARKS, type Mark } from './marks.js';

/**
 * Writes the workbook at `source` to `target` with the marked cells filled and commented and everything else as it was.
 * Of several marks on one cell the comments are joined; marks on sheets that are not there are passed over. Memory does
 * not grow with the workbook. `author` stands as who commented.
 * @throws XlsxRefusal when it is no workbook that can be copied; what is at `target` is then of no use
 */
export async function markCells(
  source: string,
  target: string,
  marks: readonly Mark[],
  author: string,
  limits: CopyLimits,
): Promise<void> {
  const parts = await WorkbookParts.open(source, limits);
  try {
    const copy = await MarkedCopy.plan(parts, gathered(marks), author);
    await writeZip(copy.entries(), target);
  } finally {
    parts.close();
  }
}
