import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOG, type Log } from '../logging/log.js';
import { deleteOldKeys, EVERYBODYS } from './key-queries.js';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 35;
const BATCH = 1_000;

/** Keys are kept for 35 days. */
@Injectable()
export class SweepKeys implements OnApplicationBootstrap, OnModuleDestroy {
  private daily: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private isEnding = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const sweep = () => {
      this.sweeping = this.sweep().catch((err: unknown) => this.log.warn({ err }, 'old keys not deleted'));
    };
    sweep();
    this.daily = setInterval(sweep, DAY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    clearInterval(this.daily);
    await this.sweeping;
  }

  /** Deletes those that are too old, in batches, so that nobody waits for it. */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS);
    for (let deleted = BATCH; deleted === BATCH && !this.isEnding;) {
      deleted = await this.uow.run(EVERYBODYS, (tx) => deleteOldKeys(tx, before, BATCH));
    }
  }
}
