import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Attempts } from './attempts.js';
import { IdempotencyInterceptor, KEY_OWNER, type OwnerOf } from './idempotency.interceptor.js';
import { SweepKeys } from './sweep-keys.js';

@Module({
  providers: [Attempts, SweepKeys, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
})
export class IdempotencyModule {
  /** `ownerOf` is asked behind the guards. */
  static with(ownerOf: OwnerOf): DynamicModule {
    return { module: IdempotencyModule, providers: [{ provide: KEY_OWNER, useValue: ownerOf }] };
  }
}
