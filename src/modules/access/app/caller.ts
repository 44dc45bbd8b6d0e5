import { someDepartments, wholeMine, type MineNow, type Reach } from '../../mines/index.js';
import { BY_DELEGATION, OF_WHOLE_MINE, holds, type Right, type Role } from './rights.js';

/** A role over departments, with those below them already named; null is the whole mine. */
export interface HeldRole {
  readonly role: Role;
  readonly departments: readonly string[] | null;
  /** The person whose role it is while they are away (出差代办); null where it is the caller's own. */
  readonly onBehalfOf: string | null;
}

/** Who asks, once it is known: a person signed in, or a program with a key. */
export interface Caller {
  readonly mine: string;
  /** The username, or `key:<id>`: what is written down as maker or checker. */
  readonly actor: string;
  readonly kind: 'person' | 'program';
  readonly displayName: string;
  /** The session of a person. */
  readonly session: string | null;
  /** A person with a one-time password may do nothing but choose another. */
  readonly mustChangePassword: boolean;
  readonly roles: readonly HeldRole[];
}

/** A caller in a request, with the reach of the right that the route declares. */
export interface CallerHere extends Caller {
  readonly reach: Reach;
  /** The mine as it was found on the way: what is answered from memory must be of these versions. */
  readonly now: MineNow;
}

/** Where the caller may use a right; null: nowhere. */
export function reachOf(caller: Caller, right: Right): Reach | null {
  if (right === 'self') return someDepartments(caller.mine, [], caller.actor);
  const held = caller.roles.filter(
    ({ role, onBehalfOf }) => holds(role, right) && (onBehalfOf === null || BY_DELEGATION.has(right)),
  );
  if (held.some(({ departments }) => departments === null)) return wholeMine(caller.mine, caller.actor);
  if (held.length === 0 || OF_WHOLE_MINE.has(right)) return null;
  const departments = [...new Set(held.flatMap((each) => each.departments!))].sort();
  return someDepartments(caller.mine, departments, caller.actor);
}

/** Why a caller may use a right nowhere: they do not hold it, or hold what is the whole mine's for a part of it. */
export function denialOf({ roles }: Caller, right: Right): 'forbidden' | 'whole_mine_needed' {
  const isHeld = roles.some(({ role, onBehalfOf }) => onBehalfOf === null && holds(role, right));
  return isHeld && OF_WHOLE_MINE.has(right) ? 'whole_mine_needed' : 'forbidden';
}
