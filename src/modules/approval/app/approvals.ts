import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { CallerHere, Role } from '../../access/index.js';
import type { Decided, NewSubmission, Subject, SubjectKind, Submission } from './subject.js';

/** The interface that other parts build on; what it does comes with the next commit. */
@Injectable()
export class Approvals {
  constructor(private readonly uow: UnitOfWork) {}
  declare register: (subject: Subject) => void;
  declare path: (tx: Tx, mine: string, kinds: readonly string[], amountYuan: string) => Promise<Role[]>;
  declare submit: (tx: Tx, mine: string, submissions: readonly NewSubmission[]) => Promise<Submission[]>;
  declare standing: (
    tx: Tx,
    mine: string,
    subject: SubjectKind,
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, Submission>>;
  declare approve: (
    by: CallerHere,
    ids: readonly string[],
    options?: { readonly step?: number; readonly reason?: string },
  ) => Promise<Decided[]>;
  declare return: (
    by: CallerHere,
    ids: readonly string[],
    options: { readonly reason: string; readonly step?: number },
  ) => Promise<Decided[]>;
  declare withdraw: (by: CallerHere, ids: readonly string[]) => Promise<Decided[]>;
  declare finish: (
    tx: Tx,
    mine: string,
    subject: SubjectKind,
    key: string,
    outcome: 'posted' | { readonly returned: string },
  ) => Promise<void>;
}
