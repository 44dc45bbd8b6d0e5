import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

@Entity('departments')
@ForeignKey('Mine', ['mineId'], ['mineId'])
// One file may name a parent after its children.
@ForeignKey('Department', ['mineId', 'parent'], ['mineId', 'code'], { deferrable: 'INITIALLY DEFERRED' })
export class Department {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ ...CODE, nullable: true })
  parent!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
