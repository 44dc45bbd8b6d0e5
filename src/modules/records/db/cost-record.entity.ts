import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CATEGORIES, NATURES, type Category, type Nature } from '../../../../analytics/synergy/types.js';
import { AMOUNT, CODE, MEASURED, isNumber, isOneOf } from '../../../platform/database/column-types.js';

const STATUSES = ['draft', 'submitted', 'reviewed', 'posted', 'reversed', 'withdrawn'] as const;

/**
 * A cost, explicit or implicit; money in yuan net of tax (CMB-1). Bulk imports check that what it names exists, all
 * rows at once, so it has no foreign keys.
 */
@Entity('records')
@Index('records_unposted', ['mineId', 'status', 'source', 'id'], {
  where: `status IN ('draft','submitted','reviewed')`,
})
@Index('records_one_reversal', ['mineId', 'source', 'reverses'], {
  unique: true,
  where: `reverses IS NOT NULL AND status IN ('draft','submitted','reviewed','posted')`,
})
export class CostRecord {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  source!: string;

  @PrimaryColumn(CODE)
  id!: string;

  /**
   * The import that reversed it, or its own where it was withdrawn; 0 while it stands, so that its id may be taken again
   * once it does not.
   */
  @PrimaryColumn({ type: 'bigint', name: 'reversed_by', default: 0 })
  reversedBy!: string;

  @Column({ type: 'bigint', name: 'import_id' })
  importId!: string;

  @Column({ type: 'integer', name: 'row_no' })
  rowNo!: number;

  @Column({ type: 'text' })
  @Check(isOneOf('status', STATUSES))
  status!: (typeof STATUSES)[number];

  /** YYYY-MM-DD. */
  @Column({ type: 'date' })
  date!: string;

  @Column(CODE)
  department!: string;

  @Column(CODE)
  @Check(isOneOf('category', CATEGORIES))
  category!: Category;

  @Column(CODE)
  item!: string;

  @Column(CODE)
  @Check(isOneOf('nature', NATURES))
  nature!: Nature;

  @Column({ ...MEASURED, nullable: true })
  @Check(isNumber('quantity'))
  quantity!: string | null;

  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  @Column({ ...MEASURED, name: 'unit_price', nullable: true })
  @Check(isNumber('unit_price'))
  unitPrice!: string | null;

  @Column({ ...AMOUNT, nullable: true })
  @Check(isNumber('amount'))
  amount!: string | null;

  @Column({ ...CODE, nullable: true })
  project!: string | null;

  @Column({ type: 'text', nullable: true })
  counterparty!: string | null;

  @Column({ type: 'boolean', name: 'is_internal' })
  isInternal!: boolean;

  @Column({ type: 'text', nullable: true })
  voucher!: string | null;

  @Column({ type: 'text', nullable: true })
  summary!: string | null;

  @Column({ type: 'text', name: 'tax_basis', nullable: true })
  taxBasis!: string | null;

  @Column({ ...MEASURED, name: 'tax_rate', nullable: true })
  @Check(isNumber('tax_rate'))
  taxRate!: string | null;

  @Column({ ...CODE, name: 'corrects_period', nullable: true })
  correctsPeriod!: string | null;

  /** The period of its date, in which it is reported. */
  @Column({ ...CODE, name: 'posted_period' })
  postedPeriod!: string;

  /** The period it counts in: the one it corrects, else the one of its date. */
  @Column({ ...CODE, name: 'valued_period' })
  valuedPeriod!: string;

  /** YYYY-MM-DD: the day whose baseline and rate apply. */
  @Column({ type: 'date', name: 'valued_on' })
  valuedOn!: string;

  /** When it began to count. */
  @Column({ type: 'timestamptz', name: 'posted_at', nullable: true })
  postedAt!: Date | null;

  /** The record of the same source that it takes back by opposite figures. */
  @Column({ ...CODE, nullable: true })
  reverses!: string | null;
}
