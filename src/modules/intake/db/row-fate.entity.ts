import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** What became of a row of a file, and why. */
@Entity('row_fates')
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class RowFate {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @Column({ type: 'text' })
  file!: string;

  /** The sheet of a workbook, or the element of an XML file. */
  @Column({ type: 'text', nullable: true })
  sheet!: string | null;

  /** The table whose column is meant, where the file's name does not tell it. */
  @Column({ type: 'text', nullable: true })
  document!: string | null;

  @Column({ type: 'integer', name: 'row_no' })
  rowNo!: number;

  @Column({ type: 'text', name: 'column_name' })
  columnName!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('fate', ['refused', 'unchanged', 'changed', 'added']))
  fate!: 'refused' | 'unchanged' | 'changed' | 'added';

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'jsonb', default: {} })
  params!: Readonly<Record<string, unknown>>;
}
