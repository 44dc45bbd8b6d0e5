import type { Lock, Wanted } from './lock.js';

/** docs/supply.json: what is let through, each with the reason. */
export interface Allowed {
  /** Package name → what its script does, and why it may. */
  readonly installScripts: Readonly<Record<string, string>>;
  /** SPDX identifiers that ask for nothing but their notice. */
  readonly licences: readonly string[];
  /** `name@version` → why it is in spite of what its licence says, or that it says nothing. */
  readonly licenceExceptions: Readonly<Record<string, string>>;
  /** Keys of the overrides of package.json → why. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** What a lock has and the list does not, and the other way round: a list that lags behind is wrong, too. */
export function allowedFaults(lock: Lock, manifest: Wanted, allowed: Allowed): string[] {
  const scripts = lock.packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  const licences = lock.packages
    .filter(({ licence }) => licence === null || !isAllowed(licence, allowed.licences))
    .map(({ name, version }) => `${name}@${version}`);
  return [
    ...apart('runs a script when it is installed', scripts, allowed.installScripts),
    ...apart('has a licence that is not on the list', licences, allowed.licenceExceptions),
    ...apart('is overridden', Object.keys(manifest.overrides ?? {}), allowed.overrides),
  ];
}

function apart(what: string, found: readonly string[], listed: Readonly<Record<string, string>>): string[] {
  const unlisted = [...new Set(found)].filter((name) => !Object.hasOwn(listed, name));
  const gone = Object.keys(listed).filter((name) => !found.includes(name));
  return [...unlisted.map((name) => `${name} ${what}`), ...gone.map((name) => `${name} no longer ${what}`)];
}

/** `A AND B` asks for both, `A OR B` lets one choose; AND binds the stronger. */
function isAllowed(expression: string, licences: readonly string[]): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((licence) => licences.includes(licence)));
}
