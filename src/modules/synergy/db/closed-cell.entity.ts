import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import { CODE, EXACT, isFinite } from '../../../platform/database/column-types.js';

/** A cell as a closing reported it (guarantee 5): written once and only read by SQL, never edited. */
@Entity('closed_cells')
@ForeignKey('Closing', ['mineId', 'reportedIn', 'closingVersion'], ['mineId', 'period', 'version'])
export class ClosedCell {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  /** The closed period. */
  @PrimaryColumn({ ...CODE, name: 'reported_in' })
  reportedIn!: string;

  @PrimaryColumn({ type: 'integer', name: 'closing_version' })
  closingVersion!: number;

  /** COR-1: the period that it counts in; another than `reportedIn` where it corrects that one. */
  @PrimaryColumn(CODE)
  period!: string;

  @PrimaryColumn(CODE)
  department!: string;

  @PrimaryColumn(CODE)
  category!: string;

  @PrimaryColumn(CODE)
  item!: string;

  @PrimaryColumn(CODE)
  nature!: string;

  @PrimaryColumn(CODE)
  baseline!: string;

  @PrimaryColumn(CODE)
  project!: string;

  @Column({ type: 'integer', name: 'method_version' })
  methodVersion!: number;
}

/** Every measure, in yuan, exact: the columns of `cells`. */
for (const measure of MEASURES) {
  const name = `m_${measure}`;
  Column({ ...EXACT, name })(ClosedCell.prototype, name);
  Check(isFinite(name))(ClosedCell.prototype, name);
}
