import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

const HASH_OR_NONE = `'^([0-9a-f]{64})?$'`;

/** A report as it was made; its model is kept by the hash, and nothing of it is ever changed. */
@Entity('reports')
@Unique(['mineId', 'id', 'state', 'modelSha256'])
@Index('reports_one_of_version', ['mineId', 'periodFrom', 'periodTo', 'version'], {
  unique: true,
  where: `state = 'final'`,
})
@Index('reports_one_of_content', ['mineId', 'modelSha256', 'templateSha256', 'baseUrl'], { unique: true })
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('reports_draft_has_no_version', `(state = 'draft') = (version = 0)`)
export class Report {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column({ ...CODE, name: 'period_from' })
  periodFrom!: string;

  @Column({ ...CODE, name: 'period_to' })
  periodTo!: string;

  @Column(CODE)
  @Check(isOneOf('state', ['draft', 'final']))
  state!: 'draft' | 'final';

  /** 1 is the first final report of the periods; 0 a draft. */
  @Column({ type: 'integer' })
  @Check('version >= 0')
  version!: number;

  /** `[{period, version}]`: the closings that a final report's own periods were taken from. */
  @Column({ type: 'jsonb' })
  closings!: object;

  @Column({ ...CODE, name: 'model_sha256' })
  @Check(`model_sha256 ~ '^([0-9a-f]{64})$'`)
  modelSha256!: string;

  /** Of the Word template; '' is the built-in one. */
  @Column({ ...CODE, name: 'template_sha256', default: '' })
  @Check(`template_sha256 ~ ${HASH_OR_NONE}`)
  templateSha256!: string;

  /** Before the links of its documents. */
  @Column({ type: 'text', name: 'base_url', default: '' })
  baseUrl!: string;

  @Column({ ...CODE, name: 'made_by' })
  madeBy!: string;

  @Column({ type: 'timestamptz', name: 'made_at', default: () => 'now()' })
  madeAt!: Date;
}
