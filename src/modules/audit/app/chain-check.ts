import { hashOf, ORIGIN_HASH, type Entry } from './canonical-form.js';

/** Where a chain ends: how many entries it has, and the hash of the last one. */
export interface Head {
  readonly entries: string;
  readonly hash: string;
}

/** A head that was written down elsewhere, and when: `2023-03/1` is the first closing of March 2023. */
export interface Anchor extends Head {
  readonly occasion: string;
}

/** Of something read from a file. */
export const isHead = ({ entries, hash }: Partial<Head>): boolean =>
  typeof entries === 'string' && /^(0|[1-9]\d{0,17})$/.test(entries) && /^[0-9a-f]{64}$/.test(hash ?? '');

export type BreakCode =
  | 'entry_changed'
  | 'entry_missing'
  | 'entry_out_of_place'
  | 'link_broken'
  | 'tail_missing'
  | 'head_differs'
  | 'anchor_differs'
  | 'entry_unreadable';

/** What is wrong with a chain, and at which entry. */
export interface Break {
  readonly code: BreakCode;
  readonly seq: string;
  readonly params: Readonly<Record<string, string>>;
}

/** More are counted, not listed: one entry taken out of a long chain is one break, but a hostile file may have any number. */
export const MAX_BREAKS = 1_000;

/**
 * Reads a chain once, entry by entry in the order in which it is kept, in constant memory.
 * - `entry_changed`: the entry is not what was hashed;
 * - `entry_missing`: numbers are skipped; `entry_out_of_place`: a number that was passed already;
 * - `entry_unreadable`: a line of an export that is no entry, after the one named;
 * - `link_broken`: it does not follow the entry before it: that one, or both, were changed and hashed anew;
 * - `tail_missing`, `head_differs`: the chain is shorter than its head says, or ends otherwise;
 * - `anchor_differs`: at the length that was written down elsewhere it had another hash: it was rewritten as a whole.
 */
export class ChainCheck {
  readonly breaks: Break[] = [];
  private count = 0;
  private last: { readonly seq: bigint; readonly hash: string } = { seq: 0n, hash: ORIGIN_HASH };
  private readonly anchorsBySeq = new Map<string, Anchor[]>();

  constructor(anchors: readonly Anchor[]) {
    for (const anchor of anchors) {
      this.anchorsBySeq.set(anchor.entries, [...(this.anchorsBySeq.get(anchor.entries) ?? []), anchor]);
    }
  }

  /** The number of breaks, those beyond MAX_BREAKS too. */
  get broken(): number {
    return this.count;
  }

  get head(): Head {
    return { entries: String(this.last.seq), hash: this.last.hash };
  }

  take(entry: Entry): void {
    const seq = BigInt(entry.seq);
    const due = this.last.seq + 1n;
    if (seq < due) {
      this.add('entry_out_of_place', entry.seq, { due: String(due) });
      return;
    }
    if (seq > due) this.add('entry_missing', String(due), { from: String(due), to: String(seq - 1n) });
    else if (entry.previous !== this.last.hash) this.add('link_broken', entry.seq);
    if (hashOf(entry) !== entry.hash) this.add('entry_changed', entry.seq);
    this.judgeAnchors(entry.seq, entry.hash);
    this.last = { seq, hash: entry.hash };
  }

  unreadable(): void {
    this.add('entry_unreadable', String(this.last.seq));
  }

  /** After the last entry; `head` is what is kept of it beside the chain, null where nothing is. */
  end(head: Head | null): void {
    const { entries, hash } = this.head;
    if (head !== null && head.entries !== entries) {
      this.add(BigInt(head.entries) > this.last.seq ? 'tail_missing' : 'head_differs', entries, { kept: head.entries });
    } else if (head !== null && head.hash !== hash) {
      this.add('head_differs', entries, { kept: head.entries });
    }
    // What stands where the chain has nothing.
    for (const seq of [...this.anchorsBySeq.keys()]) this.judgeAnchors(seq, seq === '0' ? ORIGIN_HASH : '');
  }

  private judgeAnchors(seq: string, hash: string): void {
    for (const anchor of this.anchorsBySeq.get(seq) ?? []) {
      if (anchor.hash !== hash) this.add('anchor_differs', seq, { occasion: anchor.occasion });
    }
    this.anchorsBySeq.delete(seq);
  }

  private add(code: BreakCode, seq: string, params: Readonly<Record<string, string>> = {}): void {
    this.count += 1;
    if (this.breaks.length < MAX_BREAKS) this.breaks.push({ code, seq, params: { seq, ...params } });
  }
}
