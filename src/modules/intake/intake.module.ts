import { Module, type DynamicModule } from '@nestjs/common';
import { EventHub } from '../../platform/events/event-hub.js';
import { EventStreams } from '../../platform/events/event-streams.js';
import type { FormatLimits } from '../formats/index.js';
import { MinesModule } from '../mines/index.js';
import { ImportFolder } from './app/import-folder.js';
import { ImportQueue } from './app/import-queue.js';
import { PreviewImport } from './app/preview-import.js';
import { RegisterImport } from './app/register-import.js';
import { FORMAT_LIMITS, RunImport } from './app/run-import.js';
import { TakeRow } from './app/take-row.js';
import { ComparisonController } from './http/comparison.controller.js';
import { EventsController } from './http/events.controller.js';
import { ImportsController } from './http/imports.controller.js';
import { PreviewController } from './http/preview.controller.js';
import { RecordsDoorController } from './http/records-door.controller.js';
import { REFERENCE_DOORS } from './http/reference-doors.js';

@Module({})
export class IntakeModule {
  /** `limits` cap what is read of one file. */
  static with(limits: FormatLimits): DynamicModule {
    return {
      module: IntakeModule,
      imports: [MinesModule],
      controllers: [
        PreviewController,
        ImportsController,
        ComparisonController,
        EventsController,
        RecordsDoorController,
        ...REFERENCE_DOORS,
      ],
      providers: [
        { provide: FORMAT_LIMITS, useValue: limits },
        ...[EventHub, EventStreams],
        ...[RegisterImport, RunImport, TakeRow, ImportQueue, ImportFolder, PreviewImport],
      ],
      exports: [ImportQueue, ImportFolder],
    };
  }
}
