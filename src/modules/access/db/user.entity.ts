import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A person of a mine, who signs in with a password, through the group's single sign-on, or both. */
@Entity('users')
@Unique(['mineId', 'externalSubject'])
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class User {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  @Check(`username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'`)
  username!: string;

  @Column({ type: 'text', name: 'display_name' })
  displayName!: string;

  /** Argon2id in PHC form (passwords.ts); null: no password lets this person in. */
  @Column({ type: 'text', name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  /** The password is a one-time password. */
  @Column({ type: 'boolean', name: 'must_change_password', default: false })
  mustChangePassword!: boolean;

  /** Of a one-time password. */
  @Column({ type: 'timestamptz', name: 'password_expires_at', nullable: true })
  passwordExpiresAt!: Date | null;

  /** `sub` at the provider of single sign-on. */
  @Column({ ...CODE, name: 'external_subject', nullable: true })
  externalSubject!: string | null;

  @Column({ type: 'boolean', name: 'is_disabled', default: false })
  isDisabled!: boolean;

  @Column({ ...CODE, name: 'created_by' })
  createdBy!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** With a password of their own or through single sign-on; a one-time password does not count. */
  @Column({ type: 'timestamptz', name: 'last_sign_in_at', nullable: true })
  lastSignInAt!: Date | null;
}
