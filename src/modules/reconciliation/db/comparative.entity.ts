import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, MEASURED, isNumber } from '../../../platform/database/column-types.js';

/**
 * A row of a monthly management table: unit prices and totals beside those of the budget, last year and last month. Money
 * in yuan; an indicator that is no money in its own unit, ten thousands counted out.
 */
@Entity('comparatives')
@Index('comparatives_by_period', ['mineId', 'period', 'code'])
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class Comparative {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  /** As staged: with the sheet (rules/row-number). */
  @PrimaryColumn({ type: 'integer', name: 'row_no' })
  rowNo!: number;

  @Column(CODE)
  period!: string;

  /** As the table writes it, code or name. */
  @Column({ type: 'text', nullable: true })
  department!: string | null;

  @Column(CODE)
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  @Column({ ...MEASURED, name: 'budget_price', nullable: true })
  @Check(isNumber('budget_price'))
  budgetPrice!: string | null;

  @Column({ ...MEASURED, name: 'budget_total', nullable: true })
  @Check(isNumber('budget_total'))
  budgetTotal!: string | null;

  @Column({ ...MEASURED, name: 'actual_price', nullable: true })
  @Check(isNumber('actual_price'))
  actualPrice!: string | null;

  @Column({ ...MEASURED, name: 'actual_total', nullable: true })
  @Check(isNumber('actual_total'))
  actualTotal!: string | null;

  @Column({ ...MEASURED, name: 'last_year_price', nullable: true })
  @Check(isNumber('last_year_price'))
  lastYearPrice!: string | null;

  @Column({ ...MEASURED, name: 'last_year_total', nullable: true })
  @Check(isNumber('last_year_total'))
  lastYearTotal!: string | null;

  @Column({ ...MEASURED, name: 'last_month_price', nullable: true })
  @Check(isNumber('last_month_price'))
  lastMonthPrice!: string | null;

  @Column({ ...MEASURED, name: 'last_month_total', nullable: true })
  @Check(isNumber('last_month_total'))
  lastMonthTotal!: string | null;

  @Column({ ...MEASURED, name: 'to_date_price', nullable: true })
  @Check(isNumber('to_date_price'))
  toDatePrice!: string | null;

  @Column({ ...MEASURED, name: 'to_date_total', nullable: true })
  @Check(isNumber('to_date_total'))
  toDateTotal!: string | null;

  @Column({ ...MEASURED, name: 'last_year_to_date_price', nullable: true })
  @Check(isNumber('last_year_to_date_price'))
  lastYearToDatePrice!: string | null;

  @Column({ ...MEASURED, name: 'last_year_to_date_total', nullable: true })
  @Check(isNumber('last_year_to_date_total'))
  lastYearToDateTotal!: string | null;
}
