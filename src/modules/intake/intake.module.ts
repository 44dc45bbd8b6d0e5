import { Module, type DynamicModule } from '@nestjs/common';
import { EventHub } from '../../platform/events/event-hub.js';
import { EventStreams } from '../../platform/events/event-streams.js';
import type { FormatLimits } from '../formats/index.js';
import { ApprovalModule } from '../approval/index.js';
import { MinesModule } from '../mines/index.js';
import { RecordsModule } from '../records/index.js';
import { EnterRecord } from './app/enter-record.js';
import { ImportApproval } from './app/import-approval.js';
import { ImportFolder } from './app/import-folder.js';
import { ImportQueue } from './app/import-queue.js';
import { Inbox, INBOX_SETTINGS, type InboxSettings } from './app/inbox.js';
import { PreviewImport } from './app/preview-import.js';
import { RecordSubject } from './app/record-subject.js';
import { RegisterImport } from './app/register-import.js';
import { ReturnWorkbook } from './app/return-workbook.js';
import { FORMAT_LIMITS, RunImport } from './app/run-import.js';
import { TakeRow } from './app/take-row.js';
import { WithdrawRecords } from './app/withdraw-records.js';
import { ComparisonController } from './http/comparison.controller.js';
import { EventsController } from './http/events.controller.js';
import { ImportsController } from './http/imports.controller.js';
import { PreviewController } from './http/preview.controller.js';
import { RecordStepsController } from './http/record-steps.controller.js';
import { RecordsDoorController } from './http/records-door.controller.js';
import { REFERENCE_DOORS } from './http/reference-doors.js';
import { ReturnsController } from './http/returns.controller.js';

@Module({})
export class IntakeModule {
  /** `limits` cap what is read of one file. */
  static with(limits: FormatLimits, inbox: InboxSettings): DynamicModule {
    return {
      module: IntakeModule,
      imports: [MinesModule, ApprovalModule, RecordsModule],
      controllers: [
        PreviewController,
        ImportsController,
        ComparisonController,
        EventsController,
        ReturnsController,
        RecordsDoorController,
        RecordStepsController,
        ...REFERENCE_DOORS,
      ],
      providers: [
        { provide: FORMAT_LIMITS, useValue: limits },
        { provide: INBOX_SETTINGS, useValue: inbox },
        ...[EventHub, EventStreams, Inbox, ImportApproval],
        ...[RegisterImport, RunImport, TakeRow, ImportQueue, ImportFolder, PreviewImport, ReturnWorkbook],
        ...[EnterRecord, WithdrawRecords, RecordSubject],
      ],
      exports: [ImportQueue, ImportFolder, Inbox],
    };
  }
}
