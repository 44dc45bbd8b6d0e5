import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MinesModule } from '../mines/index.js';
import { Callers } from './app/callers.js';
import { TOKEN_KEY, Tokens } from './app/tokens.js';
import { AccessGuard } from './http/access.guard.js';

@Module({})
export class AccessModule {
  /** `tokenKey` signs access tokens: 32 random bytes or more, the same in every process of the service. */
  static with(tokenKey: Uint8Array): DynamicModule {
    return {
      module: AccessModule,
      imports: [MinesModule],
      providers: [
        { provide: TOKEN_KEY, useValue: tokenKey },
        { provide: APP_GUARD, useClass: AccessGuard },
        ...[Callers, Tokens],
      ],
    };
  }
}
