/**
 * Which role may ask what, as contract.md (“Roles”) and the issue say it; written down a second time on purpose, so that
 * a slip in the program's own table is seen.
 */
export const ROLES = [
  ...([
    'clerk',
    'reviewer',
    'finance',
    'quality',
    'committee',
    'supervisor',
    'integration',
    'auditor',
    'admin',
  ] as const),
];
export type Role = (typeof ROLES)[number];

/** Everybody but the administrator, who looks after accounts and sees no figures. */
export const READERS: readonly Role[] = ROLES.filter((role) => role !== 'admin');
export const ALL: readonly Role[] = ROLES;
/** 录入员 and finance enter; programs hand in what they have. */
export const ENTERING: readonly Role[] = ['clerk', 'finance', 'integration'];
/** A step of a path can be any of these. */
export const CHECKING: readonly Role[] = ['reviewer', 'finance', 'quality', 'committee', 'supervisor'];
export const ADDING_PAPERS: readonly Role[] = [...CHECKING, 'clerk', 'integration'];
export const FINANCE: readonly Role[] = ['finance'];
export const BOOKS: readonly Role[] = ['finance', 'quality', 'supervisor', 'auditor'];
export const MEASURING: readonly Role[] = ['finance', 'supervisor', 'auditor'];
export const PROPOSING: readonly Role[] = ['finance', 'admin'];
export const DECLARING: readonly Role[] = ['clerk', 'reviewer', 'finance'];
export const LEAVING: readonly Role[] = [...CHECKING, 'admin'];
export const ADMIN: readonly Role[] = ['admin'];
