import type { Operation } from './operation.js';
import type { Lot, NewCaller } from './callers.js';
import { sees, type Held, type Place } from './places.js';
import { ROLES, type Role } from './roles.js';

/**
 * Who asks for whose thing:
 * - whole, own, below: a role over the mine, the department itself, one above it;
 * - other: a role over another department; away: over the other mine;
 * - none: the grant was taken away; expired, revoked: the key or the sign-in; anonymous: nothing was shown at all.
 */
export const SCOPES = ['whole', 'own', 'below', 'other', 'away', 'none', 'expired', 'revoked', 'anonymous'] as const;
export type Scope = (typeof SCOPES)[number];

/** One question of the matrix. */
export interface Cell {
  readonly operation: Operation;
  readonly scope: Scope;
  /** Null: somebody signed in whom no role was ever given. */
  readonly role: Role | null;
  readonly kind: NewCaller['kind'];
  /** Warm: the caller was known before, and the answer was given to another who sees more. */
  readonly isWarm: boolean;
  readonly place: Place;
  readonly held: Held;
}

export type Expected = 'granted' | 'unauthenticated' | 'forbidden' | 'unknown' | 'refused';

/** What must be answered, from the two tables of the tests alone. */
export function expectedOf({ operation, scope, role, place, held }: Cell): Expected {
  const { about, roles } = operation;
  if (about === 'public') return 'granted';
  if (scope === 'expired' || scope === 'revoked' || scope === 'anonymous') return 'unauthenticated';
  if (about === 'self') return 'granted';
  if (scope === 'none' || role === null || !roles.includes(role)) return 'forbidden';
  const isOfWhole = held === 'whole' || held === 'away';
  if (about === 'whole' && !isOfWhole) return 'forbidden';
  if (about === 'whole') return scope === 'away' && operation.unknown !== undefined ? 'unknown' : 'granted';
  if (operation.onlyTheirOwn === true && !(role === 'admin' && held === 'whole')) return 'unknown';
  if (about === 'thing' || about === 'bulk') return sees(held, place) ? 'granted' : 'unknown';
  // To the other mine a code of this one means its own department, or none.
  if (about === 'named') return sees(held, place) || scope === 'away' ? 'granted' : 'refused';
  return 'granted';
}

/** Where each scope holds its role, and for whose things it asks. */
function aims(scope: Scope, { about, places }: Operation): readonly (readonly [Held, Place])[] {
  const meant = places.length > 0 ? places : (['CM1'] as const);
  const asking = (held: Held, isMeant: (place: Place) => boolean) =>
    meant.filter(isMeant).map((place) => [held, place] as const);
  const isAimed = about === 'thing' || about === 'bulk' || about === 'named';
  switch (scope) {
    case 'whole':
      return asking('whole', () => true);
    case 'below':
      return isAimed ? asking('KQ', (place) => place === 'CM1' || place === 'CM2') : [['KQ', 'CM1']];
    case 'other':
      return isAimed
        ? [...asking('CM1', (place) => !sees('CM1', place)), ...asking('JD', (place) => !sees('JD', place))]
        : [['JD', 'CM1']];
    case 'away':
      return isAimed ? asking('away', (place) => place !== 'CM1') : [['away', 'CM1']];
    case 'own':
    case 'none':
    case 'expired':
    case 'revoked':
    case 'anonymous':
      return isAimed ? asking('CM1', (place) => place === 'CM1') : [['CM1', 'CM1']];
  }
}

/** The full product. */
export function everyCell(operations: readonly Operation[]): Cell[] {
  const cells: Cell[] = [];
  for (const operation of operations) {
    for (const scope of SCOPES) {
      for (const [held, place] of aims(scope, operation)) {
        for (const role of [...ROLES, null]) {
          for (const kind of ['key', 'person'] as const) {
            for (const isWarm of [false, true]) cells.push({ operation, scope, role, kind, isWarm, place, held });
          }
        }
      }
    }
  }
  return cells;
}

/** Scopes in which the role decides nothing. */
const DECIDED: readonly Scope[] = ['none', 'expired', 'revoked', 'anonymous'];
/** How many scopes of each sort an operation is asked for in: in some runs every one of them comes up. */
const DRAWN = { decided: 1, deciding: 2, without: 1 };

/** Any of some; none of none. */
export function oneOf<Item>(items: readonly Item[], random: () => number): Item[] {
  return items.slice(Math.floor(random() * items.length)).slice(0, 1);
}

/**
 * A part of the product, drawn by `random` (0 ≤ … < 1): every operation in some scopes in which the role decides
 * nothing, in some by a role that has the right, and in some by one that has not.
 */
export function someCells(operations: readonly Operation[], random: () => number): Cell[] {
  return operations.flatMap((operation) => {
    const all = everyCell([operation]);
    const holds = ({ role }: Cell) => role !== null && operation.roles.includes(role);
    const by = (scope: Scope, isMeant: (cell: Cell) => boolean) =>
      oneOf(
        all.filter((cell) => cell.scope === scope && isMeant(cell)),
        random,
      );
    const some = (scopes: readonly Scope[], count: number) => scopes.toSorted(() => random() - 0.5).slice(0, count);
    const deciding = SCOPES.filter((scope) => !DECIDED.includes(scope));
    return [
      ...some(DECIDED, DRAWN.decided).flatMap((scope) => by(scope, () => true)),
      ...some(deciding, DRAWN.deciding).flatMap((scope) => by(scope, holds)),
      ...some(deciding, DRAWN.without).flatMap((scope) => by(scope, (cell) => !holds(cell))),
    ];
  });
}

const LOTS: Readonly<Partial<Record<Scope, Lot>>> = { none: 'none', expired: 'expired', revoked: 'revoked' };

export const callerOf = ({ role, held, kind, scope }: Cell): NewCaller => ({
  ...{ kind, role, held, lot: LOTS[scope] ?? 'stays' },
});

export const nameOf = ({ operation, scope, role, kind, isWarm, place, held }: Cell): string =>
  `${operation.name} · ${role ?? 'no role'} · ${scope} (${held} asks for ${place}) · ${kind} · ${isWarm ? 'warm' : 'cold'}`;
