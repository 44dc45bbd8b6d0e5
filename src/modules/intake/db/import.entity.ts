import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CODE, EXACT, isFinite, isOneOf } from '../../../platform/database/column-types.js';

/** Waiting: checked, and not yet approved. Returned: sent back by whoever checked it. */
const STATUSES = ['queued', 'running', 'refused', 'waiting', 'returned', 'accepted'] as const;

@Entity('imports')
@Index('imports_by_content', ['mineId', 'kind', 'sha256'])
@Index('imports_unfinished', ['mineId', 'id'], { where: `status IN ('queued','running')` })
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Import', ['mineId', 'supersedes'], ['mineId', 'id'])
@ForeignKey('Import', ['mineId', 'supersededBy'], ['mineId', 'id'])
export class Import {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('status', STATUSES))
  status!: (typeof STATUSES)[number];

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

  /** What the content was recognised as. */
  @Column({ type: 'text', nullable: true })
  format!: string | null;

  /** The mapping profile: as asked for while it waits, as used once it is done. */
  @Column({ ...CODE, nullable: true })
  profile!: string | null;

  @Column({ type: 'integer', name: 'profile_version', nullable: true })
  profileVersion!: number | null;

  /** Control totals typed from the slip, in rows and yuan. */
  @Column({ type: 'bigint', name: 'typed_rows', nullable: true })
  typedRows!: string | null;

  @Column({ ...EXACT, name: 'typed_amount', nullable: true })
  @Check(isFinite('typed_amount'))
  typedAmount!: string | null;

  /** The earlier import whose records this one reverses and replaces. */
  @Column({ type: 'bigint', nullable: true })
  supersedes!: string | null;

  @Column({ type: 'bigint', name: 'superseded_by', nullable: true })
  supersededBy!: string | null;

  @Column({ type: 'text', nullable: true })
  phase!: string | null;

  @Column({ type: 'bigint', name: 'rows_read', default: 0 })
  rowsRead!: string;

  @Column({ type: 'bigint', name: 'rows_accepted', default: 0 })
  rowsAccepted!: string;

  @Column({ type: 'bigint', name: 'rows_refused', default: 0 })
  rowsRefused!: string;

  /** Blank rows, rows of sums and rows of books that become nothing. */
  @Column({ type: 'bigint', name: 'rows_skipped', default: 0 })
  rowsSkipped!: string;

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

  /** Those its rows are of; null: rows of the whole mine are among them. */
  @Column({ type: 'text', array: true, nullable: true })
  departments!: string[] | null;

  /** Those its rows count in or are dated in. */
  @Column({ type: 'text', array: true, default: '{}' })
  periods!: string[];
}
