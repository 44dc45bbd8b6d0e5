import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** How long a chain was, and its head, when something was sealed. */
@Entity('audit_anchors')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('audit_anchors_hash_check', `hash ~ '^[0-9a-f]{64}$'`)
export class AuditAnchor {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  /** What was sealed: `2023-03/1` is the first closing of March 2023. */
  @PrimaryColumn(CODE)
  occasion!: string;

  @Column({ type: 'bigint' })
  entries!: string;

  @Column(CODE)
  hash!: string;

  @Column({ type: 'timestamptz', name: 'anchored_at', default: () => 'now()' })
  anchoredAt!: Date;
}
