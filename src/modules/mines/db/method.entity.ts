import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/** How the mine counts two disputed figures; a change is a new version, and every cell names its version. */
@Entity('methods')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class Method {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'text', name: 'price_reduction' })
  @Check(isOneOf('price_reduction', ['within', 'beside']))
  priceReduction!: 'within' | 'beside';

  @Column({ type: 'text', name: 'opportunity_saving' })
  @Check(isOneOf('opportunity_saving', ['within', 'beside']))
  opportunitySaving!: 'within' | 'beside';

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
