import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CATEGORIES, type Category } from '../../../../analytics/synergy/types.js';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

@Entity('projects')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Department', ['mineId', 'lead'], ['mineId', 'code'])
export class Project {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('category', CATEGORIES))
  category!: Category;

  /** The leading department. */
  @Column({ ...CODE, nullable: true })
  lead!: string | null;

  /** PRJ-1: the project counts from this day to its closing, both inclusive. YYYY-MM-DD. */
  @Column({ type: 'date', name: 'approved_on', nullable: true })
  approvedOn!: string | null;

  @Column({ type: 'date', name: 'closed_on', nullable: true })
  closedOn!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
