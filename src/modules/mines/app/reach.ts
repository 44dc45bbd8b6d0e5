import type { Sight } from '../../../platform/database/unit-of-work.js';

/** Whose data a transaction touches, for row-level security and for the queries themselves. */
export interface Reach extends Sight {
  readonly mine: string;
  /** Codes, with those below them; null is the whole mine. */
  readonly departments: readonly string[] | null;
  /** Who asks: people see what they made themselves. */
  readonly actor: string;
}

/** All of a mine: for posting, which must see every record that a figure hangs on, and for whoever may see all of it. */
export function wholeMine(mine: string, actor = 'service'): Reach {
  return { mine, departments: null, actor, settings: settingsOf(mine, 'yes', [], actor) };
}

/** Some departments of a mine; none is nothing but what the actor made. */
export function someDepartments(mine: string, departments: readonly string[], actor: string): Reach {
  return { mine, departments, actor, settings: settingsOf(mine, 'no', departments, actor) };
}

/** The service's own errands across mines, such as finding imports that nobody is at. */
export const EVERY_MINE: Sight = { settings: settingsOf('*', 'yes', [], 'service') };

/** The same for two reaches exactly when they see the same figures. */
export const reachKey = ({ departments }: Reach): string =>
  departments === null ? '*' : JSON.stringify([...departments].sort());

/** Whether all of these are reached; null is something of the whole mine. */
export const isReached = (reach: Reach, departments: readonly string[] | null): boolean =>
  reach.departments === null ||
  (departments !== null && departments.every((department) => reach.departments!.includes(department)));

function settingsOf(
  mine: string,
  whole: 'yes' | 'no',
  departments: readonly string[],
  actor: string,
): Sight['settings'] {
  const quoted = departments.map((code) => `"${code.replace(/["\\]/g, '\\$&')}"`);
  return { 'app.mine': mine, 'app.whole': whole, 'app.departments': `{${quoted.join(',')}}`, 'app.actor': actor };
}
