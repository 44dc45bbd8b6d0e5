import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import {
  CATEGORIES,
  NATURES,
  type BaselineKind,
  type Category,
  type Nature,
} from '../../../../analytics/synergy/types.js';
import { AMOUNT, CODE, MEASURED, isNumber, isOneOf } from '../../../platform/database/column-types.js';

/** BAS-1. Money in yuan net of tax (CMB-1); tax_basis and tax_rate keep how it was entered. */
@Entity('baselines')
@Check('baselines_department_unless_price', `department IS NOT NULL OR kind = 'price'`)
@Check('baselines_price_is_explicit', `kind <> 'price' OR nature = 'explicit'`)
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
@ForeignKey('Item', ['mineId', 'item'], ['mineId', 'code'])
@ForeignKey('Project', ['mineId', 'project'], ['mineId', 'code'])
export class Baseline {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  code!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('kind', ['price', 'norm', 'quantity', 'amount']))
  kind!: BaselineKind;

  @Column({ ...CODE, nullable: true })
  department!: string | null;

  @Column(CODE)
  @Check(isOneOf('category', CATEGORIES))
  category!: Category;

  @Column(CODE)
  item!: string;

  @Column(CODE)
  @Check(isOneOf('nature', NATURES))
  nature!: Nature;

  @Column({ ...CODE, nullable: true })
  project!: string | null;

  /** YYYY-MM-DD, inclusive, as is the end; null is unbounded. */
  @Column({ type: 'date', name: 'valid_from', nullable: true })
  validFrom!: string | null;

  @Column({ type: 'date', name: 'valid_to', nullable: true })
  validTo!: string | null;

  /** Where the figure comes from, in words. */
  @Column({ type: 'text' })
  basis!: string;

  @Column({ ...MEASURED, name: 'unit_price', nullable: true })
  @Check(isNumber('unit_price'))
  unitPrice!: string | null;

  @Column({ ...MEASURED, nullable: true })
  @Check(isNumber('norm'))
  norm!: string | null;

  @Column({ ...CODE, nullable: true })
  driver!: string | null;

  @Column({ ...MEASURED, nullable: true })
  @Check(isNumber('quantity'))
  quantity!: string | null;

  @Column({ ...AMOUNT, nullable: true })
  @Check(isNumber('amount'))
  amount!: string | null;

  @Column({ ...MEASURED, name: 'planned_volume', nullable: true })
  @Check(isNumber('planned_volume'))
  plannedVolume!: string | null;

  @Column({ ...AMOUNT, name: 'fixed_amount', nullable: true })
  @Check(isNumber('fixed_amount'))
  fixedAmount!: string | null;

  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  @Column({ type: 'text', name: 'tax_basis', nullable: true })
  taxBasis!: string | null;

  @Column({ ...MEASURED, name: 'tax_rate', nullable: true })
  @Check(isNumber('tax_rate'))
  taxRate!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
