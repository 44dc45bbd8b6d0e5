import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';
import { ROLES, type Role } from '../app/rights.js';

/** A role over a department and those below it, held by a person (username) or a program (`key:<id>`). */
@Entity('grants')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Grant {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  principal!: string;

  @PrimaryColumn(CODE)
  @Check(isOneOf('role', ROLES))
  role!: Role;

  /** Empty: the whole mine. */
  @PrimaryColumn({ ...CODE, default: '' })
  department!: string;

  @Column({ ...CODE, name: 'granted_by' })
  grantedBy!: string;

  @Column({ type: 'timestamptz', name: 'granted_at', default: () => 'now()' })
  grantedAt!: Date;
}
