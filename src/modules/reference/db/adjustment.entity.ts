import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CATEGORIES, type Category } from '../../../../analytics/synergy/types.js';
import { AMOUNT, CODE, isNumber, isOneOf } from '../../../platform/database/column-types.js';

/** GAI-1: a gain or an input that no record shows, in yuan. */
@Entity('adjustments')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
@ForeignKey('Project', ['mineId', 'project'], ['mineId', 'code'])
export class Adjustment {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  id!: string;

  @Column(CODE)
  period!: string;

  @Column(CODE)
  department!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('category', CATEGORIES))
  category!: Category;

  @Column({ ...CODE, nullable: true })
  project!: string | null;

  @Column({ type: 'text' })
  @Check(isOneOf('kind', ['gain', 'input']))
  kind!: 'gain' | 'input';

  @Column(AMOUNT)
  @Check(isNumber('amount'))
  amount!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('recognition', ['realised', 'annualised', 'planned']))
  recognition!: 'realised' | 'annualised' | 'planned';

  @Column({ type: 'text' })
  @Check(isOneOf('status', ['claimed', 'confirmed']))
  status!: 'claimed' | 'confirmed';

  @Column({ type: 'text', nullable: true })
  voucher!: string | null;

  /** Whether a record bears the same voucher, so that the gain may be counted twice. */
  @Column({ type: 'boolean', name: 'is_voucher_recorded', default: false })
  isVoucherRecorded!: boolean;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
