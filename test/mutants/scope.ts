import { of, ofTests } from './mutant.js';

const REACH = of(
  'src/modules/mines/app/reach.ts',
  ['test/access/reach'],
  ['one of the departments is enough', 'departments.every((department)', 'departments.some((department)'],
  [
    'what is the whole mine’s is everyone’s',
    'departments !== null && departments.every',
    'departments === null || departments.every',
  ],
  [
    'the whole mine holds only what is the whole mine’s',
    'reach.departments === null ||',
    'reach.departments !== null &&',
  ],
  [
    'some departments are all to the second wall',
    "settingsOf(mine, 'no', departments, actor)",
    "settingsOf(mine, 'yes', departments, actor)",
  ],
  [
    'the whole mine is nothing to the second wall',
    "settingsOf(mine, 'yes', [], actor)",
    "settingsOf(mine, 'no', [], actor)",
  ],
  ['a quote in a code ends it', '/["\\\\]/g', '/[\\\\]/g'],
  ['a backslash in a code hides what follows', '/["\\\\]/g', '/["]/g'],
  ['only the first quote of a code', '/["\\\\]/g', '/["\\\\]/'],
  ['the order of departments is another reach', '[...departments].sort())', '[...departments])'],
  ['nothing and everything have one key', "departments === null ? '*' :", "departments === null ? '[]' :"],
  ['the mine and the actor swapped', "'app.mine': mine,", "'app.mine': actor,"],
);

const RIGHTS = of(
  'src/modules/access/app/caller.ts',
  ['test/access/reach'],
  [
    'every right of somebody away',
    'onBehalfOf === null || BY_DELEGATION.has(right)),',
    'onBehalfOf === null || true),',
  ],
  ['no right of somebody away', 'onBehalfOf === null || BY_DELEGATION.has(right)),', 'onBehalfOf === null),'],
  ['any role will do', 'holds(role, right) && (onBehalfOf', 'true && (onBehalfOf'],
  [
    'one department is the whole mine',
    'held.some(({ departments }) => departments === null)',
    'held.some(({ departments }) => departments !== null)',
  ],
  [
    'a part may do what is the whole mine’s',
    '|| OF_WHOLE_MINE.has(right)) return null',
    '&& OF_WHOLE_MINE.has(right)) return null',
  ],
  [
    'one’s own account reaches the mine',
    "if (right === 'self') return someDepartments(caller.mine, [], caller.actor)",
    "if (right === 'self') return wholeMine(caller.mine, caller.actor)",
  ],
  ['the first role counts alone', 'held.flatMap((each)', 'held.slice(0, 1).flatMap((each)'],
  ['the wrong reason', 'isHeld && OF_WHOLE_MINE.has(right) ?', 'isHeld || OF_WHOLE_MINE.has(right) ?'],
  ['a reason by somebody else’s role', 'onBehalfOf === null && holds(role, right)', 'holds(role, right)'],
);

const ROLES = of(
  'src/modules/access/app/rights.ts',
  ['test/access/reach'],
  ['reviewers write records', "'records.write': ENTERING", "'records.write': EVERYONE"],
  ['clerks decide', "'approvals.decide': CHECKING", "'approvals.decide': EVERYONE"],
  ['administrators read figures', "'figures.read': EVERYONE", "'figures.read': [...EVERYONE, 'admin']"],
  ['supervisors close months', "'periods.close': ['finance']", "'periods.close': ['finance', 'supervisor']"],
  [
    'a deputy enters',
    "'approvals.read', 'approvals.decide', 'records.read', 'imports.read'",
    "'approvals.read', 'approvals.decide', 'records.write', 'imports.read'",
  ],
  [
    'a department closes months',
    "'accounts.manage', 'mines.create', 'periods.close', 'rules.propose'",
    "'accounts.manage', 'mines.create', 'rules.propose'",
  ],
);

const VERDICTS = of(
  'src/modules/approval/app/verdict.ts',
  ['test/approval/verdict'],
  ['makers decide', 'if (submission.maker === by.actor) return', 'if (false) return'],
  ['one person twice', 'if (people.has(by.actor)) return', 'if (people.has(submission.maker)) return'],
  ['for the maker', '!(onBehalfOf === submission.maker || people.has(onBehalfOf))', '!people.has(onBehalfOf)'],
  [
    'for who decided already',
    '!(onBehalfOf === submission.maker || people.has(onBehalfOf))',
    '!(onBehalfOf === submission.maker)',
  ],
  [
    'by whoever somebody decided for',
    'flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf])',
    'flatMap(({ actor }) => [actor])',
  ],
  ['the step after the next', 'submission.steps[submission.stepsDone]!', 'submission.steps[submission.stepsDone + 1]!'],
  ['a step that moved', 'step !== undefined && step !== next', 'step !== undefined && step > next'],
  ['any role', 'each.role === role && covers', 'covers'],
  ['over some of the departments', 'all.every((department)', 'all.some((department)'],
  ['a department over the whole mine', '(all !== null && all.every', '(all === null || all.every'],
  [
    'another’s role before one’s own',
    'Number(a.onBehalfOf !== null) - Number(b.onBehalfOf !== null)',
    'Number(b.onBehalfOf !== null) - Number(a.onBehalfOf !== null)',
  ],
  [
    'what was decided',
    "state === 'submitted' || state === 'reviewed'",
    "state !== 'submitted' || state === 'reviewed'",
  ],
);

const PATHS = of(
  'src/modules/approval/app/path.ts',
  ['test/approval/path.spec'],
  ['an amount that is reached is not', 'exact(each.fromYuan) <= amount', 'exact(each.fromYuan) < amount'],
  ['red letters weigh nothing', 'magnitude(exact(amountYuan))', 'exact(amountYuan)'],
  ['every amount that is reached', 'exact(fromYuan) === highest', 'exact(fromYuan) <= highest'],
  [
    'as early as any of them has it',
    'Math.max(step, latest.get(role) ?? 0)',
    'Math.min(step, latest.get(role) ?? step)',
  ],
  ['no finance for what needs it', '&& !latest.has', '&& latest.has'],
  ['finance first', "latest.set('finance', last + 1)", "latest.set('finance', last - 1)"],
  ['at one place the later role first', 'stepA - stepB || rank(a) - rank(b)', 'stepA - stepB || rank(b) - rank(a)'],
);

const EVIDENCE = of(
  'src/modules/approval/app/evidence-type.ts',
  ['test/approval/evidence-type'],
  ['a paper anywhere in a file', 'beginning.startsWith(bytes)', 'beginning.includes(bytes)'],
  ['whatever its name', 'type?.extensions.includes(extension) ?', 'type?.extensions.length ?'],
  ['one part of an archive is enough', 'parts.every((part)', 'parts.some((part)'],
  ['names in capitals', '?.toLowerCase()', '?.toUpperCase()'],
  ['an archive, whatever it begins with', '!beginning.startsWith(ZIP)', '!beginning'],
  ['seven bytes of a beginning', 'const LONGEST = 8', 'const LONGEST = 7'],
  ['the first ending of a name', String.raw`/\.(\w+)$/`, String.raw`/\.(\w+)/`],
);

const PAGES = of(
  'src/platform/http/paging.ts',
  ['test/platform/paging'],
  ['a page after the last', 'rows.length > limit && last', 'rows.length >= limit && last'],
  ['the one row too many is given out', 'rows.slice(0, limit)', 'rows.slice(0, limit + 1)'],
  ['a cursor beyond bigint', String.raw`/^\d{1,18}$/`, String.raw`/^\d{1,19}$/`],
  ['a cursor of fewer parts', 'key.length === parts.length &&', 'key.length <= parts.length &&'],
  ['a cursor of one right part', 'key.every((part, index)', 'key.some((part, index)'],
  ['a cursor of another hand', '|| encodeCursor(key as string[]) !== cursor', ''],
  ['a NUL in a cursor', String.raw`/\0|\p{Surrogate}/u`, String.raw`/\p{Surrogate}/u`],
  ['half a character in a cursor', String.raw`/\0|\p{Surrogate}/u`, String.raw`/\0/u`],
  ['201 rows', 'MAX_LIMIT = 200', 'MAX_LIMIT = 201'],
  ['no rows at all', '@Min(1)', '@Min(0)'],
  ['a cursor without end', 'MAX_CURSOR_LENGTH = 2000', 'MAX_CURSOR_LENGTH = 2001'],
);

const IMPORTS = [
  ...of(
    'src/modules/intake/app/check-scope.ts',
    ['test/imports/scope'],
    [
      'rows of other departments',
      '(s.department = ANY (${textArray(departments)})) IS NOT TRUE',
      '(s.department = ANY (${textArray(departments)})) IS NULL',
    ],
    [
      'rows of the whole mine',
      '(s.department = ANY (${textArray(departments)})) IS NOT TRUE',
      '(s.department = ANY (${textArray(departments)})) IS FALSE',
    ],
    ['books of the whole mine', 'OF_WHOLE_MINE.includes(document)', '!OF_WHOLE_MINE.includes(document)'],
    [
      'kinds without departments',
      'filter(({ document }) => !isOfDepartments(document))',
      'filter(({ document }) => isOfDepartments(document))',
    ],
    ['a method for all', 'intake.method === null ? []', 'intake.method !== null ? []'],
    [
      'the key of another department',
      '!departments.includes(before.department',
      'departments.includes(before.department',
    ],
    ['names of others’ files', 'shown.has(one.params.import_id!) ? one', '!shown.has(one.params.import_id!) ? one'],
  ),
  ...ofTests(
    'src/platform/http/network-of.ts',
    'test/access/guesses',
    'the network of',
    ['one address of a network', '.slice(0, 4)', '.slice(0, 5)'],
    ['a gap of another length', '8 - first.length - last.length', '7 - first.length - last.length'],
  ),
  ...of(
    'src/modules/rules/row-number.ts',
    ['test/rules/row-number'],
    ['a sheet too early', 'Math.floor(rowNumber / ROWS)', 'Math.round(rowNumber / ROWS)'],
    ['rows of the next sheet', 'const ROWS = 2 ** 21', 'const ROWS = 2 ** 20'],
    ['a row too many', 'MAX_ROWS = ROWS - 1', 'MAX_ROWS = ROWS'],
  ),
];

export const SCOPE = [...REACH, ...RIGHTS, ...ROLES, ...VERDICTS, ...PATHS, ...EVIDENCE, ...PAGES, ...IMPORTS];
