import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, MEASURED, isNumber } from '../../../platform/database/column-types.js';

/** BAS-4: the activity of a department in a period, in the driver's unit. */
@Entity('volumes')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
export class Volume {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  period!: string;

  @PrimaryColumn(CODE)
  department!: string;

  @PrimaryColumn(CODE)
  driver!: string;

  @Column({ ...MEASURED, nullable: true })
  @Check(isNumber('actual'))
  actual!: string | null;

  @Column({ ...MEASURED, nullable: true })
  @Check(isNumber('planned'))
  planned!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
