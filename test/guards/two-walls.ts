import { bothWalls, firstWall, type Guard } from './guard.js';

const ROWS = ['test/db/row-level-security'];
const ROW_POLICIES = 'migrations/1700000000008-row-level-security.ts';

/** The first wall: scope as a part of every query, tried with the second pulled down. */
export const SCOPE: readonly Guard[] = [
  {
    name: 'scope of the list of records',
    file: 'src/modules/records/db/record-queries.ts',
    from: 'WHERE r.mine_id = $1 AND ($5::text[] IS NULL OR r.department = ANY ($5))',
    to: 'WHERE r.mine_id = $1 AND ($5::text[] IS NULL OR true)',
    ...firstWall('GET /records'),
  },
  {
    name: 'scope of one record',
    file: 'src/modules/records/db/record-queries.ts',
    from: 'AND ($4::text[] IS NULL OR r.department = ANY ($4))',
    to: 'AND ($4::text[] IS NULL OR true)',
    ...firstWall('GET /records/{id}'),
  },
  {
    name: 'scope of imports',
    file: 'src/modules/intake/db/import-answers.ts',
    from: `'($2::text[] IS NULL OR i.departments <@ $2 OR i.actor = $3)'`,
    to: `'($2::text[] IS NULL OR i.actor = $3 OR true)'`,
    ...firstWall('GET /imports/{id}'),
  },
  {
    name: 'scope of baselines, volumes and adjustments',
    file: 'src/modules/reference/db/reference-queries.ts',
    from: '(r.department IS NULL OR r.department = ANY ($${place}::text[]))',
    to: '($${place}::text[] IS NOT NULL)',
    ...firstWall('GET /baselines'),
  },
  {
    name: 'scope of figures',
    file: 'src/modules/synergy/http/synergy.controller.ts',
    from: '...(departments === null ? {} : { within: departments })',
    to: '...(departments === null ? {} : {})',
    ...firstWall('GET /synergy/pivot'),
  },
  {
    name: 'scope of submissions',
    file: 'src/modules/approval/db/submission-answers.ts',
    from: `'($2::text[] IS NULL OR s.departments <@ $2 OR s.maker = $3)'`,
    to: `'($2::text[] IS NULL OR s.maker = $3 OR true)'`,
    ...firstWall('GET /submissions'),
  },
  {
    name: 'scope of what is decided',
    file: 'src/modules/approval/app/admit.ts',
    from: 'maker === by.actor || isReached(by.reach, departments)',
    to: 'maker === by.actor || isReached(by.reach, departments) || true',
    ...bothWalls('POST /submissions/{id}/return'),
  },
  {
    name: 'scope of evidence',
    file: 'src/modules/records/db/entered-records.ts',
    from: `WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = $2 AND r.reversed_by = 0 AND r.status <> 'withdrawn'
       AND ($3::text[] IS NULL OR r.department = ANY ($3))`,
    to: `WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = $2 AND r.reversed_by = 0 AND r.status <> 'withdrawn'
       AND ($3::text[] IS NULL OR true)`,
    ...firstWall('GET /records/{id}/evidence'),
  },
  {
    name: 'scope of the closing checklist',
    file: 'src/modules/periods/db/checklist-queries.ts',
    from: 'const within = (column: string) => `($3::text[] IS NULL OR ${column} = ANY ($3))`;',
    to: 'const within = (column: string) => `($3::text[] IS NULL OR ${column} IS NOT NULL)`;',
    ...firstWall('GET /periods/{code}/checklist'),
  },
  {
    name: 'scope of declarations',
    file: 'src/modules/periods/db/declaration-queries.ts',
    from: 'WHERE d.mine_id = $1 AND ($3::text[] IS NULL OR d.code = ANY ($3))',
    to: 'WHERE d.mine_id = $1 AND ($3::text[] IS NULL OR true)',
    ...firstWall('GET /periods/{code}/declarations'),
  },
  {
    name: 'a single record is entered for one’s own department',
    file: 'src/modules/records/app/judge-entry.ts',
    from: '&& !isReached(reach, [entry.department])',
    to: '&& !isReached(reach, [entry.department]) && false',
    specs: ['test/records/scope'],
  },
  {
    name: 'a file is handed in for one’s own department',
    file: 'src/modules/intake/app/check-scope.ts',
    from: 'if (departments === null) return 0;',
    to: 'if (departments === null || true) return 0;',
    specs: ['test/imports/scope'],
  },
  {
    name: 'answers in memory are of one reach',
    file: 'src/modules/synergy/http/ready-answers.ts',
    from: '`${mine} ${reachKey(reach)} ${request.url}`',
    to: '`${mine} ${reachKey(reach).slice(0, 0)} ${request.url}`',
    ...bothWalls('GET /synergy/pivot'),
  },
  {
    name: 'events are told to those who may see the import',
    file: 'src/modules/intake/app/import-events.ts',
    from: `if (event.name !== 'figures') return null;`,
    to: `if (event.name !== 'figures') return event;`,
    specs: ['test/imports/events'],
  },
];

/** The second wall. */
export const WALL: readonly Guard[] = [
  {
    name: 'settings of a transaction end with it',
    file: 'src/platform/database/unit-of-work.ts',
    from: '`SET LOCAL ${name} =',
    to: '`SET ${name} =',
    specs: ['test/guards/sight'],
  },
  ...[
    { name: 'rows of departments', from: "inReach('department')])", to: 'ANY_ROW])' },
    { name: 'imports', from: "imports: allReached('actor')", to: 'imports: ANY_ROW' },
    { name: 'what hangs on imports', from: '(table) => [table, ofImport(table)]', to: '(table) => [table, ANY_ROW]' },
    { name: 'submissions', from: "submissions: allReached('maker')", to: 'submissions: ANY_ROW' },
    { name: 'the mine', from: "`(mine_id = ${setting('mine')} OR", to: '`(mine_id IS NOT NULL OR' },
  ].map(({ name, from, to }) => ({
    ...{ name: `row-level security: ${name}`, file: ROW_POLICIES, from, to, specs: ROWS },
  })),
  {
    name: 'row-level security is switched on',
    file: ROW_POLICIES,
    from: '`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,',
    to: '',
    specs: ROWS,
  },
];
