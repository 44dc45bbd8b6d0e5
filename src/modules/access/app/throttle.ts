import { createHash } from 'node:crypto';
import { AppError } from '../../../platform/errors/app-error.js';
import { networkOf } from '../../../platform/http/network-of.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { giveBack, reserve, secondsLeft } from '../db/attempt-queries.js';

/** Most passwords that are evaluated in a minute for one account, and for one address. */
export const MAX_EVALUATIONS = 10;

/** What a sign-in is counted under, in the order in which the rows are locked. What was typed is not kept. */
export const subjectsOf = (username: string, address: string): string[] => [
  accountSubject(username),
  `address:${networkOf(address)}`,
];

export const accountSubject = (username: string): string =>
  `account:${createHash('sha256').update(username).digest('hex').slice(0, 32)}`;

/**
 * Takes a place for an evaluation before it begins, so that a thousand guesses at the same moment are no more than ten.
 * @throws AppError `too_many_sign_ins` where no place is left; then none is taken (the transaction must end with it)
 */
export async function takePlaces(tx: Tx, mine: string, subjects: readonly string[], now: Date): Promise<void> {
  for (const subject of subjects) {
    if (await reserve(tx, mine, subject, now, MAX_EVALUATIONS)) continue;
    const seconds = await secondsLeft(tx, mine, subject, now);
    throw new AppError('throttled', 'too_many_sign_ins', { retry_after: String(seconds) });
  }
}

/** The password was right: it was no guess. */
export async function giveBackPlaces(tx: Tx, mine: string, subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) await giveBack(tx, mine, subject);
}
