import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** One of the double six zeros (双六零): up to six explicit and six implicit control items, each with a target of zero. */
@Entity('control_items')
@Unique(['mineId', 'code'])
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ControlItemRow {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  @Check(isOneOf('part', ['explicit', 'implicit']))
  part!: string;

  /** From 1. */
  @PrimaryColumn({ type: 'smallint' })
  @Check('place BETWEEN 1 AND 6')
  place!: number;

  @Column(CODE)
  code!: string;

  @Column({ type: 'text' })
  @Check(`name <> ''`)
  name!: string;

  /** The implicit items that measure it; none: nothing does yet. */
  @Column({ type: 'text', array: true, default: '{}' })
  items!: string[];

  /** How it is measured, in the mine's own words. */
  @Column({ type: 'text', default: '' })
  measure!: string;

  @Column({ type: 'text', nullable: true })
  owner!: string | null;
}
