import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** A cost item. */
@Entity('items')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Item {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  code!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('nature', ['explicit', 'implicit']))
  nature!: 'explicit' | 'implicit';

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
