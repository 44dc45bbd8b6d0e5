import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { CODE, EXACT, isFinite, isOneOf } from '../../../platform/database/column-types.js';

/** A thing on its path of approval. What came back and is handed in again is another round of the same submission. */
@Entity('submissions')
@Unique(['mineId', 'id', 'maker'])
@Index('submissions_of', ['mineId', 'subject', 'key'])
@Index('submissions_one_open', ['mineId', 'subject', 'key'], {
  unique: true,
  where: `state IN ('submitted','reviewed','posting')`,
})
@ForeignKey('Mine', ['mineId'], ['mineId'])
@Check('submissions_steps', 'steps_done BETWEEN 0 AND cardinality(steps)')
@Check('submissions_posted_when_approved', `state NOT IN ('posting','posted') OR steps_done = cardinality(steps)`)
export class SubmissionRow {
  @PrimaryColumn({ ...CODE, name: 'mine_id' })
  mineId!: string;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column(CODE)
  @Check(isOneOf('subject', ['record', 'import', 'profile', 'rules', 'reopening']))
  subject!: string;

  /** Which of its subject: a record's id, an import's number, a profile's name and version, a period. */
  @Column(CODE)
  key!: string;

  @Column({ type: 'text' })
  title!: string;

  /** Of things in it; together they decided the path. */
  @Column({ type: 'text', array: true })
  kinds!: string[];

  @Column(CODE)
  maker!: string;

  @Column(CODE)
  @Check(isOneOf('state', ['submitted', 'reviewed', 'posting', 'posted', 'returned', 'withdrawn']))
  state!: string;

  /** Roles, in order, as the path stood when the round began. */
  @Column({ type: 'text', array: true })
  steps!: string[];

  @Column({ type: 'integer', name: 'steps_done', default: 0 })
  stepsDone!: number;

  @Column({ type: 'integer', default: 1 })
  round!: number;

  /** All that it is about; null: the whole mine. */
  @Column({ type: 'text', array: true, nullable: true })
  departments!: string[] | null;

  @Column({ type: 'text', array: true, default: '{}' })
  periods!: string[];

  /** Yuan. */
  @Column({ ...EXACT, default: 0 })
  @Check(isFinite('amount'))
  amount!: string;

  /** What is proposed, where the submission itself holds it. */
  @Column({ type: 'jsonb', nullable: true })
  content!: object | null;

  /** Why it came back. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz', name: 'submitted_at', default: () => 'now()' })
  submittedAt!: Date;

  /** Since when its next step waits. */
  @Column({ type: 'timestamptz', name: 'due_since', default: () => 'now()' })
  dueSince!: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
