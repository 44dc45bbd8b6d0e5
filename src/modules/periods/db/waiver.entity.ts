import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A cause of the closing checklist that does not hold up the closing of one version, and why. */
@Entity('waivers')
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
export class Waiver {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  /** Of the closing that it is for: after a reopening every cause is looked at anew. */
  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @PrimaryColumn(CODE)
  code!: string;

  @Column({ type: 'text' })
  @Check(`reason <> ''`)
  reason!: string;

  @Column({ ...CODE, name: 'waived_by' })
  waivedBy!: string;

  @Column({ type: 'timestamptz', name: 'waived_at', default: () => 'now()' })
  waivedAt!: Date;
}
