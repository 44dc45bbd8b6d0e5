import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, dayInChina } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { LOG, type Log } from '../../../platform/logging/log.js';
import { withOrigin } from '../../../platform/origin/origin.js';
import { EVERY_MINE, wholeMine } from '../../mines/index.js';
import { dueDrafts, markDrafted, type DueDraft } from '../db/settings-queries.js';
import { MakeReport } from './make-report.js';

const HOUR_MS = 3_600_000;
/** Who drafts by calendar. */
const ACTOR = 'calendar';

/**
 * Drafts the last month on the day that a mine has set. Looked for every hour and at the start, so that a day on which the
 * service stood still is made up for. One process at a time: two would make two drafts of data that changes between them.
 */
@Injectable()
export class MonthlyDrafts implements OnApplicationBootstrap, OnModuleDestroy {
  private hourly: NodeJS.Timeout | undefined;
  private drafting: Promise<void> = Promise.resolve();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly makeReport: MakeReport,
    private readonly clock: Clock,
    private readonly host: HttpAdapterHost,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    // Commands work without an HTTP face, and are not the service.
    if ((this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | null) === null) return;
    const look = () => {
      this.drafting = this.drafting
        .then(() => withOrigin({ request: 'job report drafts', address: null }, () => this.makeDue()))
        .catch((err: unknown) => this.log.warn({ err }, 'could not look for reports to draft'));
    };
    look();
    this.hourly = setInterval(look, HOUR_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.hourly);
    await this.drafting;
  }

  /** Makes what is due, unless another process does; one that fails is due still, and does not keep the others waiting. */
  async makeDue(): Promise<void> {
    const today = dayInChina(this.clock.now());
    await this.uow.run(EVERY_MINE, async (tx) => {
      const [lock] = await tx.rows<{ held: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('report drafts', 7)) AS held`,
      );
      if (!lock!.held) return;
      for (const due of await dueDrafts(tx, today)) {
        await this.draft(due).catch((err: unknown) => this.log.warn({ err, ...due }, 'report not drafted'));
      }
    });
  }

  private async draft({ mine, on, period }: DueDraft): Promise<void> {
    const reach = wholeMine(mine, ACTOR);
    if (period !== null) await this.makeReport.make(reach, { from: period, to: period }, 'zh');
    await this.uow.run(reach, (tx) => markDrafted(tx, mine, on));
  }
}
