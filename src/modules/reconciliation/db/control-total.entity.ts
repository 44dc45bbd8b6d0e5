import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, EXACT, isFinite, isOneOf } from '../../../platform/database/column-types.js';

/** A total that was stated, by a row of sums in the file or by the sender, beside what was found. */
@Entity('control_totals')
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class ControlTotal {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  @Check(isOneOf('kind', ['file_total', 'typed']))
  kind!: 'file_total' | 'typed';

  @Column({ type: 'text' })
  document!: string;

  /** Of the row of sums, as staged; null for what the sender stated. */
  @Column({ type: 'integer', name: 'row_no', nullable: true })
  rowNo!: number | null;

  /** The row's own words, the column, and which rows the total is of: `合计·debit·leaf`. */
  @Column({ type: 'text' })
  label!: string;

  @Column(EXACT)
  @Check(isFinite('stated'))
  stated!: string;

  @Column(EXACT)
  @Check(isFinite('found'))
  found!: string;
}
