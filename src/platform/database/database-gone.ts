import { types } from 'node:util';
import { sqlState } from './unit-of-work.js';

/** Losing or not getting a connection: class 08, server going down, cut off for its silence, too many connections, no such database or user. */
const STATES = /^(08...|57P0[1-5]|25P03|53300|3D000|28...)$/;
const DRIVER =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout)/;
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether the database could not be reached or went away: the work was undone and may be tried again once it is back. */
export function isDatabaseGone(error: unknown): boolean {
  // `instanceof` knows only the errors of one realm, and tests run in another than Node's own modules.
  if (!types.isNativeError(error)) return false;
  if (STATES.test(sqlState(error) ?? '') || DRIVER.test(error.message)) return true;
  const { syscall, code } = error as NodeJS.ErrnoException;
  // Files have these codes too; only a socket connects, reads and writes a connection under these names.
  return (syscall === 'connect' || syscall === 'read' || syscall === 'write') && SYSTEM.has(code ?? '');
}
