import { readFileSync } from 'node:fs';

/** One installed package, as package-lock.json pins it. */
export interface LockedPackage {
  /** Where it lies under the project: `node_modules/a/node_modules/b`. */
  readonly path: string;
  /** The name in the registry, which of an alias (`npm:…`) is not that of its folder. */
  readonly name: string;
  readonly version: string;
  /** Needed only to build and to test. */
  readonly isDev: boolean;
  readonly resolved: string | null;
  readonly integrity: string | null;
  /** An SPDX expression, as its package.json has it. */
  readonly licence: string | null;
  readonly hasInstallScript: boolean;
  readonly isLink: boolean;
}

/** What package.json and the lock's own root say of what is asked for: name → range or exact version. */
export interface Wanted {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

export interface Lock {
  readonly lockfileVersion: number;
  readonly root: Wanted;
  readonly packages: readonly LockedPackage[];
}

interface Entry extends Wanted {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

/** Reads the text of a package-lock.json of version 3. */
export function lockOf(text: string): Lock {
  const { lockfileVersion, packages } = JSON.parse(text) as {
    readonly lockfileVersion: number;
    readonly packages: Readonly<Record<string, Entry>>;
  };
  const { '': root = {}, ...installed } = packages;
  return { lockfileVersion, root, packages: Object.entries(installed).map(([path, entry]) => packageOf(path, entry)) };
}

function packageOf(path: string, entry: Entry): LockedPackage {
  return {
    path,
    name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version ?? '',
    isDev: entry.dev === true,
    resolved: entry.resolved ?? null,
    integrity: entry.integrity ?? null,
    licence: entry.license ?? null,
    hasInstallScript: entry.hasInstallScript === true,
    isLink: entry.link === true,
  };
}

/** A file beside package.json, from wherever this runs. */
export const textOf = (name: string): string => readFileSync(name, 'utf8');
