/**
 * Two mines and their departments. Every code and every text of a place holds a mark that stands nowhere else, so that
 * whatever a caller may not see can be looked for in the raw bytes of an answer.
 */

/** `both` is of CM1 and JD together, `mine` of the mine as a whole, `away` of the other mine. */
export type Place = 'KQ' | 'CM1' | 'CM2' | 'JD' | 'both' | 'mine' | 'away';

export const MINE = 'chaili';
export const OTHER_MINE = 'liuwan';

const NUMBER: Readonly<Record<Place, number>> = { KQ: 0, CM1: 1, CM2: 2, JD: 3, both: 4, mine: 5, away: 6 };

/** The mark of what is said in the texts of a place. */
export const secretOf = (place: Place): string => `zqx${NUMBER[place]}`;

/** KQ ⊃ CM1, CM2; JD stands by itself. The other mine has a department of the same code as CM1. */
export const CODE = { KQ: 'KQ-zqm0', CM1: 'CM1-zqm1', CM2: 'CM2-zqm2', JD: 'JD-zqm3', away: 'CM1-zqm1' } as const;
export type Department = keyof typeof CODE;

/** The three that hold records, and what each of them booked in 2023-03 by the folder, in yuan. */
export const ACTUAL = { CM1: '100.01', CM2: '1000.10', JD: '10000.70' } as const;
export type Booking = keyof typeof ACTUAL;
export const BOOKING = Object.keys(ACTUAL) as Booking[];

/** Where a caller's role is held. */
export const HELD = { whole: [''], CM1: [CODE.CM1], KQ: [CODE.KQ], JD: [CODE.JD], away: [''] } as const;
export type Held = keyof typeof HELD;

/** The places that somebody sees whose role is held there. */
const SEEN: Readonly<Record<Held, readonly Place[]>> = {
  whole: ['KQ', 'CM1', 'CM2', 'JD', 'both', 'mine'],
  KQ: ['KQ', 'CM1', 'CM2'],
  CM1: ['CM1'],
  JD: ['JD'],
  away: ['away'],
};

export const sees = (held: Held, place: Place): boolean => SEEN[held].includes(place);

const MARK = /zq([mx])(\d)/g;

/**
 * Marks in a text that somebody may not see who sees these places. Codes (m) may come back where the request itself said
 * them, and where the list of departments is everyone's.
 */
export function foreignMarks(
  text: string,
  places: readonly Place[],
  { said, codesAreOpen }: { readonly said: string; readonly codesAreOpen: boolean },
): string[] {
  const own = new Set(places.map((place) => String(NUMBER[place])));
  // The departments of the other mine have the same codes.
  if (places.includes('away')) for (const code of Object.values(CODE)) own.add(code.at(-1)!);
  const found = new Set<string>();
  for (const [mark, kind, number] of text.matchAll(MARK)) {
    const isOpen = kind === 'm' && (codesAreOpen || said.includes(mark) || own.has(number!));
    const isOwn = kind === 'x' && places.some((place) => String(NUMBER[place]) === number);
    if (!isOpen && !isOwn) found.add(mark);
  }
  return [...found].sort();
}

/** Whether anything of one of these places stands in a text. */
export const holdsMarkOf = (text: string, places: readonly Place[]): boolean =>
  places.some((place) => text.includes(secretOf(place)) || text.includes(`zqm${NUMBER[place]}`));

export const seenBy = (held: Held | null): readonly Place[] => (held === null ? [] : SEEN[held]);
