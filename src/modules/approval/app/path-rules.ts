import { Injectable } from '@nestjs/common';
import { exact, plain, quotient, times } from '../../../../analytics/kernel/exact.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { CallerHere } from '../../access/index.js';
import { Mines, wholeMine, type Reach } from '../../mines/index.js';
import { ROLE_WORDS } from '../approval.errors.js';
import { loadEvidenceFrom, loadPath, replacePath, setEvidenceFrom } from '../db/path-queries.js';
import { Approvals } from './approvals.js';
import { BY_FINANCE_AT_LEAST, DEFAULT_PATH, type PathStep, type StepRole } from './path.js';
import { requireDone } from './refusals.js';
import type { Subject, Submission } from './subject.js';

/** A step as people name it: from an amount in 万元 on, in the order in which the steps of its kind and amount are named. */
export interface StepFrom {
  readonly kind: string;
  readonly fromWan: string;
  readonly role: StepRole;
}

export interface Rules {
  readonly steps: readonly StepFrom[];
  /** From which amount (万元) on evidence is needed; null: never. */
  readonly evidenceFromWan: string | null;
}

/** What a proposal says: kinds without a step keep theirs, and so does the threshold of evidence that is not named. */
export interface ProposedRules {
  readonly steps: readonly StepFrom[];
  readonly evidenceFromWan?: string | null | undefined;
}

/** The only key of its subject: a mine has one path, and one proposal of another at a time. */
const KEY = 'path';
const YUAN_A_WAN = exact('10000');

/** The path of approval is data, and waits for approval itself: whoever proposes another does not put it in force. */
@Injectable()
export class PathRules implements Subject {
  readonly kind = 'rules';

  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
    mines: Mines,
  ) {
    approvals.register(this);
    mines.whenFounded((tx, mine) => replacePath(tx, mine, DEFAULT_PATH));
  }

  /** The rules in force, and the proposal of others where one is on its way and the reach shows it. */
  async current(reach: Reach): Promise<{ readonly rules: Rules; readonly proposal: Submission | null }> {
    return this.uow.run(reach, async (tx) => ({
      rules: await loadRules(tx, reach.mine),
      proposal: await this.openProposal(tx, reach.mine),
    }));
  }

  /** @throws AppError `kind_without_step`, `role_twice`, `nothing_changes`, `already_submitted` */
  async propose(by: CallerHere, proposed: ProposedRules): Promise<Submission> {
    return this.uow.run(wholeMine(by.mine, by.actor), async (tx) => {
      const before = await loadRules(tx, by.mine);
      const content = rulesAfter(before, proposed);
      if (isSame(before, content)) throw new AppError('refused', 'nothing_changes');
      const [submission] = await this.approvals.submit(tx, by.mine, [
        {
          ...{ subject: 'rules', key: KEY, title: '审批路径', kinds: ['rules'], maker: by.actor, departments: null },
          ...{ periods: [], amountYuan: '0', content },
        },
      ]);
      return submission!;
    });
  }

  /** Takes one's own proposal back. @throws AppError `no_proposal` */
  async withdraw(by: CallerHere): Promise<void> {
    const proposal = await this.uow.run(wholeMine(by.mine, by.actor), (tx) => this.openProposal(tx, by.mine));
    if (proposal?.maker !== by.actor) throw new AppError('not_found', 'no_proposal');
    const [decided] = await this.approvals.withdraw(by, [proposal.id]);
    requireDone(decided!);
  }

  follow(): Promise<void> {
    // A proposal is its submission: there is no other thing to follow it.
    return Promise.resolve();
  }

  async post(tx: Tx, mine: string, submissions: readonly Submission[]) {
    for (const { content } of submissions) {
      const { steps, evidenceFromWan } = content as Rules;
      await replacePath(tx, mine, inYuan(steps));
      await setEvidenceFrom(tx, mine, evidenceFromWan);
    }
    return { done: 'posted' as const, refused: [] };
  }

  private async openProposal(tx: Tx, mine: string): Promise<Submission | null> {
    const newest = (await this.approvals.standing(tx, mine, this.kind, [KEY])).get(KEY);
    return newest?.state === 'submitted' || newest?.state === 'reviewed' ? newest : null;
  }
}

async function loadRules(tx: Tx, mine: string): Promise<Rules> {
  const steps = (await loadPath(tx, mine)).map(({ kind, fromYuan, role }) => ({
    ...{ kind, role, fromWan: plain(quotient(exact(fromYuan), YUAN_A_WAN, 6)) },
  }));
  return { steps, evidenceFromWan: await loadEvidenceFrom(tx, mine) };
}

/** The complete rules that a proposal leads to, sorted as they are kept. */
function rulesAfter(before: Rules, { steps, evidenceFromWan }: ProposedRules): Rules {
  const named = steps.map((step) => ({ ...step, fromWan: plain(exact(step.fromWan)) }));
  const kinds = new Set([...named, ...before.steps].map(({ kind }) => kind));
  const all = [...kinds].sort().flatMap((kind) => {
    const ofKind = named.filter((step) => step.kind === kind);
    return ofKind.length > 0 ? stepsOfKind(kind, ofKind) : before.steps.filter((step) => step.kind === kind);
  });
  const threshold = evidenceFromWan === undefined ? before.evidenceFromWan : evidenceFromWan;
  return { steps: all, evidenceFromWan: threshold === null ? null : plain(exact(threshold)) };
}

/** The steps of a kind, by amount and as they were named; every amount has one, and what finance cannot be left out of has it. */
function stepsOfKind(kind: string, steps: readonly StepFrom[]): StepFrom[] {
  const amounts = [...new Set(steps.map(({ fromWan }) => fromWan))].sort((a, b) => (exact(a) < exact(b) ? -1 : 1));
  if (amounts[0] !== '0') throw new AppError('refused', 'kind_without_step', { kind });
  return amounts.flatMap((fromWan) => {
    const tier = steps.filter((step) => step.fromWan === fromWan);
    const roles = tier.map(({ role }) => role);
    const twice = roles.find((role, index) => roles.indexOf(role) !== index);
    if (twice !== undefined) {
      const params = { kind, from: fromWan, role: twice, role_zh: ROLE_WORDS[twice]! };
      throw new AppError('refused', 'role_twice', params);
    }
    const isShort = BY_FINANCE_AT_LEAST.includes(kind) && !roles.includes('finance');
    return isShort ? [...tier, { kind, fromWan, role: 'finance' }] : tier;
  });
}

const inYuan = (steps: readonly StepFrom[]): PathStep[] =>
  steps.map(({ kind, fromWan, role }, index) => {
    const before = steps.slice(0, index).filter((other) => other.kind === kind && other.fromWan === fromWan);
    return { kind, role, step: before.length + 1, fromYuan: plain(times(exact(fromWan), YUAN_A_WAN)) };
  });

const isSame = (a: Rules, b: Rules): boolean => textOf(a) === textOf(b);

const textOf = ({ steps, evidenceFromWan }: Rules): string =>
  JSON.stringify([evidenceFromWan, ...steps.map(({ kind, fromWan, role }) => [kind, fromWan, role])]);
