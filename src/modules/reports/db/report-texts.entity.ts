import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** The general office's own words for the report of some periods, replaced whole. */
@Entity('report_texts')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ReportTexts {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ ...CODE, name: 'period_from' })
  periodFrom!: string;

  @PrimaryColumn({ ...CODE, name: 'period_to' })
  periodTo!: string;

  /** `[{cause, text, owner, due}]`, in the order in which they stand in the report. */
  @Column({ type: 'jsonb' })
  texts!: object;

  @Column({ ...CODE, name: 'written_by' })
  writtenBy!: string;

  @Column({ type: 'timestamptz', name: 'written_at', default: () => 'now()' })
  writtenAt!: Date;
}
