import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';
import { Mine } from './mine.entity.js';

/** How the mine counts two disputed figures; a change is a new version, and every cell names its version. */
@Entity('methods')
@ForeignKey(() => Mine, ['mineId'], ['mineId'])
export class Method {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'text', name: 'price_reduction' })
  @Check(`price_reduction IN ('within','beside')`)
  priceReduction!: 'within' | 'beside';

  @Column({ type: 'text', name: 'opportunity_saving' })
  @Check(`opportunity_saving IN ('within','beside')`)
  opportunitySaving!: 'within' | 'beside';

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
