import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** One change of one row: who, when, from where, before and after. Written by the database, never changed. */
@Entity('audit_entries')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('audit_entries_seq_check', 'seq > 0')
@Check('audit_entries_previous_check', `previous ~ '^[0-9a-f]{64}$'`)
@Check('audit_entries_hash_check', `hash ~ '^[0-9a-f]{64}$'`)
@Index('audit_entries_of_subject', ['mineId', 'subject', 'key', 'seq'])
@Index('audit_entries_of_actor', ['mineId', 'actor', 'seq'])
@Index('audit_entries_of_request', ['mineId', 'request', 'seq'])
export class AuditEntry {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  /** Its place in the chain of its mine, from 1. */
  @PrimaryColumn({ type: 'bigint' })
  seq!: string;

  /** Version of the form that is hashed (app/canonical-form.ts). */
  @Column({ type: 'smallint' })
  form!: number;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column(CODE)
  actor!: string;

  @Column({ type: 'text', nullable: true })
  address!: string | null;

  /** Id of the request, or the job or command. */
  @Column({ type: 'text', nullable: true })
  request!: string | null;

  /** insert, update or delete. */
  @Column(CODE)
  action!: string;

  /** The table. */
  @Column(CODE)
  subject!: string;

  /** JSON of the row's key. */
  @Column({ type: 'text' })
  key!: string;

  /** JSON of the row as it was, its values as texts; of an update, what changed. */
  @Column({ type: 'text', nullable: true })
  before!: string | null;

  @Column({ type: 'text', nullable: true })
  after!: string | null;

  /** SHA-256 of the entry before. */
  @Column(CODE)
  previous!: string;

  @Column(CODE)
  hash!: string;
}
