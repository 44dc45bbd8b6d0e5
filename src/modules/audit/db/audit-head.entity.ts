import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** Where the chain of a mine ends. */
@Entity('audit_heads')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('audit_heads_hash_check', `hash ~ '^[0-9a-f]{64}$'`)
export class AuditHead {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @Column({ type: 'bigint' })
  entries!: string;

  @Column(CODE)
  hash!: string;
}
