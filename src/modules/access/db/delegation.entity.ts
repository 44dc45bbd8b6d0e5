import { Check, Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** 出差代办: what a person may decide, another may decide for them on these days, both included. */
@Entity('delegations')
@ForeignKey('User', ['mineId', 'fromUser'], ['mineId', 'username'])
@ForeignKey('User', ['mineId', 'toUser'], ['mineId', 'username'])
@Check('delegations_to_another', 'from_user <> to_user')
@Check('delegations_from_to', 'valid_from <= valid_to')
export class Delegation {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column({ ...CODE, name: 'from_user' })
  fromUser!: string;

  @Column({ ...CODE, name: 'to_user' })
  toUser!: string;

  @Column({ type: 'date', name: 'valid_from' })
  validFrom!: string;

  @Column({ type: 'date', name: 'valid_to' })
  validTo!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ ...CODE, name: 'created_by' })
  createdBy!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
