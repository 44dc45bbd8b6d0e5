import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/index.js';
import { Reopenings } from './app/reopen-period.js';
import { SealPeriod } from './app/seal-period.js';
import { DeclarationsController } from './http/declarations.controller.js';
import { PeriodsController } from './http/periods.controller.js';

@Module({
  imports: [ApprovalModule],
  controllers: [PeriodsController, DeclarationsController],
  providers: [Reopenings, SealPeriod],
  exports: [SealPeriod],
})
export class PeriodsModule {}
