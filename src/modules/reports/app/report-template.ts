import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { StoredFile } from '../../../platform/files/file-store.js';
import type { Reach } from '../../mines/index.js';
import { insertTemplate, templateInForce, type TemplateInForce } from '../db/template-queries.js';
import { KeptBytes } from './kept-bytes.js';

/** Bytes of an uploaded template; what it may hold inflated is capped where it is read. */
export const MAX_TEMPLATE_BYTES = 8 * 2 ** 20;

/** A name that can stand in a table and in the header of a download. */
const NAME = /^[^\p{Cc}\p{Surrogate}]{1,200}$/u;

export interface UploadedTemplate {
  readonly name: string;
  readonly stored: StoredFile;
}

/** The Word template that the office restyles: reports made from now on are written into it, stored ones stay. */
@Injectable()
export class ReportTemplates {
  constructor(
    private readonly uow: UnitOfWork,
    readonly bytes: KeptBytes,
  ) {}

  /** null: the built-in one. */
  async inForce(reach: Reach): Promise<TemplateInForce | null> {
    const set = await this.uow.run(reach, (tx) => templateInForce(tx, reach.mine));
    return set === null || set.sha256 === '' ? null : set;
  }

  /** @throws AppError `report_file_damaged` */
  async content(template: TemplateInForce | null): Promise<Uint8Array> {
    if (template !== null) return this.bytes.get(template.sha256);
    const { defaultTemplate } = await import('../render/docx/default-template.js');
    return defaultTemplate();
  }

  /**
   * Puts an uploaded template in force.
   * @throws AppError `template_name`, `template_refused` with the reason as its finding
   */
  async set(reach: Reach, { name, stored }: UploadedTemplate): Promise<TemplateInForce> {
    if (!NAME.test(name)) throw new AppError('malformed', 'template_name');
    await requireGood(await readFile(this.bytes.store.pathOf(stored.sha256)));
    await this.uow.run(reach, (tx) => insertTemplate(tx, reach.mine, { ...stored, name, setBy: reach.actor }));
    return (await this.inForce(reach))!;
  }

  /** Back to the built-in one. */
  async reset(reach: Reach): Promise<void> {
    if ((await this.inForce(reach)) === null) return;
    const builtIn = { sha256: '', name: '', sizeBytes: 0, setBy: reach.actor };
    await this.uow.run(reach, (tx) => insertTemplate(tx, reach.mine, builtIn));
  }
}

async function requireGood(bytes: Uint8Array): Promise<void> {
  const { readTemplate } = await import('../render/docx/template.js');
  const { TemplateRefusal } = await import('../render/docx/template-refusal.js');
  try {
    await readTemplate(bytes);
  } catch (error) {
    if (!(error instanceof TemplateRefusal)) throw error;
    const finding = { row: 0, column: '', code: `template_${error.code}`, params: { what: error.what } };
    throw new AppError('refused', 'template_refused', {}, [finding]);
  }
}
