import { Check, Column, Entity, ForeignKey } from 'typeorm';
import { EXACT, isFinite } from '../../../platform/database/column-types.js';
import { CellPlace } from './cell-place.js';

/** What the records of a cell add up to; money in yuan, quantities in the item's unit. */
@Entity('cell_sums')
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
export class CellSums extends CellPlace {
  /** Records with a quantity, and below those without. */
  @Column({ type: 'bigint' })
  quantified!: string;

  @Column({ type: 'bigint' })
  unquantified!: string;

  @Column(EXACT)
  @Check(isFinite('quantity'))
  quantity!: string;

  @Column({ ...EXACT, name: 'amount_of_quantified' })
  @Check(isFinite('amount_of_quantified'))
  amountOfQuantified!: string;

  @Column({ ...EXACT, name: 'amount_of_unquantified' })
  @Check(isFinite('amount_of_unquantified'))
  amountOfUnquantified!: string;

  @Column(EXACT)
  @Check(isFinite('internal'))
  internal!: string;

  @Column(EXACT)
  @Check(isFinite('turnover'))
  turnover!: string;
}
