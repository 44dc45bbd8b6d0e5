import { types } from 'node:util';

/** No room and no quota left, as files say it; and PostgreSQL's disk_full. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100'];

/** Whether something was not written for want of room: nothing of it is there, and it may be tried again once there is. */
export const isStorageFull = (error: unknown): boolean =>
  // `instanceof` knows only the errors of one realm, and tests run in another than Node's own modules.
  types.isNativeError(error) && CODES.includes((error as { readonly code?: unknown }).code);
