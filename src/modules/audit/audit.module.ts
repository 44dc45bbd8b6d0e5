import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { join } from 'node:path';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Sentences } from '../../platform/http/sentences.js';
import { EVERY_MINE } from '../mines/index.js';
import { Anchors } from './app/anchors.js';
import { chainedMines } from './app/verify-chain.js';
import { AUDIT_SENTENCES } from './audit.errors.js';
import { AuditController } from './http/audit.controller.js';

/** Reads and checks the chain that the database writes. Gives every module `Anchors`. */
@Module({ controllers: [AuditController] })
export class AuditModule implements OnApplicationBootstrap {
  constructor(
    sentences: Sentences,
    private readonly uow: UnitOfWork,
    private readonly anchors: Anchors,
  ) {
    sentences.register(AUDIT_SENTENCES);
  }

  /** @param dataDir where the file of anchors is kept */
  static with(dataDir: string): DynamicModule {
    const provider = {
      provide: Anchors,
      useFactory: (uow: UnitOfWork) => new Anchors(uow, join(dataDir, 'audit-anchors.jsonl')),
      inject: [UnitOfWork],
    };
    return { module: AuditModule, global: true, providers: [provider], exports: [Anchors] };
  }

  /** A sealing may have been cut off before its anchor was written down. */
  async onApplicationBootstrap(): Promise<void> {
    for (const mine of await this.uow.run(EVERY_MINE, chainedMines)) await this.anchors.keep(mine);
  }
}
