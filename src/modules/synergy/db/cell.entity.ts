import { Check, Column, Entity, ForeignKey } from 'typeorm';
import { EXACT, isFinite } from '../../../platform/database/column-types.js';
import { CellPlace } from './cell-place.js';

/** A computed cell. Every measure in yuan, exact, as docs/calculation-spec.md defines it under its column's name without `m_`. */
@Entity('cells')
@ForeignKey('Period', ['mineId', 'period'], ['mineId', 'code'])
@ForeignKey('Department', ['mineId', 'department'], ['mineId', 'code'])
@ForeignKey('Method', ['mineId', 'methodVersion'], ['mineId', 'version'])
export class Cell extends CellPlace {
  @Column({ type: 'integer', name: 'method_version' })
  methodVersion!: number;

  @Column({ ...EXACT, name: 'm_explicit_actual' })
  @Check(isFinite('m_explicit_actual'))
  explicitActual!: string;

  @Column({ ...EXACT, name: 'm_internal_actual' })
  @Check(isFinite('m_internal_actual'))
  internalActual!: string;

  @Column({ ...EXACT, name: 'm_implicit_booked_actual' })
  @Check(isFinite('m_implicit_booked_actual'))
  implicitBookedActual!: string;

  @Column({ ...EXACT, name: 'm_implicit_opportunity_actual' })
  @Check(isFinite('m_implicit_opportunity_actual'))
  implicitOpportunityActual!: string;

  @Column({ ...EXACT, name: 'm_baseline' })
  @Check(isFinite('m_baseline'))
  baselineAmount!: string;

  @Column({ ...EXACT, name: 'm_price_base' })
  @Check(isFinite('m_price_base'))
  priceBase!: string;

  @Column({ ...EXACT, name: 'm_price_reduction' })
  @Check(isFinite('m_price_reduction'))
  priceReduction!: string;

  @Column({ ...EXACT, name: 'm_usage_saving' })
  @Check(isFinite('m_usage_saving'))
  usageSaving!: string;

  @Column({ ...EXACT, name: 'm_amount_saving' })
  @Check(isFinite('m_amount_saving'))
  amountSaving!: string;

  @Column({ ...EXACT, name: 'm_explicit_saving' })
  @Check(isFinite('m_explicit_saving'))
  explicitSaving!: string;

  @Column({ ...EXACT, name: 'm_implicit_booked_saving' })
  @Check(isFinite('m_implicit_booked_saving'))
  implicitBookedSaving!: string;

  @Column({ ...EXACT, name: 'm_implicit_opportunity_saving' })
  @Check(isFinite('m_implicit_opportunity_saving'))
  implicitOpportunitySaving!: string;

  @Column({ ...EXACT, name: 'm_gains' })
  @Check(isFinite('m_gains'))
  gains!: string;

  @Column({ ...EXACT, name: 'm_inputs' })
  @Check(isFinite('m_inputs'))
  inputs!: string;

  @Column({ ...EXACT, name: 'm_booked_value' })
  @Check(isFinite('m_booked_value'))
  bookedValue!: string;

  @Column({ ...EXACT, name: 'm_synergy_value' })
  @Check(isFinite('m_synergy_value'))
  synergyValue!: string;

  @Column({ ...EXACT, name: 'm_turnover' })
  @Check(isFinite('m_turnover'))
  turnover!: string;

  @Column({ ...EXACT, name: 'm_covered_actual' })
  @Check(isFinite('m_covered_actual'))
  coveredActual!: string;

  @Column({ ...EXACT, name: 'm_unreported_baseline' })
  @Check(isFinite('m_unreported_baseline'))
  unreportedBaseline!: string;
}
