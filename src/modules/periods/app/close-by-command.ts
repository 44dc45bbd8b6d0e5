import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { wholeMine } from '../../mines/index.js';
import { closePeriod } from './close-period.js';

/** Closing for whoever has the command line of the machine. */
@Injectable()
export class CloseByCommand {
  constructor(private readonly uow: UnitOfWork) {}

  /** Answers the version of the closing. @throws AppError as `closePeriod` does */
  close(mine: string, period: string, actor: string): Promise<number> {
    const reach = wholeMine(mine, actor);
    return this.uow.run(reach, (tx) => closePeriod(tx, reach, period));
  }
}
