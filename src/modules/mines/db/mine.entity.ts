import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** The tenant: everything else belongs to one mine. */
@Entity('mines')
export class Mine {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  @Check(`mine_id ~ '^[A-Za-z0-9_-]{1,32}$'`)
  mineId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** False: the mine keeps natural months. */
  @Column({ type: 'boolean', name: 'has_period_table', default: false })
  hasPeriodTable!: boolean;

  @Column({ type: 'bigint', name: 'reference_version', default: 0 })
  referenceVersion!: string;

  /** Rises with every change of who may do what, so that nothing remembered of a caller outlives it. */
  @Column({ type: 'bigint', name: 'access_version', default: 0 })
  accessVersion!: string;

  /** Records from this amount on (万元) need evidence; null: none do. */
  @Column({ type: 'numeric', precision: 20, scale: 6, name: 'evidence_from_wan', nullable: true })
  @Check(`evidence_from_wan >= 0 AND evidence_from_wan <> 'NaN'::numeric`)
  evidenceFromWan!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
