import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CODE, EXACT, isFinite, isOneOf } from '../../../platform/database/column-types.js';

@Entity('imports')
@Index('imports_by_content', ['mineId', 'kind', 'sha256'])
@Index('imports_unfinished', ['mineId', 'id'], { where: `status IN ('queued','running')` })
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Import {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('status', ['queued', 'running', 'refused', 'accepted']))
  status!: 'queued' | 'running' | 'refused' | 'accepted';

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text', name: 'file_name' })
  fileName!: string;

  @Column({ type: 'bigint', name: 'size_bytes' })
  sizeBytes!: string;

  @Column(CODE)
  sha256!: string;

  @Column({ type: 'text', nullable: true })
  body!: string | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ type: 'text', nullable: true })
  phase!: string | null;

  @Column({ type: 'bigint', name: 'rows_read', default: 0 })
  rowsRead!: string;

  @Column({ type: 'bigint', name: 'rows_accepted', default: 0 })
  rowsAccepted!: string;

  @Column({ type: 'bigint', name: 'rows_refused', default: 0 })
  rowsRefused!: string;

  @Column({ type: 'bigint', name: 'control_rows', default: 0 })
  controlRows!: string;

  /** Yuan; the exact sum of the amounts accepted. */
  @Column({ ...EXACT, name: 'control_amount', default: 0 })
  @Check(isFinite('control_amount'))
  controlAmount!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
