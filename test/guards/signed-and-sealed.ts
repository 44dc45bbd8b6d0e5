import { bothWalls, type Guard } from './guard.js';

const RACE = ['test/periods/race'];

/** Four eyes. */
export const FOUR_EYES: readonly Guard[] = [
  {
    name: 'nobody approves their own work',
    file: 'src/modules/approval/app/verdict.ts',
    from: `if (submission.maker === by.actor) return { code: 'own_work', params: {} };`,
    to: '',
    specs: ['test/approval/engine'],
  },
  {
    name: 'nobody approves twice',
    file: 'src/modules/approval/app/verdict.ts',
    from: `if (people.has(by.actor)) return { code: 'approved_before', params: {} };`,
    to: '',
    specs: ['test/approval/engine'],
  },
  {
    name: 'a step is its role’s',
    file: 'src/modules/approval/app/verdict.ts',
    from: 'each.role === role && covers(each, submission.departments)',
    to: 'covers(each, submission.departments)',
    specs: ['test/approval/engine'],
  },
  {
    name: 'two who approve wait for one another',
    file: 'src/modules/approval/db/submission-queries.ts',
    from: 'ORDER BY s.id FOR UPDATE`',
    to: 'ORDER BY s.id`',
    specs: ['test/approval/engine'],
  },
  ...[
    {
      name: 'maker ≠ checker',
      from: 'CONSTRAINT decisions_four_eyes CHECK (actor <> maker AND on_behalf_of IS DISTINCT FROM maker)',
      to: 'CONSTRAINT decisions_four_eyes CHECK (true)',
    },
    { name: 'one decision a step', from: 'PRIMARY KEY (mine_id, submission_id, round, step),', to: '' },
    { name: 'one decision a person', from: 'UNIQUE (mine_id, submission_id, round, actor),', to: '' },
    {
      name: 'posted only when every step was approved',
      from: "CHECK (state NOT IN ('posting','posted') OR steps_done = cardinality(steps))",
      to: 'CHECK (true)',
    },
    {
      name: 'one open submission of a thing',
      from: 'CREATE UNIQUE INDEX submissions_one_open',
      to: 'CREATE INDEX submissions_one_open',
    },
  ].map(({ name, from, to }) => ({
    ...{ name: `the database: ${name}`, file: 'migrations/1700000000006-approval.ts', from, to },
    specs: ['test/approval/constraints'],
  })),
  {
    name: 'the path of approval is approved by finance, whatever it says',
    file: 'src/modules/approval/app/path.ts',
    from: "if (BY_FINANCE_AT_LEAST.includes(kind) && !latest.has('finance'))",
    to: 'if (false)',
    specs: ['test/approval/path.spec'],
  },
  {
    name: 'evidence from the threshold on',
    file: 'src/modules/approval/app/admit.ts',
    from: 'const lacking = isApproval ?',
    to: 'const lacking = !isApproval ?',
    specs: ['test/approval/path-rules'],
  },
  {
    name: 'evidence is what its content says',
    file: 'src/modules/approval/app/evidence-type.ts',
    from: 'return type?.extensions.includes(extension) ? type.mediaType : null;',
    to: 'return type?.mediaType ?? `application/${extension}`;',
    specs: ['test/approval/evidence'],
  },
  {
    name: 'a mapping profile is used once it was approved',
    file: 'src/modules/mapping/app/profiles.ts',
    from: `WHERE mine_id = $1 AND approved_at IS NOT NULL ORDER BY name, version DESC`,
    to: `WHERE mine_id = $1 ORDER BY name, version DESC`,
    specs: ['test/imports/books-and-rows'],
  },
];

/** Closed means closed. */
export const SEALED: readonly Guard[] = [
  {
    name: 'a writer holds the rows of its periods',
    file: 'src/modules/reference/app/open-periods.ts',
    from: 'ORDER BY code FOR NO KEY UPDATE`',
    to: 'ORDER BY code`',
    specs: RACE,
  },
  {
    name: 'a closing waits for those who write',
    file: 'src/modules/periods/db/period-queries.ts',
    from: 'AND code = $2 FOR UPDATE',
    to: 'AND code = $2',
    specs: RACE,
  },
  {
    name: 'no record into a closed period',
    file: 'src/modules/records/app/into-sums.ts',
    from: 'if (closed.length === 0) return [];',
    to: 'if (closed.length >= 0) return [];',
    specs: ['test/periods/closed'],
  },
  {
    name: 'no change of what a closing reported',
    file: 'src/modules/reference/app/closed-periods.ts',
    from: `if (changed.length > 0) throw new AppError('refused', 'closed_period_changed', { periods: changed.join(', ') });`,
    to: '',
    specs: ['test/periods/closed'],
  },
  {
    name: 'no rows of a closed period',
    file: 'src/modules/reference/app/closed-periods.ts',
    from: 'const refused = touched.filter(({ period }) => closed.has(period));',
    to: 'const refused = touched.filter(({ period }) => closed.has(period) && false);',
    specs: ['test/periods/closed'],
  },
  {
    name: 'closing is for the whole mine',
    file: 'src/modules/access/app/rights.ts',
    from: `'periods.close', 'rules.propose'] as const),`,
    to: `'rules.propose'] as const),`,
    ...bothWalls('POST /periods/{code}/close'),
  },
  {
    name: 'a month is not closed over what waits',
    file: 'src/modules/periods/app/close-period.ts',
    from: 'if (!checklist.isClear) {',
    to: 'if (false) {',
    specs: ['test/periods/lifecycle'],
  },
  {
    name: 'the database: reopened by two',
    file: 'migrations/1700000000007-closing.ts',
    from: 'OR reopened_by IS DISTINCT FROM reopen_requested_by AND',
    to: 'OR',
    specs: ['test/guards/reopened-by-two'],
  },
];

/** What comes from outside. */
export const REQUESTS: readonly Guard[] = [
  {
    name: 'properties that nobody asked for are refused (whitelist)',
    file: 'src/platform/http/validation.ts',
    from: 'forbidNonWhitelisted: true,',
    to: '',
    specs: ['test/e2e/json-bodies'],
  },
];
