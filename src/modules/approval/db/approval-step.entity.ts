import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AMOUNT, CODE, isOneOf } from '../../../platform/database/column-types.js';

/** A step of the path of approval: of a kind, from an amount on (yuan). The highest amount that is reached decides. */
@Entity('approval_steps')
@ForeignKey('Mine', ['mineId'], ['mineId'])
export class ApprovalStep {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn(CODE)
  kind!: string;

  @PrimaryColumn({ ...AMOUNT, name: 'from_yuan' })
  @Check(`from_yuan >= 0 AND from_yuan <> 'NaN'::numeric`)
  fromYuan!: string;

  @PrimaryColumn({ type: 'integer' })
  @Check('step BETWEEN 1 AND 9')
  step!: number;

  @Column(CODE)
  @Check(isOneOf('role', ['reviewer', 'finance', 'quality', 'committee', 'supervisor']))
  role!: string;
}
