import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** A document of a report as it was first written; its bytes are kept by their hash. */
@Entity('report_files')
@ForeignKey('Report', ['mineId', 'reportId'], ['mineId', 'id'])
export class ReportFile {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'report_id' })
  reportId!: string;

  @PrimaryColumn(CODE)
  @Check(isOneOf('format', ['json', 'html', 'docx', 'pdf', 'xlsx']))
  format!: string;

  @PrimaryColumn(CODE)
  @Check(isOneOf('language', ['zh', 'en']))
  language!: string;

  @Column(CODE)
  @Check(`sha256 ~ '^([0-9a-f]{64})$'`)
  sha256!: string;

  @Column({ type: 'bigint', name: 'size_bytes' })
  @Check('size_bytes > 0')
  sizeBytes!: string;

  @Column({ type: 'timestamptz', name: 'made_at', default: () => 'now()' })
  madeAt!: Date;
}
