import type { Lock } from './lock.js';

/** docs/advisories.json: what is known of the packages that are installed, and what we live with. */
export interface Advisories {
  /** The day the list was looked through, YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly known: readonly Advisory[];
  readonly accepted: readonly Accepted[];
}

export interface Advisory {
  /** GHSA-…, or CVE-… where only that is known. */
  readonly id: string;
  readonly package: string;
  /** Each from a version on, up to but without another. */
  readonly affected: readonly { readonly from: string; readonly fixed: string }[];
  readonly summary: string;
}

/** An advisory that applies and does not reach us. */
export interface Accepted {
  readonly id: string;
  readonly package: string;
  readonly reason: string;
  /** When it must be looked at again, YYYY-MM-DD. */
  readonly until: string;
}

/** One advisory that applies to what is installed. */
export interface Applying {
  readonly id: string;
  readonly package: string;
}

/** Those of the list that hit a locked version. */
export function applying({ known }: Advisories, lock: Lock): Applying[] {
  return known
    .filter(({ package: name, affected }) =>
      lock.packages.some((locked) => locked.name === name && affected.some((range) => isWithin(locked.version, range))),
    )
    .map(({ id, package: name }) => ({ id, package: name }));
}

/** The answer of `npm audit --json` (auditReportVersion 2), as far as it is read. */
export interface AuditReport {
  readonly vulnerabilities: Readonly<
    Record<string, { readonly via: readonly (string | { readonly url: string; readonly name: string })[] }>
  >;
}

/** A package that only depends on a vulnerable one is named by a text, not by an advisory. */
export function reported({ vulnerabilities }: AuditReport): Applying[] {
  return Object.values(vulnerabilities)
    .flatMap(({ via }) => via.flatMap((cause) => (typeof cause === 'string' ? [] : [cause])))
    .map(({ url, name }) => ({ id: url.slice(url.lastIndexOf('/') + 1), package: name }));
}

/** Advisories that nobody looked at, acceptances of what does not apply any more, and, of a day, those that ran out. */
export function advisoryFaults(found: readonly Applying[], accepted: readonly Accepted[], today?: string): string[] {
  const isSame = (a: Applying) => (b: Applying) => a.id === b.id && a.package === b.package;
  const open = found.filter((one) => !accepted.some(isSame(one)));
  const gone = accepted.filter((one) => !found.some(isSame(one)));
  const late = accepted.filter(({ until }) => today !== undefined && until < today);
  return [
    ...open.map(({ id, package: name }) => `${id} applies to ${name}`),
    ...gone.map(({ id, package: name }) => `${id} of ${name} is accepted and does not apply`),
    ...late.map(({ id, until }) => `${id} was accepted until ${until}`),
  ];
}

const isWithin = (version: string, { from, fixed }: { readonly from: string; readonly fixed: string }): boolean =>
  byVersion(from, version) <= 0 && byVersion(version, fixed) < 0;

/** By major, minor and patch; a pre-release comes before its release. */
function byVersion(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => /^(\d+)\.(\d+)\.(\d+)(-.+)?$/.exec(version)!);
  for (const at of [1, 2, 3]) {
    const difference = Number(x![at]) - Number(y![at]);
    if (difference !== 0) return difference;
  }
  return Number(y![4] !== undefined) - Number(x![4] !== undefined);
}
