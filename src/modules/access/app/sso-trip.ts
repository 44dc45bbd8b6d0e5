import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

/** What must be the same when a person comes back from the provider of single sign-on. */
export interface SsoTrip {
  readonly mine: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Longer than anyone needs to type a password and a code. */
export const TRIP_SECONDS = 600;

const TYPE = 'sso-trip';
const ENCRYPTION = 'A256GCM';

/** A key of its own, so that no sealed trip can ever be taken for an access token. */
const keyFrom = (tokenKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', tokenKey, new Uint8Array(), 'six-synergies sso-trip', 32));

/** The browser carries it, and can neither read nor change it. */
export async function sealTrip(trip: SsoTrip, tokenKey: Uint8Array, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new EncryptJWT({ ...trip })
    .setProtectedHeader({ alg: 'dir', enc: ENCRYPTION, typ: TYPE })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + TRIP_SECONDS)
    .encrypt(keyFrom(tokenKey));
}

/** Null for what we did not seal, or too long ago. */
export async function openTrip(sealed: string, tokenKey: Uint8Array, now: Date): Promise<SsoTrip | null> {
  try {
    const { payload } = await jwtDecrypt<SsoTrip>(sealed, keyFrom(tokenKey), {
      ...{ keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: [ENCRYPTION], typ: TYPE },
      ...{ requiredClaims: ['exp', 'mine', 'state', 'nonce', 'verifier'], currentDate: now },
    });
    const { mine, state, nonce, verifier } = payload;
    return { mine, state, nonce, verifier };
  } catch {
    return null;
  }
}
