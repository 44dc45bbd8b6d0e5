import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, EXACT, isFinite } from '../../../platform/database/column-types.js';

/** One file of an import. */
@Entity('import_files')
@ForeignKey('Import', ['mineId', 'importId'], ['mineId', 'id'])
export class ImportFile {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'import_id' })
  importId!: string;

  @PrimaryColumn(CODE)
  name!: string;

  @Column(CODE)
  kind!: string;

  @Column(CODE)
  sha256!: string;

  @Column({ type: 'text', nullable: true })
  encoding!: string | null;

  @Column({ type: 'text', nullable: true })
  format!: string | null;

  @Column({ type: 'text', nullable: true })
  delimiter!: string | null;

  /** How it was read: file-details.ts. */
  @Column({ type: 'jsonb', default: {} })
  details!: Readonly<Record<string, unknown>>;

  @Column({ type: 'bigint', name: 'rows_read', default: 0 })
  rowsRead!: string;

  @Column({ type: 'bigint', name: 'rows_added', default: 0 })
  rowsAdded!: string;

  @Column({ type: 'bigint', name: 'rows_changed', default: 0 })
  rowsChanged!: string;

  @Column({ type: 'bigint', name: 'rows_unchanged', default: 0 })
  rowsUnchanged!: string;

  @Column({ type: 'bigint', name: 'rows_skipped', default: 0 })
  rowsSkipped!: string;

  /** Yuan; the exact sum of the file's amounts. */
  @Column({ ...EXACT, default: 0 })
  @Check(isFinite('amount'))
  amount!: string;
}
