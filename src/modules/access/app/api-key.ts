import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A key as a program sends it: `ss.<mine>.<id>.<secret>`, the secret 32 random bytes in base64url. */
export interface ApiKeyParts {
  readonly mine: string;
  readonly id: string;
  readonly secret: string;
}

const PATTERN = /^ss\.([A-Za-z0-9_-]{1,32})\.([a-z0-9]{8,32})\.([A-Za-z0-9_-]{43})$/;

export function parseApiKey(text: string): ApiKeyParts | null {
  const [, mine, id, secret] = PATTERN.exec(text) ?? [];
  return mine === undefined ? null : { mine, id: id!, secret: secret! };
}

/** A new key: the text is shown once, its hash is kept. A hash of 32 random bytes needs no salt and no slowness. */
export function newApiKey(mine: string): { readonly id: string; readonly text: string; readonly sha256: string } {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `ss.${mine}.${id}.${secret}`, sha256: secretHash(secret) };
}

export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** In constant time. */
export const isSecret = (secret: string, sha256: string): boolean =>
  timingSafeEqual(Buffer.from(secretHash(secret), 'hex'), Buffer.from(sha256, 'hex'));
