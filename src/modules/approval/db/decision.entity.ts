import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CODE, isOneOf } from '../../../platform/database/column-types.js';

/**
 * Who took a step of a submission, and how. It repeats the maker (the foreign key holds it true), so that the database
 * itself refuses a maker who decides; nobody decides twice in a round, and nobody is decided for twice.
 */
@Entity('decisions')
@Unique(['mineId', 'submissionId', 'round', 'actor'])
@Unique(['mineId', 'submissionId', 'round', 'onBehalfOf'])
@ForeignKey('SubmissionRow', ['mineId', 'submissionId', 'maker'], ['mineId', 'id', 'maker'])
@Check('decisions_four_eyes', 'actor <> maker AND on_behalf_of IS DISTINCT FROM maker')
@Check('decisions_for_another', 'on_behalf_of IS DISTINCT FROM actor')
@Check('decisions_returned_with_reason', `decision = 'approved' OR coalesce(reason, '') <> ''`)
export class Decision {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'submission_id' })
  submissionId!: string;

  @PrimaryColumn({ type: 'integer' })
  round!: number;

  /** From 1. */
  @PrimaryColumn({ type: 'integer' })
  step!: number;

  @Column(CODE)
  role!: string;

  @Column({ type: 'text' })
  @Check(isOneOf('decision', ['approved', 'returned']))
  decision!: 'approved' | 'returned';

  @Column(CODE)
  actor!: string;

  /** Whose role it was while they were away; null: the actor's own. */
  @Column({ ...CODE, name: 'on_behalf_of', nullable: true })
  onBehalfOf!: string | null;

  @Column(CODE)
  maker!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz', name: 'due_since' })
  dueSince!: Date;

  @Column({ type: 'timestamptz', name: 'decided_at', default: () => 'now()' })
  decidedAt!: Date;
}
