import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** A mine's own mapping profile; a change is a new version, and every import names the version that mapped it. */
@Entity('mapping_profiles')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class MappingProfile {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  name!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  /** What `Profile` says, without its name and version. */
  @Column({ type: 'jsonb' })
  content!: Readonly<Record<string, unknown>>;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** From when on it is used; null: it waits for approval. */
  @Column({ type: 'timestamptz', name: 'approved_at', nullable: true })
  approvedAt!: Date | null;
}
