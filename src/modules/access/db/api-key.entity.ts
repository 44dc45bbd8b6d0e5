import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** The key of a program (app/api-key.ts). */
@Entity('api_keys')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ApiKey {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ ...CODE, name: 'secret_sha256' })
  secretSha256!: string;

  @Column({ ...CODE, name: 'created_by' })
  createdBy!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
