import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** Why a group of cells is not covered, or may be wrong. '' in item, nature or baseline is none. */
@Entity('cell_issues')
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
export class CellIssue {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

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
  code!: string;
}
