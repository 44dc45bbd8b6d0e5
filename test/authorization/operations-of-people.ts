import { at, bulk, v1, reason, EMPTY } from './asking.js';
import { ANYWHERE, EVERY_PLACE, oneOf, reading, sending, type Operation } from './operation.js';
import { CODE } from './places.js';
import { ADMIN, ALL, CHECKING, LEAVING, MEASURING, PROPOSING, READERS, type Role } from './roles.js';

export const PUBLIC: readonly Operation[] = [
  reading('public', 'GET /health/live', [], '/health/live'),
  reading('public', 'GET /health/ready', [], '/health/ready'),
  reading('public', 'GET /metrics', [], '/metrics'),
  sending('public', 'POST /auth/login', [], v1('/auth/login'), (_, nth) => ({ username: `who${nth}`, password: 'x' })),
  sending('public', 'POST /auth/refresh', [], v1('/auth/refresh'), () => ({ refreshToken: 'x' })),
  reading('public', 'GET /auth/oidc/start', [], v1('/auth/oidc/start')),
  reading('public', 'GET /auth/oidc/callback', [], v1('/auth/oidc/callback')),
];

export const OWN: readonly Operation[] = [
  // A program's roles say to the program itself where it holds them.
  reading('self', 'GET /me', ALL, v1('/me')),
  sending('self', 'POST /auth/logout', ALL, v1('/auth/logout'), () => ({}), { mayAnswer: ['forbidden'] }),
  sending('self', 'POST /auth/password', ALL, v1('/auth/password'), () => ({ current: 'x', next: 'long enough' }), {
    mayAnswer: ['forbidden'],
  }),
];

const decisions = (about: 'thing' | 'bulk') =>
  (['approve', 'return', 'withdraw'] as const).map((step) => {
    const said = step === 'return' ? reason : {};
    const roles = step === 'withdraw' ? READERS : CHECKING;
    const more = {
      ...{ unknown: 'unknown_submission', places: EVERY_PLACE },
      ...(step === 'withdraw' ? { onlyTheirOwn: true as const } : {}),
    };
    return about === 'bulk'
      ? sending(
          'bulk',
          `POST /submissions/${step}`,
          roles,
          v1(`/submissions/${step}`),
          bulk('importSubmission', said),
          more,
        )
      : sending(
          'thing',
          `POST /submissions/{id}/${step}`,
          roles,
          at('/submissions', 'importSubmission', `/${step}`),
          () => said,
          more,
        );
  });

export const APPROVAL: readonly Operation[] = [
  reading('list', 'GET /worklist', READERS, v1('/worklist?limit=200'), EMPTY),
  reading('list', 'GET /submissions', READERS, v1('/submissions?limit=200')),
  oneOf('GET /submissions/{id}', READERS, 'unknown_submission', at('/submissions', 'importSubmission'), {
    places: EVERY_PLACE,
  }),
  ...decisions('thing'),
  ...decisions('bulk'),
  reading('list', 'GET /approval-measures', MEASURING, v1('/approval-measures'), EMPTY),
  reading('open', 'GET /approval-path', ALL, v1('/approval-path')),
  sending('whole', 'POST /approval-path', PROPOSING, v1('/approval-path'), () => ({ steps: [], evidenceFromWan: '9' })),
  sending('whole', 'POST /approval-path/withdraw', PROPOSING, v1('/approval-path/withdraw'), () => ({}), {
    mayAnswer: ['no_proposal'],
  }),
];

const AUDITING: readonly Role[] = ['auditor'];
export const AUDIT: readonly Operation[] = [
  reading('whole', 'GET /audit', AUDITING, v1('/audit?limit=200')),
  reading('whole', 'GET /audit/verify', AUDITING, v1('/audit/verify')),
  reading('whole', 'GET /audit/export', AUDITING, v1('/audit/export')),
];

const grants = { grants: [{ role: 'clerk', department: CODE.CM1 }] };
const user = (name: string, step: string, json: () => object = () => ({})) =>
  sending('whole', `${name} /users/{username}/${step}`, ADMIN, v1(`/users/zhang/${step}`), json, {
    unknown: 'unknown_user',
  });

export const ACCOUNTS: readonly Operation[] = [
  reading('open', 'GET /mines', ALL, v1('/mines')),
  sending('whole', 'POST /mines', ADMIN, v1('/mines'), (_, nth) => ({ code: `m${nth}`, name: '新矿' })),
  reading('whole', 'GET /users', ADMIN, v1('/users')),
  sending('whole', 'POST /users', ADMIN, v1('/users'), (_, nth) => ({
    username: `n${nth}`,
    displayName: '新',
    ...grants,
  })),
  reading('whole', 'GET /users/{username}', ADMIN, v1('/users/zhang'), { unknown: 'unknown_user' }),
  user('PUT', 'grants', () => grants),
  user('POST', 'disable'),
  user('POST', 'enable'),
  user('POST', 'one-time-password'),
  reading('whole', 'GET /api-keys', ADMIN, v1('/api-keys')),
  sending('whole', 'POST /api-keys', ADMIN, v1('/api-keys'), () => ({
    ...{ name: '新', expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
    grants: [{ role: 'integration', department: CODE.CM1 }],
  })),
  sending(
    'whole',
    'POST /api-keys/{id}/revoke',
    ADMIN,
    (things) => v1(`/api-keys/${things.apiKey}/revoke`),
    () => ({}),
    { unknown: 'unknown_api_key' },
  ),
  reading('list', 'GET /delegations', ALL, v1('/delegations'), EMPTY),
  // Only people leave their roles to one another.
  sending(
    'open',
    'POST /delegations',
    LEAVING,
    v1('/delegations'),
    () => ({ to: 'li', validFrom: '2099-01-01', validTo: '2099-01-02', ...reason }),
    { mayAnswer: ['forbidden'] },
  ),
  sending(
    'thing',
    'POST /delegations/{id}/revoke',
    LEAVING,
    (things) => v1(`/delegations/${things.delegation}/revoke`),
    () => ({}),
    {
      ...{ unknown: 'unknown_delegation', places: ANYWHERE, onlyTheirOwn: true },
    },
  ),
];
