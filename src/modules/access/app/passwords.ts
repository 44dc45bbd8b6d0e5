import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';
import { AppError } from '../../../platform/errors/app-error.js';

/** Argon2id with the least that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, two passes, one lane. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD_LENGTH = 10;
export const ONE_TIME_PASSWORD_HOURS = 72;

/** Without the characters that people mistake for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Keyboards write the same character in several ways (NFKC). */
const normal = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => hash(normal(password), ARGON2ID);

let nobodys: Promise<string> | undefined;

/** Takes as long where there is no password (null), so that the time does not tell who exists. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const dummy = await (nobodys ??= hashPassword(randomBytes(16).toString('hex')));
  const isRight = await verify(passwordHash ?? dummy, normal(password));
  return isRight && passwordHash !== null;
}

/** A password that lets its holder choose another, and nothing else. */
export interface OneTimePassword {
  readonly password: string;
  readonly hash: string;
  readonly expiresAt: Date;
}

/** 16 characters of 31: more than 79 bits. */
export async function newOneTimePassword(now: Date): Promise<OneTimePassword> {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const password = Array.from({ length: GROUPS }, group).join('-');
  const expiresAt = new Date(now.getTime() + ONE_TIME_PASSWORD_HOURS * 3_600_000);
  return { password, hash: await hashPassword(password), expiresAt };
}

/** @throws AppError `password_too_short`, `password_is_username`, `password_not_new` */
export function checkNewPassword(username: string, current: string, next: string): void {
  const chosen = normal(next);
  if ([...chosen].length < MIN_PASSWORD_LENGTH) {
    throw new AppError('refused', 'password_too_short', { min: String(MIN_PASSWORD_LENGTH) });
  }
  if (chosen.toLowerCase() === username) throw new AppError('refused', 'password_is_username');
  if (chosen === normal(current)) throw new AppError('refused', 'password_not_new');
}
