import { Check, Column, Entity, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A Word template that came into force; the last one holds. */
@Entity('report_templates')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ReportTemplateRow {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  /** '' is back to the built-in one. */
  @Column(CODE)
  @Check(`sha256 ~ '^([0-9a-f]{64})?$'`)
  sha256!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'bigint', name: 'size_bytes' })
  @Check('size_bytes >= 0')
  sizeBytes!: string;

  @Column({ ...CODE, name: 'set_by' })
  setBy!: string;

  @Column({ type: 'timestamptz', name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}
