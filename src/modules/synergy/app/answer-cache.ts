import { createHash } from 'node:crypto';
import { mapInSlices } from '../../../platform/limits/in-slices.js';

/** An answer as it goes out: its pieces one after the other. */
export interface ReadyAnswer {
  readonly body: readonly Buffer[];
  readonly bytes: number;
  /** Weak: the same figures, however they are sent. */
  readonly etag: string;
}

/** What computing an answer gives: its bytes, and the version of the data that they show. */
export interface Computed {
  readonly dataVersion: string;
  readonly body: readonly Buffer[];
}

interface Kept extends ReadyAnswer {
  readonly dataVersion: string;
  /** What it takes in memory. */
  readonly room: number;
}

/** What an entry takes beside its body, roughly: the key twice over in UTF-16, the objects around it. */
const ENTRY_OVERHEAD_BYTES = 500;

/**
 * Ready answers, the least recently used dropped first. An answer is given out only for the data version it was computed
 * from: whoever reads the version first sees every change that was committed before.
 */
export class AnswerCache {
  private readonly kept = new Map<string, Kept>();
  private readonly underWay = new Map<string, Promise<ReadyAnswer>>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string, dataVersion: string): ReadyAnswer | null {
    const found = this.kept.get(key);
    if (found?.dataVersion !== dataVersion) return null;
    // A Map is in the order of insertion: the last used stands last.
    this.kept.delete(key);
    this.kept.set(key, found);
    return found;
  }

  /**
   * The answer for a key at `dataVersion` or later. Those who ask for the same while it is being computed wait for the
   * same computation; `compute` must look at the data only after it is called.
   */
  async getOrCompute(key: string, dataVersion: string, compute: () => Promise<Computed>): Promise<ReadyAnswer> {
    const found = this.get(key, dataVersion);
    if (found !== null) return found;
    const name = `${dataVersion} ${key}`;
    let answer = this.underWay.get(name);
    if (answer === undefined) {
      answer = this.computeAndKeep(key, compute).finally(() => this.underWay.delete(name));
      this.underWay.set(name, answer);
    }
    return answer;
  }

  private async computeAndKeep(key: string, compute: () => Promise<Computed>): Promise<ReadyAnswer> {
    const { dataVersion, body } = await compute();
    const hash = createHash('sha256');
    await mapInSlices(body, (piece) => hash.update(piece));
    const etag = `W/"${hash.digest('base64url').slice(0, 27)}"`;
    const bytes = body.reduce((sum, piece) => sum + piece.length, 0);
    this.keep(key, { dataVersion, body, bytes, etag, room: bytes + 4 * key.length + ENTRY_OVERHEAD_BYTES });
    return { body, bytes, etag };
  }

  private keep(key: string, entry: Kept): void {
    this.drop(key);
    if (entry.room > this.maxBytes) return;
    this.kept.set(key, entry);
    this.bytes += entry.room;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.room ?? 0;
    this.kept.delete(key);
  }
}
