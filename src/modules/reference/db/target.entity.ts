import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CATEGORIES, type Category } from '../../../../analytics/synergy/types.js';
import { AMOUNT, CODE, isNumber, isOneOf } from '../../../platform/database/column-types.js';

/** What a department is to reach in a measure, in yuan. */
@Entity('targets')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
export class Target {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  @PrimaryColumn(CODE)
  department!: string;

  @PrimaryColumn(CODE)
  @Check(isOneOf('category', CATEGORIES))
  category!: Category;

  @PrimaryColumn(CODE)
  measure!: string;

  @Column(AMOUNT)
  @Check(isNumber('amount'))
  amount!: string;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
