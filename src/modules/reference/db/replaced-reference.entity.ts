import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A version of a reference row that an import replaced. */
@Entity('reference_history')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ReplacedReference {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  kind!: string;

  /** The row's key columns, joined by `/`. */
  @PrimaryColumn(CODE)
  key!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  /** The row as it was. Its numbers have passed through JavaScript's: show them, never compute with them. */
  @Column({ type: 'jsonb' })
  content!: Readonly<Record<string, unknown>>;

  @Column({ type: 'bigint', name: 'replaced_by_import' })
  replacedByImport!: string;

  @Column({ type: 'timestamptz', name: 'replaced_at', default: () => 'now()' })
  replacedAt!: Date;
}
