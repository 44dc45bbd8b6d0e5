import fc from 'fast-check';
import { OPEN_DAY, recordRow } from '../authorization/folder.js';
import { CODE, MINE } from '../authorization/places.js';
import { PASSWORDS, PERSON } from './values.js';

/** A request that the one who asks most is answered well, where the matrix of authorization only asks to be refused. */
export interface WellAsked {
  readonly target: string;
  readonly json: object;
  readonly headers?: readonly (readonly [string, string])[];
}

/** Drafts of the first caller; only who entered a record may change it or hand it in. */
export const OWN_DRAFTS = Array.from({ length: 20 }, (_, at) => recordRow('CM1', `D-${at + 1}`, OPEN_DAY, '1.00'));

/** Nothing is ever reported against it, which finance may waive. */
export const UNREPORTED = {
  ...{ code: 'U1', department: CODE.KQ, category: 'personnel', item: '05', nature: 'explicit', basis: 'budget' },
  ...{ amount: '1', valid_from: '2023-03-01', valid_to: '2023-03-31' },
};

const draft = fc.constantFrom(...OWN_DRAFTS);
const inMine = [['X-Mine', MINE]] as const;

export const WELL_ASKED: Readonly<Record<string, fc.Arbitrary<WellAsked>>> = {
  loginAuth: fc
    .constantFrom(...PASSWORDS)
    .map((password) => ({ target: '/api/v1/auth/login', json: { username: PERSON, password }, headers: inMine })),
  replaceRecords: draft.map((row) => ({ target: `/api/v1/records/${row.id}`, json: { ...row, amount: '2.00' } })),
  withdrawRecords: draft.map(({ id }) => ({ target: `/api/v1/records/${id}/withdraw`, json: {} })),
  submitRecords: draft.map(({ id }) => ({ target: `/api/v1/records/${id}/submit`, json: {} })),
  proposeApprovalPath: fc.integer({ min: 60, max: 99 }).map((fromWan) => ({
    target: '/api/v1/approval-path',
    json: {
      steps: [
        ...['reviewer', 'finance'].map((role) => ({ kind: 'records', fromWan: '0', role })),
        ...['reviewer', 'finance', 'committee'].map((role) => ({ kind: 'records', fromWan: `${fromWan}`, role })),
      ],
    },
  })),
  waivePeriods: fc.constant({
    target: '/api/v1/periods/2023-03/waivers',
    json: { code: 'not_reported', reason: '停产' },
  }),
  // A year that no other baseline covers.
  putBaselineBaselines: fc.integer({ min: 1950, max: 2019 }).map((year) => ({
    target: '/api/v1/baselines',
    json: {
      ...{ code: `W${year}`, department: CODE.CM1, category: 'resource', item: '0104', nature: 'explicit' },
      ...{ basis: 'contract', unit_price: '2', valid_from: `${year}-01-01`, valid_to: `${year}-12-31` },
    },
  })),
};
