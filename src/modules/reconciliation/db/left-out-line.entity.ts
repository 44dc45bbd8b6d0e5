import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AMOUNT, CODE, isNumber } from '../../../platform/database/column-types.js';

/** A voucher line of a cost or fund account that became no record, and why. Money in yuan. */
@Entity('left_out_lines')
@Index('left_out_lines_by_period', ['mineId', 'period', 'account'])
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class LeftOutLine {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  /** As staged: with the sheet (rules/row-number). */
  @PrimaryColumn({ type: 'integer', name: 'row_no' })
  rowNo!: number;

  @Column(CODE)
  period!: string;

  @Column(CODE)
  account!: string;

  @Column({ type: 'text' })
  voucher!: string;

  @Column({ type: 'text', nullable: true })
  summary!: string | null;

  @Column(AMOUNT)
  @Check(isNumber('debit'))
  debit!: string;

  @Column(AMOUNT)
  @Check(isNumber('credit'))
  credit!: string;

  @Column(CODE)
  reason!: string;
}
