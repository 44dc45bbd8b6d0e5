import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({ providers: [UnitOfWork], exports: [UnitOfWork] })
export class DatabaseModule {
  /** `options` are made when the connection is, so that describing the service (OpenAPI) needs no database. */
  static with(options: () => DataSourceOptions): DynamicModule {
    // The database was reached a moment ago, by the migrations: trying again would only delay the reason.
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRootAsync({ useFactory: () => ({ ...options(), retryAttempts: 1 }) })],
    };
  }
}
