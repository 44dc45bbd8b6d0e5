import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, MEASURED, isNumber, isOneOf } from '../../../platform/database/column-types.js';

/** How a mine wants its reports; a mine that said nothing has no row. */
@Entity('report_settings')
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('report_settings_output', 'num_nulls(output_driver, output_basis_zh, output_basis_en) IN (0, 3)')
@Check('report_settings_drafted', 'draft_day IS NULL OR drafted_on IS NOT NULL')
export class ReportSettingsRow {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  /** The volume that 吨煤成本 divides by, with its name in both languages; null: none. */
  @Column({ ...CODE, name: 'output_driver', nullable: true })
  outputDriver!: string | null;

  @Column({ type: 'text', name: 'output_basis_zh', nullable: true })
  outputBasisZh!: string | null;

  @Column({ type: 'text', name: 'output_basis_en', nullable: true })
  outputBasisEn!: string | null;

  /** How many tonnes one unit of that driver is. */
  @Column({ ...MEASURED, name: 'output_tonnes_per_unit', default: 1 })
  @Check(`output_tonnes_per_unit > 0 AND ${isNumber('output_tonnes_per_unit')}`)
  outputTonnesPerUnit!: string;

  /** Of the month; null: no drafts by calendar. */
  @Column({ type: 'smallint', name: 'draft_day', nullable: true })
  @Check('draft_day BETWEEN 1 AND 28')
  draftDay!: number | null;

  /** The day up to which they are done. */
  @Column({ type: 'date', name: 'drafted_on', nullable: true })
  draftedOn!: string | null;

  /** Whether who is of the committee alone sees drafts, too. */
  @Column({ ...CODE, name: 'committee_sees', default: 'all' })
  @Check(isOneOf('committee_sees', ['all', 'final']))
  committeeSees!: string;

  /** Where readers reach the service, for the links in documents; '' makes them relative. */
  @Column({ type: 'text', name: 'base_url', default: '' })
  baseUrl!: string;
}
