import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

@Entity('periods')
@Unique(['mineId', 'startDate'])
@Check('periods_start_to_end', 'start_date <= end_date')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Period {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  code!: string;

  /** YYYY-MM-DD, inclusive, as is the end. */
  @Column({ type: 'date', name: 'start_date' })
  startDate!: string;

  @Column({ type: 'date', name: 'end_date' })
  endDate!: string;

  @Column({ type: 'text', default: 'open' })
  @Check(isOneOf('status', ['open', 'closing', 'closed']))
  status!: 'open' | 'closing' | 'closed';

  /** COV-3: anything at all was reported for it. */
  @Column({ type: 'boolean', name: 'has_data', default: false })
  hasData!: boolean;

  @Column({ type: 'bigint', name: 'data_version', default: 0 })
  dataVersion!: string;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
