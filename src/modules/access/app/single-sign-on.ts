import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock } from '../../../platform/clock/clock.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { LOG, type Log } from '../../../platform/logging/log.js';
import { openTrip, sealTrip } from './sso-trip.js';
import { TOKEN_KEY } from './tokens.js';

/** Token of the OidcSettings that the composition root hands in; null: there is no single sign-on. */
export const OIDC_SETTINGS = Symbol('OIDC_SETTINGS');

/** A client of an OpenID provider; URLs are HTTPS, or HTTP on the loopback. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back. */
  readonly redirectUrl: string;
}

/** What the person did, or somebody between us; anything else is the provider's or the operator's trouble. */
const REFUSALS = new Set([
  ...['OAUTH_AUTHORIZATION_RESPONSE_ERROR', 'OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
  ...['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED'],
]);

const TIMEOUT_SECONDS = 5;

/** Authorization code flow with PKCE (RFC 9700, 2.1.1; OpenID Connect Core 1.0, 3.1) with the group's provider. */
@Injectable()
export class SingleSignOn {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(
    @Inject(OIDC_SETTINGS) private readonly settings: OidcSettings | null,
    @Inject(TOKEN_KEY) private readonly tokenKey: Uint8Array,
    @Inject(LOG) private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** Whether browsers reach the callback by HTTPS. */
  get isSecure(): boolean {
    return this.settings?.redirectUrl.startsWith('https:') === true;
  }

  /**
   * Where to send a person who wants to sign in at this mine, and what their browser keeps meanwhile.
   * @throws AppError `sso_not_configured`, `sso_unavailable`
   */
  async begin(mine: string): Promise<{ readonly address: string; readonly sealed: string }> {
    const { redirectUrl } = this.configured();
    const provider = await this.provider();
    const trip = {
      mine,
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const address = oidc.buildAuthorizationUrl(provider, {
      ...{ redirect_uri: redirectUrl, scope: 'openid', state: trip.state, nonce: trip.nonce },
      ...{ code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier), code_challenge_method: 'S256' },
    });
    return { address: address.href, sealed: await sealTrip(trip, this.tokenKey, this.clock.now()) };
  }

  /**
   * Whom the provider vouches for, when they come back with this query (`?code=…`).
   * @throws AppError `sso_refused`, `sso_not_configured`, `sso_unavailable`
   */
  async end(query: string, sealed: string | undefined): Promise<{ readonly mine: string; readonly subject: string }> {
    const { redirectUrl } = this.configured();
    const trip = sealed === undefined ? null : await openTrip(sealed, this.tokenKey, this.clock.now());
    if (trip === null) throw new AppError('unauthenticated', 'sso_refused');
    const provider = await this.provider();
    const address = new URL(redirectUrl);
    address.search = query;
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, address, {
        ...{ expectedState: trip.state, expectedNonce: trip.nonce, pkceCodeVerifier: trip.verifier },
        idTokenExpected: true,
      });
      return { mine: trip.mine, subject: tokens.claims()!.sub };
    } catch (error) {
      throw this.failure(error);
    }
  }

  private configured(): OidcSettings {
    if (this.settings === null) throw new AppError('not_found', 'sso_not_configured');
    return this.settings;
  }

  /** Asked for when first needed, so that the service starts without it; once it answered, it is not asked again. */
  private async provider(): Promise<oidc.Configuration> {
    try {
      return await (this.discovered ??= discover(this.configured()));
    } catch (error) {
      this.discovered = undefined;
      throw this.failure(error);
    }
  }

  private failure(error: unknown): AppError {
    const { code = '', error: answered } = error as { readonly code?: string; readonly error?: string };
    if (REFUSALS.has(code) || answered === 'invalid_grant') return new AppError('unauthenticated', 'sso_refused');
    this.log.warn({ err: error }, 'single sign-on failed');
    return new AppError('unavailable', 'sso_unavailable');
  }
}

function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  // Signatures of ID tokens are checked although they come straight from the provider.
  const settings = [
    oidc.enableNonRepudiationChecks,
    ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
  ];
  // RFC 6749, 2.3.1: what every provider must support.
  const authentication = oidc.ClientSecretBasic(clientSecret);
  return oidc.discovery(server, clientId, {}, authentication, { execute: settings, timeout: TIMEOUT_SECONDS });
}
