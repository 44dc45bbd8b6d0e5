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

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
