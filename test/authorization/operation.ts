import type { Wish } from './client.js';
import type { Things } from './fill-house.js';
import { CODE, type Booking, type Place } from './places.js';
import type { Role } from './roles.js';

/**
 * What an operation is about, and so who is answered what:
 * - public: whoever asks; self: whoever is signed in;
 * - open: everybody with the role alike; whole: only whose role is for the whole mine;
 * - list: what lies within the reach and nothing else;
 * - thing: one thing, which outside the reach is as unknown as one that is not there; bulk: some of them;
 * - named: the request names a department, and outside the reach it is refused.
 */
export type About = 'public' | 'self' | 'open' | 'whole' | 'list' | 'thing' | 'bulk' | 'named';

export interface Operation {
  /** `POST /records/{id}/submit`, without the leading /api/v1 where it has one. */
  readonly name: string;
  readonly about: About;
  readonly roles: readonly Role[];
  /** Of which places there are things to ask for; those a list or a wish for nobody in particular has no use of. */
  readonly places: readonly Place[];
  /** The request for a place; `nth` makes what must be new. */
  wish(place: Place, things: Things, nth: number): Omit<Wish, 'method'>;
  /** What a thing that is not there is called: `unknown_record`. */
  readonly unknown?: string;
  /** Codes of 401, 403 and 404 that are no denial of the right: not the maker's own, nothing there yet. */
  readonly mayAnswer?: readonly string[];
  /** Departments are said to everybody with the role. */
  readonly codesAreOpen?: true;
  /** Whether somebody within reach is answered as unknown all the same: only the maker or an administrator is not. */
  readonly onlyTheirOwn?: true;
  /** A list that can be empty, or names no place, though there is something within reach. */
  readonly mayShowNothing?: true;
  /** Taken in at first and refused later, when it is read. */
  readonly refusedLater?: true;
}

export const DEPARTMENTS: readonly Booking[] = ['CM1', 'CM2', 'JD'];
export const ANYWHERE: readonly Place[] = ['CM1'];
/** Things of departments, of two together, and of the mine as a whole. */
export const EVERY_PLACE: readonly Place[] = [...DEPARTMENTS, 'both', 'mine'];

type More = Partial<Omit<Operation, 'name' | 'about' | 'roles' | 'wish'>>;
type Path = string | ((things: Things, place: Place, nth: number) => string);

function operation(
  about: About,
  name: string,
  roles: readonly Role[],
  path: Path,
  request: (place: Place, nth: number, things: Things) => Omit<Wish, 'method' | 'path'> = () => ({}),
  more: More = {},
): Operation {
  return {
    ...{
      name,
      about,
      roles,
      places: about === 'named' || about === 'thing' || about === 'bulk' ? DEPARTMENTS : ANYWHERE,
    },
    wish: (place, things, nth) => ({
      path: typeof path === 'string' ? path : path(things, place, nth),
      ...request(place, nth, things),
    }),
    ...more,
  };
}

/** A reading of what everybody with the role sees alike, or of what lies within the reach. */
export const reading = (
  about: 'list' | 'open' | 'whole' | 'self' | 'public',
  name: string,
  roles: readonly Role[],
  path: Path,
  more: More = {},
) => operation(about, name, roles, path, undefined, more);

/** A JSON body. */
export const sending = (
  about: About,
  name: string,
  roles: readonly Role[],
  path: Path,
  json: (place: Place, nth: number, things: Things) => unknown,
  more: More = {},
) => operation(about, name, roles, path, (place, nth, things) => ({ json: json(place, nth, things) }), more);

/** A form with a file. */
export const handingIn = (
  about: About,
  name: string,
  roles: readonly Role[],
  path: Path,
  form: (place: Place, nth: number) => NonNullable<Wish['form']>,
  more: More = {},
) => operation(about, name, roles, path, (place, nth) => ({ form: form(place, nth) }), more);

/** One thing, read. */
export const oneOf = (name: string, roles: readonly Role[], unknown: string, path: Path, more: More = {}) =>
  operation('thing', name, roles, path, undefined, { unknown, ...more });

export const codeOf = (place: Place): string => CODE[place as keyof typeof CODE] ?? '';
