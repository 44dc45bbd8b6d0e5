import { PrimaryColumn } from 'typeorm';
import { CODE } from '../../../platform/database/column-types.js';

/** GRN-2: the key of a cell and of its sums. '' in baseline, project, item or nature is none. */
export abstract class CellPlace {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  /** The period it counts in. */
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

  /** The period in which its records were posted. */
  @PrimaryColumn({ ...CODE, name: 'reported_in' })
  reportedIn!: string;
}
