export { ImportFolder, type FolderImport } from './app/import-folder.js';
export { ImportQueue } from './app/import-queue.js';
export { Inbox } from './app/inbox.js';
export type { OnProgress } from './app/run-import.js';
export type { Wishes } from './db/import-queries.js';
export { IntakeModule } from './intake.module.js';
export { INTAKE_SENTENCES } from './intake.errors.js';
