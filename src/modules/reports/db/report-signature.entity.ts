import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/**
 * One person's signature under the hash of a final report. The database itself keeps the order (each step stands on the
 * one before it) and that nobody signs twice.
 */
@Entity('report_signatures')
@Unique(['mineId', 'reportId', 'signedBy'])
@ForeignKey('Report', ['mineId', 'reportId', 'state', 'modelSha256'], ['mineId', 'id', 'state', 'modelSha256'])
@ForeignKey('ReportSignature', ['mineId', 'reportId', 'afterStep'], ['mineId', 'reportId', 'step'])
@Check('report_signatures_in_order', 'after_step IS NOT DISTINCT FROM nullif(step - 1, 0)')
@Check('report_signatures_step_of_role', `role = (ARRAY['prepare','review','chief','committee'])[step]`)
export class ReportSignature {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'report_id' })
  reportId!: string;

  /** From 1. */
  @PrimaryColumn({ type: 'smallint' })
  @Check('step BETWEEN 1 AND 4')
  step!: number;

  /** The step before; null at the first. */
  @Column({ type: 'smallint', name: 'after_step', nullable: true })
  afterStep!: number | null;

  @Column(CODE)
  role!: string;

  @Column(CODE)
  @Check(`state = 'final'`)
  state!: string;

  /** What was signed. */
  @Column({ ...CODE, name: 'model_sha256' })
  modelSha256!: string;

  @Column({ ...CODE, name: 'signed_by' })
  signedBy!: string;

  @Column({ type: 'timestamptz', name: 'signed_at', default: () => 'now()' })
  signedAt!: Date;
}
