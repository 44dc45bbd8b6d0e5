import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, MEASURED, isNumber } from '../../../platform/database/column-types.js';

/** What a unit of an implicit item is worth, in yuan. */
@Entity('rates')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@ForeignKey('Item', ['mineId', 'item'], ['mineId', 'code'])
export class Rate {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  item!: string;

  /** YYYY-MM-DD, inclusive, or `-infinity`: a column of a key cannot be null. */
  @PrimaryColumn({ type: 'date', name: 'valid_from', default: '-infinity' })
  validFrom!: string;

  @Column({ type: 'date', name: 'valid_to', nullable: true })
  validTo!: string | null;

  @Column({ type: 'text', nullable: true })
  unit!: string | null;

  @Column(MEASURED)
  @Check(isNumber('rate'))
  rate!: string;

  @Column({ type: 'text', nullable: true })
  basis!: string | null;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** The import that brought this version; null: built in, made by its first mention, or older than this column. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true })
  importId!: string | null;
}
