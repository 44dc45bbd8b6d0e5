import { holds, type CallerHere } from '../../access/index.js';
import { someDepartments, wholeMine, type Reach } from '../../mines/index.js';

/**
 * What a caller sees of what waits: the reach of their own right, and that of checkers who left their roles to them while
 * they are away. Nobody can decide what they may not see.
 */
export function sightOf({ mine, actor, reach, roles }: CallerHere): Reach {
  const lent = roles.filter(({ role, onBehalfOf }) => onBehalfOf !== null && holds(role, 'approvals.decide'));
  if (reach.departments === null || lent.some(({ departments }) => departments === null)) return wholeMine(mine, actor);
  const departments = new Set([...reach.departments, ...lent.flatMap((each) => each.departments ?? [])]);
  return someDepartments(mine, [...departments].sort(), actor);
}
