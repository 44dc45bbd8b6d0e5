import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** An account of the mine's books (会计科目), as the newest file that lists it names it. */
@Entity('ledger_accounts')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class LedgerAccount {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  account!: string;

  @Column({ type: 'text', name: 'account_name' })
  accountName!: string;

  @Column({ type: 'text', nullable: true })
  level!: string | null;

  @Column({ type: 'text', nullable: true })
  type!: string | null;

  @Column({ type: 'text', nullable: true })
  @Check(isOneOf('direction', ['debit', 'credit']))
  direction!: 'debit' | 'credit' | null;

  @Column({ type: 'bigint', name: 'import_id' })
  importId!: string;
}
