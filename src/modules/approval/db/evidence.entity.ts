import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** A paper that proves a record or an import; its bytes are kept by their hash, and it is never taken away. */
@Entity('evidence')
@Index('evidence_of', ['mineId', 'subject', 'key'])
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Evidence {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column(CODE)
  @Check(isOneOf('subject', ['record', 'import']))
  subject!: string;

  @Column(CODE)
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  /** As the content says, not the sender. */
  @Column({ type: 'text', name: 'media_type' })
  mediaType!: string;

  @Column({ type: 'bigint', name: 'size_bytes' })
  @Check('size_bytes > 0')
  sizeBytes!: string;

  @Column(CODE)
  sha256!: string;

  @Column(CODE)
  actor!: string;

  @Column({ type: 'timestamptz', name: 'added_at', default: () => 'now()' })
  addedAt!: Date;
}
