import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MinesModule } from '../mines/index.js';
import { Administrators } from './app/administrators.js';
import { Callers } from './app/callers.js';
import { ChangePassword } from './app/change-password.js';
import { Sessions } from './app/sessions.js';
import { SignIn } from './app/sign-in.js';
import { OIDC_SETTINGS, SingleSignOn, type OidcSettings } from './app/single-sign-on.js';
import { TOKEN_KEY, Tokens } from './app/tokens.js';
import { AccessGuard } from './http/access.guard.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { AuthController, OwnSignInController } from './http/auth.controller.js';
import { DelegationsController } from './http/delegations.controller.js';
import { MeController } from './http/me.controller.js';
import { MinesController } from './http/mines.controller.js';
import { SsoController } from './http/sso.controller.js';
import { UsersController } from './http/users.controller.js';

@Module({})
export class AccessModule {
  /**
   * `tokenKey` signs access tokens: 32 random bytes or more, the same in every process of the service; `oidc` is null
   * where there is no single sign-on.
   */
  static with(tokenKey: Uint8Array, oidc: OidcSettings | null): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [MinesModule],
      controllers: [
        ...[AuthController, OwnSignInController, SsoController, MeController],
        ...[UsersController, ApiKeysController, DelegationsController, MinesController],
      ],
      providers: [
        { provide: TOKEN_KEY, useValue: tokenKey },
        { provide: OIDC_SETTINGS, useValue: oidc },
        { provide: APP_GUARD, useClass: AccessGuard },
        ...[Administrators, Callers, ChangePassword, Sessions, SignIn, SingleSignOn, Tokens],
      ],
      exports: [Administrators, Callers],
    };
  }
}
