import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Anchors } from '../../audit/index.js';
import type { Reach } from '../../mines/index.js';
import { closePeriod } from './close-period.js';

/** Closes a period and leaves the head of the audit chain outside the database. */
@Injectable()
export class SealPeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly anchors: Anchors,
  ) {}

  /** With the sight of the whole mine. Answers the version of the closing. @throws AppError as `closePeriod` does */
  async close(reach: Reach, period: string): Promise<number> {
    const version = await this.uow.run(reach, (tx) => closePeriod(tx, reach, period));
    await this.anchors.keep(reach.mine);
    return version;
  }
}
