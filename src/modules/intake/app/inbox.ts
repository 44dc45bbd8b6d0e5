import { watch, type FSWatcher } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { StoredFile } from '../../../platform/files/file-store.js';
import { EVERY_MINE, Mines, wholeMine } from '../../mines/index.js';
import {
  answerOf,
  importOf,
  INBOX_ACTOR,
  isReceiptOf,
  receiptFiles,
  refusedAtOnce,
  type Answer,
} from './inbox-answer.js';
import { asOfOneMoment } from '../db/import-answers.js';
import { ImportApproval } from './import-approval.js';
import { InboxFolder, type InboxFile } from './inbox-folder.js';
import { RegisterImport } from './register-import.js';
import { ReturnWorkbook } from './return-workbook.js';

export interface InboxSettings {
  /** Absolute; undefined: no folder is watched. */
  readonly dir: string | undefined;
  /** Undefined: the only mine there is. */
  readonly mine: string | undefined;
  readonly scanMs: number;
  /** A longer file is refused. */
  readonly maxBytes: number;
}

/** Token of the InboxSettings that the composition root hands in. */
export const INBOX_SETTINGS = Symbol('INBOX_SETTINGS');

/** After a hint a scan comes this soon, and not more often. */
const HINT_MS = 500;

/**
 * Takes in what is put into a folder, unattended. What it knows of a file lies in the database and the folder: a process
 * that is killed loses nothing, and of several processes one scans at a time.
 */
@Injectable()
export class Inbox implements OnApplicationShutdown {
  private readonly logger = new Logger(Inbox.name);
  private readonly folder: InboxFolder | null;
  /** By the version of the file; lost at a restart, when the content is looked up again. */
  private readonly taken = new Map<string, string | Answer>();
  private timer: NodeJS.Timeout | undefined;
  private nextAt = Infinity;
  private watcher: FSWatcher | null = null;
  private scanning: Promise<void> | null = null;
  private isStopped = false;
  /** What was wrong at the last scan, and with this one: each is said once. */
  private troubles = { before: new Set<string>(), now: new Set<string>() };

  constructor(
    @Inject(INBOX_SETTINGS) private readonly settings: InboxSettings,
    private readonly uow: UnitOfWork,
    private readonly register: RegisterImport,
    private readonly mines: Mines,
    private readonly workbooks: ReturnWorkbook,
    private readonly approval: ImportApproval,
  ) {
    this.folder = settings.dir === undefined ? null : new InboxFolder(settings.dir);
  }

  /** Does nothing where no folder is set. */
  start(): void {
    if (this.folder !== null) this.scanWithin(0);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.watcher?.close();
    await this.scanning;
  }

  private scanWithin(ms: number): void {
    const at = performance.now() + ms;
    if (this.isStopped || this.scanning !== null || at >= this.nextAt) return;
    clearTimeout(this.timer);
    this.nextAt = at;
    this.timer = setTimeout(() => {
      this.nextAt = Infinity;
      this.scanning = this.scanOnce().finally(() => {
        this.scanning = null;
        this.scanWithin(this.settings.scanMs);
      });
    }, ms);
  }

  private async scanOnce(): Promise<void> {
    try {
      await this.folder!.prepare();
      this.watch();
      await this.uow.run(EVERY_MINE, async (tx) => {
        const [lock] = await tx.rows<{ held: boolean }>(
          'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS held',
          [`inbox ${this.folder!.path}`],
        );
        if (lock!.held) await this.scan(this.folder!);
      });
    } catch (error) {
      this.warnOnce(`the inbox was not read: ${String(error)}`);
    }
    this.troubles = { before: this.troubles.now, now: new Set() };
  }

  /** A hint: on shared folders nothing is heard of what other machines do. */
  private watch(): void {
    if (this.watcher !== null || this.isStopped) return;
    this.watcher = watch(this.folder!.path, { persistent: false }, () => this.scanWithin(HINT_MS));
    this.watcher.on('error', () => {
      this.watcher?.close();
      this.watcher = null;
    });
  }

  private async scan(folder: InboxFolder): Promise<void> {
    const mine = await this.mines.resolve(this.settings.mine ?? null);
    const files = await folder.complete();
    const versions = new Set(files.map(({ version }) => version));
    for (const version of this.taken.keys()) if (!versions.has(version)) this.taken.delete(version);
    for (const file of files) {
      // One that cannot be read must not keep the others waiting.
      await this.attend(folder, mine, file).catch((error: unknown) =>
        this.warnOnce(`${file.name} stays in the inbox: ${String(error)}`),
      );
      if (this.isStopped) return;
    }
  }

  private async attend(folder: InboxFolder, mine: string, file: InboxFile): Promise<void> {
    if (!this.taken.has(file.version)) {
      const taken = await this.take(folder, mine, file);
      if (taken === null) return;
      this.taken.set(file.version, taken);
    }
    const taken = this.taken.get(file.version)!;
    const answer = typeof taken === 'string' ? await this.answer(mine, taken) : taken;
    if (answer === null) return;
    const target = await folder.target(answer.outcome, file.name, (path) => isReceiptOf(answer, path));
    const { importId } = answer.receipt;
    if (answer.outcome === 'refused' && importId !== '') await this.mark(mine, importId, target);
    if (await folder.fileAway(file, target, receiptFiles(answer))) {
      this.logger.log(`${file.name} of the inbox: ${answer.outcome}, import ${importId}`);
    }
  }

  private answer(mine: string, importId: string): Promise<Answer | null> {
    return this.uow.run(wholeMine(mine), async (tx) => {
      await asOfOneMoment(tx);
      return answerOf(tx, mine, importId, this.approval);
    });
  }

  /** Where there is nothing to mark, or it cannot be marked, the receipt alone says what is wrong. */
  private async mark(mine: string, importId: string, target: string): Promise<void> {
    const unfinished = `${target}.marked.part`;
    try {
      const name = await this.workbooks.write(wholeMine(mine), importId, null, unfinished);
      await rename(unfinished, `${target}.marked${extname(name)}`);
    } catch (error) {
      await rm(unfinished, { force: true });
      if (error instanceof AppError && error.trouble === 'unavailable') throw error;
      if (!(error instanceof AppError)) this.warnOnce(`import ${importId} was not marked: ${String(error)}`);
    }
  }

  /** Answers the import, or why there is none; null when the file changed while it was read. */
  private async take(folder: InboxFolder, mine: string, file: InboxFile): Promise<string | Answer | null> {
    const { store } = this.register;
    const stored = await folder.read(file, async (handle): Promise<StoredFile> => {
      const { size } = await handle.stat();
      if (size > this.settings.maxBytes) return { sha256: '', sizeBytes: size };
      return store.put(handle.createReadStream({ autoClose: false, start: 0 }));
    });
    if (stored === null) return null;
    try {
      if (stored.sha256 === '') throw new AppError('too_large', 'file_too_large');
      const known = await this.uow.run(wholeMine(mine), (tx) => importOf(tx, mine, file, stored));
      if (known !== null) return known;
      const handIn = { kind: 'auto', fileName: file.name } as const;
      return (await this.register.stored(wholeMine(mine, INBOX_ACTOR), handIn, stored)).importId;
    } catch (error) {
      if (error instanceof AppError) return refusedAtOnce(mine, file, stored, error);
      throw error;
    }
  }

  private warnOnce(trouble: string): void {
    if (!this.troubles.before.has(trouble)) this.logger.warn(trouble);
    this.troubles.now.add(trouble);
  }
}
