import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/index.js';
import { MinesModule } from '../mines/index.js';
import { DecideRecords } from './app/decide-records.js';
import { RecordsController } from './http/records.controller.js';

@Module({
  imports: [MinesModule, ApprovalModule],
  controllers: [RecordsController],
  providers: [DecideRecords],
  exports: [DecideRecords],
})
export class RecordsModule {}
