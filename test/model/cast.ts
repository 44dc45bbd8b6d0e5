/** Who and what the sequences are about: data, from which the mine is founded and by which the model predicts. */

/** Departments of which there are records. D3 has none: whoever holds a role there only is a stranger. */
export const DEPARTMENTS = ['D1', 'D2'] as const;
export type Department = (typeof DEPARTMENTS)[number];
export const FOREIGN_DEPARTMENT = 'D3';

/** Natural months. */
export const PERIODS = ['2024-01', '2024-02', '2024-03'] as const;
export type Period = (typeof PERIODS)[number];

/** The one baseline: 10.00 yuan a unit of item 0104, in fen. A record of q units for A fen saves 1000·q − A (BAS-2). */
export const PRICE_FEN = 1000n;

export type Role = 'clerk' | 'reviewer' | 'finance';
/** A role over one department, or over the whole mine: ''. */
export type Grant = readonly [role: Role, department: string];

export const ACTORS = {
  clerk1: [['clerk', 'D1']],
  clerk2: [['clerk', 'D2']],
  /** Enters and reviews, so that what they made waits for a role of their own. */
  desk1: [
    ['clerk', 'D1'],
    ['reviewer', 'D1'],
  ],
  reviewer: [['reviewer', '']],
  finance: [['finance', '']],
  /** Holds both steps of a record. */
  chief: [
    ['reviewer', ''],
    ['finance', ''],
  ],
  stranger: [
    ['clerk', FOREIGN_DEPARTMENT],
    ['reviewer', FOREIGN_DEPARTMENT],
  ],
} as const satisfies Readonly<Record<string, readonly Grant[]>>;

export type Actor = keyof typeof ACTORS;
export const ACTOR_NAMES = Object.keys(ACTORS) as Actor[];

/** The contract's table of roles, as far as the sequences use it; written out here, not taken from the service. */
const MAY = {
  enter: ['clerk', 'finance'],
  decide: ['reviewer', 'finance'],
  declare: ['clerk', 'reviewer', 'finance'],
  close: ['finance'],
  read: ['clerk', 'reviewer', 'finance'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Deed = keyof typeof MAY;

/** Where somebody may do a thing: departments, `all` for the whole mine, null for nowhere. */
export type Scope = readonly string[] | 'all' | null;

export const scopeOf = (actor: Actor, deed: Deed): Scope =>
  spread(ACTORS[actor].filter(([role]) => (MAY[deed] as readonly Role[]).includes(role)));

export const scopeOfRole = (actor: Actor, role: Role): Scope => spread(ACTORS[actor].filter(([held]) => held === role));

function spread(grants: readonly Grant[]): Scope {
  if (grants.length === 0) return null;
  if (grants.some(([, department]) => department === '')) return 'all';
  return grants.map(([, department]) => department);
}

/** Whether a scope reaches all of some departments; null is something of the whole mine. */
export const reaches = (scope: Scope, departments: readonly string[] | null): boolean =>
  scope === 'all' || (scope !== null && departments !== null && departments.every((one) => scope.includes(one)));

/** Fen as the yuan that the service writes: -105n → '-1.05'. */
export function yuan(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
