/**
 * Which role may do what (the roles of the contract). A right is held over departments: those of the grants whose role
 * includes it. What no role includes, nobody may do.
 */
export const ROLES = [
  ...['clerk', 'reviewer', 'finance', 'quality', 'committee', 'supervisor', 'integration', 'auditor', 'admin'],
] as const;
export type Role =
  'clerk' | 'reviewer' | 'finance' | 'quality' | 'committee' | 'supervisor' | 'integration' | 'auditor' | 'admin';

const EVERYONE: readonly Role[] = [
  ...(['clerk', 'reviewer', 'finance', 'quality', 'committee', 'supervisor', 'integration', 'auditor'] as const),
];
const ENTERING: readonly Role[] = ['clerk', 'finance', 'integration'];
const CHECKING: readonly Role[] = ['reviewer', 'finance', 'quality', 'committee', 'supervisor'];

/** Of keys: a program enters and reads, and what it enters a person approves. */
export const ROLES_OF_PROGRAMS: readonly Role[] = ['integration', 'auditor'];

/** What each right lets its holder do, and the roles that hold it. */
export const RIGHTS = {
  /** Signed in, whatever the role and even without one: one's own account. It reaches no department. */
  self: [...EVERYONE, 'admin'],
  'figures.read': EVERYONE,
  'references.read': [...EVERYONE, 'admin'],
  'references.write': ENTERING,
  'records.read': EVERYONE,
  'records.write': ENTERING,
  'imports.read': EVERYONE,
  'imports.write': ENTERING,
  'profiles.write': ['finance'],
  'reconciliations.read': ['finance', 'quality', 'supervisor', 'auditor'],
  /** The work list, and one step of what waits in it; which step, the path of approval says. */
  'approvals.read': [...CHECKING, 'clerk', 'integration', 'auditor'],
  'approvals.decide': CHECKING,
  /** Adding papers to what one made or checks. */
  'evidence.write': [...CHECKING, 'clerk', 'integration'],
  'approvals.measure': ['finance', 'supervisor', 'auditor'],
  /** Proposing another path of approval; it holds once finance approves. */
  'rules.propose': ['finance', 'admin'],
  'periods.declare': ['clerk', 'reviewer', 'finance'],
  'periods.read': EVERYONE,
  'periods.close': ['finance'],
  /** Reports are of the whole mine; the office (党委、综合办) and finance make them and say in them what is theirs to say. */
  'reports.read': EVERYONE,
  'reports.make': ['finance', 'committee'],
  /** In which place, the sheet says. */
  'reports.sign': ['finance', 'reviewer', 'quality', 'committee'],
  'delegations.read': [...EVERYONE, 'admin'],
  /** Leaving one's roles to another for some days; an administrator does it for people who are away already. */
  'delegations.write': [...CHECKING, 'admin'],
  'accounts.manage': ['admin'],
  'mines.create': ['admin'],
  'audit.read': ['auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Right = keyof typeof RIGHTS;

/** What can only be held over the whole mine: a part of it has no accounts, months, books, mappings or paths of its own. */
export const OF_WHOLE_MINE: ReadonlySet<Right> = new Set<Right>([
  ...(['accounts.manage', 'mines.create', 'periods.close', 'rules.propose'] as const),
  ...(['profiles.write', 'reconciliations.read', 'audit.read'] as const),
  ...(['reports.read', 'reports.make', 'reports.sign'] as const),
]);

/** What a role that is held for somebody away (出差代办) is good for: deciding, and seeing what is to be decided. */
export const BY_DELEGATION: ReadonlySet<Right> = new Set<Right>([
  ...(['approvals.read', 'approvals.decide', 'records.read', 'imports.read'] as const),
]);

export const holds = (role: Role, right: Right): boolean => (RIGHTS[right] as readonly Role[]).includes(role);
