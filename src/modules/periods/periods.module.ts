import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/index.js';
import { CloseByCommand } from './app/close-by-command.js';
import { Reopenings } from './app/reopen-period.js';
import { DeclarationsController } from './http/declarations.controller.js';
import { PeriodsController } from './http/periods.controller.js';

@Module({
  imports: [ApprovalModule],
  controllers: [PeriodsController, DeclarationsController],
  providers: [Reopenings, CloseByCommand],
  exports: [CloseByCommand],
})
export class PeriodsModule {}
