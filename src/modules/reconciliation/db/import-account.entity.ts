import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CODE, EXACT, isFinite } from '../../../platform/database/column-types.js';

/** What an import did with the voucher lines of one account and ledger period: one row a reason. Money in yuan. */
@Entity('import_accounts')
@Index('import_accounts_by_period', ['mineId', 'period', 'account'])
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class ImportAccount {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  @PrimaryColumn(CODE)
  account!: string;

  /** `imported`, or why the lines were left out. */
  @PrimaryColumn(CODE)
  reason!: string;

  @Column({ type: 'text', name: 'account_name', nullable: true })
  accountName!: string | null;

  @Column({ type: 'boolean', name: 'is_cost' })
  isCost!: boolean;

  @Column({ type: 'bigint' })
  lines!: string;

  @Column(EXACT)
  @Check(isFinite('debit'))
  debit!: string;

  @Column(EXACT)
  @Check(isFinite('credit'))
  credit!: string;

  /** What became records, as booked. */
  @Column(EXACT)
  @Check(isFinite('imported'))
  imported!: string;

  /** Of `imported`, internal settlements (TUR-1). */
  @Column(EXACT)
  @Check(isFinite('internal'))
  internal!: string;
}
