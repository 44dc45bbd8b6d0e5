import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors/app-error.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FileStore, type StoredFile } from '../../../platform/files/file-store.js';
import { reachOf, type CallerHere } from '../../access/index.js';
import type { Reach } from '../../mines/index.js';
import {
  findEvidence,
  insertEvidence,
  listEvidence,
  type EvidenceOf,
  type ShownEvidence,
} from '../db/evidence-queries.js';
import { Approvals } from './approvals.js';
import { evidenceType } from './evidence-type.js';

/** Bytes of one paper. */
export const MAX_EVIDENCE_BYTES = 20 * 2 ** 20;

/** A name that can stand in a table and in the header of a download. */
const NAME = /^[^\p{Cc}\p{Surrogate}]{1,200}$/u;

const UNKNOWN = { record: 'unknown_record', import: 'unknown_import' } as const;
const READ = { record: 'records.read', import: 'imports.read' } as const;

export interface EvidenceFile {
  readonly name: string;
  readonly stored: StoredFile;
}

/** Papers that prove records and imports: added by who made the thing or checks it, seen by who sees it, never removed. */
@Injectable()
export class EvidenceDesk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
    readonly store: FileStore,
  ) {}

  /**
   * Adds a stored file. Its bytes stay in the store also where they are refused, as those of refused imports do.
   * @throws AppError `unknown_record`, `unknown_import`, `evidence_not_yours`, `evidence_name`, `evidence_type`
   */
  async add(by: CallerHere, subject: EvidenceOf, key: string, { name, stored }: EvidenceFile): Promise<ShownEvidence> {
    const maker = await this.makerOf(by.reach, subject, key);
    if (maker === null) throw new AppError('not_found', UNKNOWN[subject], { id: key });
    if (maker !== by.actor && !(await this.checks(by, subject, key)))
      throw new AppError('forbidden', 'evidence_not_yours');
    if (!NAME.test(name)) throw new AppError('malformed', 'evidence_name');
    const mediaType = await evidenceType(this.store.pathOf(stored.sha256), name);
    if (mediaType === null) throw new AppError('unsupported', 'evidence_type');
    const evidence = { subject, key, name, mediaType, actor: by.actor, ...stored };
    return this.uow.run(by.reach, (tx) => insertEvidence(tx, by.mine, evidence));
  }

  /** @throws AppError `unknown_record`, `unknown_import` */
  async list({ reach }: CallerHere, subject: EvidenceOf, key: string): Promise<ShownEvidence[]> {
    if ((await this.makerOf(reach, subject, key)) === null) {
      throw new AppError('not_found', UNKNOWN[subject], { id: key });
    }
    return this.uow.run(reach, (tx) => listEvidence(tx, reach.mine, subject, key));
  }

  /** One that hangs on a thing that the caller sees. @throws AppError `unknown_evidence` */
  async find(by: CallerHere, id: string): Promise<ShownEvidence> {
    const found = await this.uow.run(by.reach, (tx) => findEvidence(tx, by.mine, id));
    const reach = found === null ? null : reachOf(by, READ[found.subject]);
    if (found === null || reach === null || (await this.makerOf(reach, found.subject, found.key)) === null) {
      throw new AppError('not_found', 'unknown_evidence', { id });
    }
    return found;
  }

  /** Whether the caller may decide over the thing. */
  private async checks(by: CallerHere, subject: EvidenceOf, key: string): Promise<boolean> {
    const reach = reachOf(by, 'approvals.decide');
    return reach !== null && (await this.makerOf(reach, subject, key)) !== null;
  }

  private makerOf(reach: Reach, subject: EvidenceOf, key: string): Promise<string | null> {
    return this.uow.run(reach, async (tx) => {
      return (await this.approvals.subject(subject)?.makerOf?.(tx, reach.mine, key, reach)) ?? null;
    });
  }
}
