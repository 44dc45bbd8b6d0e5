import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AMOUNT, CODE, isNumber } from '../../../platform/database/column-types.js';

/** A row of a balance sheet of accounts (科目余额表), as it stands there. Money in yuan; null where nothing stands. */
@Entity('account_balances')
@Index('account_balances_by_period', ['mineId', 'period', 'account'])
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class AccountBalance {
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

  @Column({ type: 'text', name: 'account_name', nullable: true })
  accountName!: string | null;

  @Column({ type: 'text', nullable: true })
  department!: string | null;

  @Column({ type: 'text', nullable: true })
  auxiliary!: string | null;

  @Column({ ...AMOUNT, name: 'opening_debit', nullable: true })
  @Check(isNumber('opening_debit'))
  openingDebit!: string | null;

  @Column({ ...AMOUNT, name: 'opening_credit', nullable: true })
  @Check(isNumber('opening_credit'))
  openingCredit!: string | null;

  @Column({ ...AMOUNT, nullable: true })
  @Check(isNumber('debit'))
  debit!: string | null;

  @Column({ ...AMOUNT, nullable: true })
  @Check(isNumber('credit'))
  credit!: string | null;

  @Column({ ...AMOUNT, name: 'closing_debit', nullable: true })
  @Check(isNumber('closing_debit'))
  closingDebit!: string | null;

  @Column({ ...AMOUNT, name: 'closing_credit', nullable: true })
  @Check(isNumber('closing_credit'))
  closingCredit!: string | null;
}
