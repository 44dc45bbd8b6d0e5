import type { Guard } from './guard.js';
import { REPORTS } from './reports.js';
import { FOUR_EYES, REQUESTS, SEALED } from './signed-and-sealed.js';
import { SCOPE, WALL } from './two-walls.js';
import { WHO_ASKS } from './who-asks.js';

/** All that can be removed one by one. */
export const GUARDS: readonly Guard[] = [
  ...[...WHO_ASKS, ...SCOPE, ...WALL, ...FOUR_EYES, ...SEALED, ...REQUESTS, ...REPORTS],
];
