import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** COV-4: a department said that its reporting for a period is complete. One that was withdrawn stays on file. */
@Entity('declarations')
@Index('declarations_standing', ['mineId', 'period', 'department'], { unique: true, where: 'withdrawn_at IS NULL' })
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
export class Declaration {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  @PrimaryColumn(CODE)
  department!: string;

  /** Counts from 1 for each department and period. */
  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @Column({ ...CODE, name: 'declared_by' })
  declaredBy!: string;

  @Column({ type: 'timestamptz', name: 'declared_at', default: () => 'now()' })
  declaredAt!: Date;

  @Column({ ...CODE, name: 'withdrawn_by', nullable: true })
  withdrawnBy!: string | null;

  @Column({ type: 'timestamptz', name: 'withdrawn_at', nullable: true })
  withdrawnAt!: Date | null;
}
