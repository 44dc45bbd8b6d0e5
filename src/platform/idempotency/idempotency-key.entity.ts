import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE } from '../database/column-types.js';

/** A request that was sent under an Idempotency-Key, and its answer (key-queries.ts). */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_age', ['mineId', 'begunAt'])
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class IdempotencyKey {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  actor!: string;

  @PrimaryColumn(CODE)
  key!: string;

  /** Whoever is at it, or was last; an attempt that was taken over can commit nothing any more. */
  @Column({ type: 'uuid' })
  attempt!: string;

  /** SHA-256 of what was asked for; null until a form is read to its end. */
  @Column({ ...CODE, type: 'text', nullable: true })
  fingerprint!: string | null;

  /** SHA-256 of what the sender saw then: the answer is shown again only to whoever sees the same. */
  @Column(CODE)
  sight!: string;

  @Column({ type: 'timestamptz', name: 'begun_at' })
  begunAt!: Date;

  /** By the database's clock. An attempt that is alive has it put off. */
  @Column({ type: 'timestamptz', name: 'lease_until' })
  leaseUntil!: Date;

  /** Set by the very transaction that had the effect. */
  @Column({ type: 'boolean', name: 'has_effect', default: false })
  hasEffect!: boolean;

  @Column({ type: 'boolean', name: 'is_answered', default: false })
  isAnswered!: boolean;

  /** Null where the answer is not kept. */
  @Column({ type: 'smallint', nullable: true })
  status!: number | null;

  @Column({ type: 'jsonb', nullable: true })
  headers!: Record<string, string> | null;

  @Column({ type: 'bytea', nullable: true })
  body!: Buffer | null;
}
