import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The log of the embedded PostgreSQL, from where it now ends. */
export class ServerLog {
  private constructor(
    private readonly path: string,
    private readonly start: number,
  ) {}

  static async fromNow(dataDir: string): Promise<ServerLog> {
    const path = join(dataDir, 'postgres.log');
    return new ServerLog(path, (await stat(path)).size);
  }

  /** Milliseconds by statement, of those logged with their duration since; a statement is named by its beginning. */
  async durations(): Promise<Map<string, number>> {
    const file = await open(this.path, 'r');
    try {
      const { size } = await file.stat();
      const length = size - this.start;
      if (length === 0) return new Map();
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, this.start);
      return sumByStatement(buffer.toString('utf8'));
    } finally {
      await file.close();
    }
  }
}

const ENTRY =
  /LOG: {2}duration: ([\d.]+) ms {2}(?:statement|parse [^:]*|bind [^:]*|execute [^:]*|fastpath[^:]*): (.*)/s;
const NAME_LENGTH = 96;

function sumByStatement(text: string): Map<string, number> {
  const sums = new Map<string, number>();
  // A line that begins with a tab goes on with the entry before it.
  for (const entry of text.split(/\n(?!\t)/)) {
    const found = ENTRY.exec(entry);
    if (!found) continue;
    const name = nameOf(found[2]!);
    sums.set(name, (sums.get(name) ?? 0) + Number(found[1]));
  }
  return sums;
}

/** Imports are numbered; what is the same but for the number is the same statement. */
function nameOf(sql: string): string {
  const line = sql
    .replace(/\s+/g, ' ')
    .replace(/import_\d+/g, 'import_N')
    .trim();
  return line.length <= NAME_LENGTH ? line : `${line.slice(0, NAME_LENGTH - 1)}…`;
}
