import { Module } from '@nestjs/common';
import { MinesModule } from '../mines/index.js';
import { ImportFolder } from './app/import-folder.js';
import { ImportQueue } from './app/import-queue.js';
import { RegisterImport } from './app/register-import.js';
import { RunImport } from './app/run-import.js';
import { TakeRow } from './app/take-row.js';
import { ImportsController } from './http/imports.controller.js';
import { RecordsDoorController } from './http/records-door.controller.js';
import { REFERENCE_DOORS } from './http/reference-doors.js';

@Module({
  imports: [MinesModule],
  controllers: [ImportsController, RecordsDoorController, ...REFERENCE_DOORS],
  providers: [RegisterImport, RunImport, TakeRow, ImportQueue, ImportFolder],
  exports: [ImportQueue, ImportFolder],
})
export class IntakeModule {}
