import { hashOf, type Entry } from '../../src/modules/audit/app/canonical-form.js';

/** What somebody does to a chain, and where it must be found: at one of these entries, by one of these codes. */
export interface Tampering {
  readonly name: string;
  readonly tamper: (chain: Entry[]) => Entry[];
  readonly foundAs: readonly string[];
  /** Entry numbers. */
  readonly foundAt: readonly number[];
}

/** Long enough for a first, a middle and a last entry to be told apart. */
export const LENGTH = 9;
const PLACES = { first: 1, middle: 5, last: LENGTH } as const;

/** Another value of the same kind for each part of an entry. */
const EDITS: Readonly<Record<Exclude<keyof Entry, 'seq' | 'mine'>, (entry: Entry) => Partial<Entry>>> = {
  form: () => ({ form: 2 }),
  at: ({ at }) => ({ at: at.replace(/.\dZ$/, (end) => (end === '00Z' ? '11Z' : '00Z')) }),
  actor: ({ actor }) => ({ actor: `${actor}x` }),
  address: ({ address }) => ({ address: address === null ? '10.0.0.9' : null }),
  request: ({ request }) => ({ request: request === null ? 'r' : null }),
  action: ({ action }) => ({ action: action === 'delete' ? 'update' : 'delete' }),
  subject: () => ({ subject: 'users' }),
  key: ({ key }) => ({ key: `${key} ` }),
  before: ({ before }) => ({ before: before === null ? '{}' : null }),
  after: ({ after }) => ({
    after: after === null ? '{}' : after.replace(/"(\d)/, (_, digit: string) => `"9${digit}`) + ' ',
  }),
  previous: ({ previous }) => ({ previous: previous.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')) }),
  hash: ({ hash }) => ({ hash: hash.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')) }),
};

const at = (chain: readonly Entry[], seq: number) => chain[seq - 1]!;
const replaced = (chain: readonly Entry[], seq: number, entry: Entry) =>
  chain.map((each, i) => (i === seq - 1 ? entry : each));
const hashed = (entry: Entry): Entry => ({ ...entry, hash: hashOf(entry) ?? entry.hash });

/** From an entry on, each follows the one before it and is hashed anew. */
export function relinked(chain: readonly Entry[], from: number): Entry[] {
  const done = chain.slice(0, from - 1);
  for (const entry of chain.slice(from - 1)) {
    done.push(hashed({ ...entry, seq: String(done.length + 1), previous: done.at(-1)?.hash ?? entry.previous }));
  }
  return done;
}

const edits = Object.entries(PLACES).flatMap(([place, seq]) =>
  Object.entries(EDITS).map(([part, edit]): Tampering => ({
    name: `${part} of the ${place} entry`,
    tamper: (chain) => replaced(chain, seq, { ...at(chain, seq), ...edit(at(chain, seq)) }),
    foundAs: ['entry_changed', 'link_broken'],
    foundAt: [seq],
  })),
);

/** The one edited is hashed anew, so that only what follows it tells. */
const hashedEdits = Object.entries(PLACES).flatMap(([place, seq]) =>
  (['actor', 'after', 'at'] as const).map((part): Tampering => ({
    name: `${part} of the ${place} entry, which is hashed anew`,
    tamper: (chain) => replaced(chain, seq, hashed({ ...at(chain, seq), ...EDITS[part](at(chain, seq)) })),
    // The last one was anchored, and the anchor is compared on the way.
    foundAs: seq === LENGTH ? ['anchor_differs'] : ['link_broken'],
    foundAt: [seq === LENGTH ? seq : seq + 1],
  })),
);

const without = (chain: readonly Entry[], seq: number) => chain.filter((_, i) => i !== seq - 1);

export const TAMPERINGS: readonly Tampering[] = [
  ...edits,
  ...hashedEdits,
  { name: 'the first entry deleted', tamper: (c) => without(c, 1), foundAs: ['entry_missing'], foundAt: [1] },
  { name: 'a middle entry deleted', tamper: (c) => without(c, 5), foundAs: ['entry_missing'], foundAt: [5] },
  { name: 'the last entry deleted', tamper: (c) => without(c, 9), foundAs: ['tail_missing'], foundAt: [8] },
  { name: 'the tail cut', tamper: (c) => c.slice(0, 6), foundAs: ['tail_missing'], foundAt: [6] },
  { name: 'everything deleted', tamper: () => [], foundAs: ['tail_missing'], foundAt: [0] },
  {
    name: 'a middle entry deleted and the rest numbered and hashed anew',
    tamper: (c) => relinked(without(c, 5), 5),
    foundAs: ['tail_missing'],
    foundAt: [8],
  },
  {
    name: 'two entries change places',
    tamper: (c) => replaced(replaced(c, 4, { ...at(c, 5), seq: '4' }), 5, { ...at(c, 4), seq: '5' }),
    foundAs: ['entry_changed', 'link_broken'],
    foundAt: [4],
  },
  {
    name: 'an entry put in between, what follows moved up as it was',
    tamper: (c) => [
      ...c.slice(0, 4),
      hashed({ ...at(c, 4), seq: '5', previous: at(c, 4).hash, actor: 'nobody' }),
      ...c.slice(4).map((entry) => ({ ...entry, seq: String(Number(entry.seq) + 1) })),
    ],
    foundAs: ['entry_changed', 'link_broken'],
    foundAt: [6],
  },
  {
    name: 'an entry added at the end',
    tamper: (c) => [...c, hashed({ ...at(c, 9), seq: '10', previous: at(c, 9).hash })],
    foundAs: ['head_differs'],
    foundAt: [10],
  },
];
