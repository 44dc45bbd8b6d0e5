import type { Source } from '../../../../analytics/report/model.js';
import type { Reach } from '../../mines/index.js';

/** Whether all that a figure was reckoned from lies within reach; what is only counted or looked up is the whole mine's. */
export function covers(reach: Pick<Reach, 'departments'>, source: Source): boolean {
  const { departments } = reach;
  if (departments === null) return true;
  if (source.kind === 'stated') return false;
  // Reckoned from nothing that is named, it could be of anything.
  if (source.kind === 'derived') return source.of.length > 0 && source.of.every((part) => covers(reach, part));
  const { department } = source.place;
  return department !== undefined && departments.includes(department);
}
