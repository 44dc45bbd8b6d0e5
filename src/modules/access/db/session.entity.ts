import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A sign-in and what follows from it, until it ends or is ended. */
@Entity('sessions')
@Index('sessions_of_user', ['mineId', 'username'], { where: 'revoked_at IS NULL' })
@ForeignKey('User', ['mineId', 'username'], ['mineId', 'username'])
export class Session {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  id!: string;

  @Column(CODE)
  username!: string;

  /** Of the one refresh token that is good now. */
  @Column({ ...CODE, name: 'refresh_sha256' })
  refreshSha256!: string;

  /** Where the sign-in came from. */
  @Column({ type: 'text' })
  address!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'refreshed_at', default: () => 'now()' })
  refreshedAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
