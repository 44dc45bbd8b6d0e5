import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A closing of a period; the cells it reported stand in `closed_cells`. A reopening is written into the version it ends. */
@Entity('closings')
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Method', ['mineId', 'methodVersion'], ['mineId', 'version'])
@Check(
  'closings_reopened_by_two',
  `reopened_at IS NULL OR reopened_by IS DISTINCT FROM reopen_requested_by AND reopen_reason <> ''
    AND reopened_by IS NOT NULL AND reopen_requested_by IS NOT NULL`,
)
export class Closing {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  /** 1 is the first closing. */
  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'integer', name: 'method_version' })
  methodVersion!: number;

  /** Of the period, as it was frozen. */
  @Column({ type: 'bigint', name: 'data_version' })
  dataVersion!: string;

  /** The causes as they were decided: what was waived, by whom and why. */
  @Column({ type: 'jsonb' })
  checklist!: object;

  @Column({ ...CODE, name: 'closed_by' })
  closedBy!: string;

  @Column({ type: 'timestamptz', name: 'closed_at', default: () => 'now()' })
  closedAt!: Date;

  /** Of its cells (synergy/db/closed-cells.ts); null: closed before this was kept. */
  @Column({ ...CODE, name: 'cells_sha256', nullable: true })
  cellsSha256!: string | null;

  @Column({ ...CODE, name: 'reopen_requested_by', nullable: true })
  reopenRequestedBy!: string | null;

  @Column({ type: 'text', name: 'reopen_reason', nullable: true })
  reopenReason!: string | null;

  @Column({ ...CODE, name: 'reopened_by', nullable: true })
  reopenedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'reopened_at', nullable: true })
  reopenedAt!: Date | null;
}
