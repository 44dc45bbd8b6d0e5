import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** How many passwords were evaluated for an account or an address, in any process of the service (attempt-queries.ts). */
@Entity('sign_in_attempts')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class SignInAttempt {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  subject!: string;

  /** Begins anew with every evaluation, so that no minute, wherever it begins, holds more than the limit. */
  @Column({ type: 'timestamptz', name: 'window_start' })
  windowStart!: Date;

  @Column({ type: 'integer' })
  attempts!: number;
}
