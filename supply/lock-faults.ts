import { isDeepStrictEqual } from 'node:util';
import type { Lock, LockedPackage, Wanted } from './lock.js';

/** A version and nothing else, or that of another package under this name. */
const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * What makes a lock one that cannot be trusted to bring the same bytes everywhere, in words.
 *
 * Ours in place of lockfile-lint: that looks at hosts and hashes, of which our lock has no hosts; the pins of
 * package.json, the overrides and the sources of linked folders it does not know.
 */
export function lockFaults(lock: Lock, manifest: Wanted): string[] {
  const version = lock.lockfileVersion === 3 ? [] : [`lockfileVersion ${lock.lockfileVersion}, not 3`];
  return [...version, ...lock.packages.flatMap(sourceFaults), ...pinFaults(lock, manifest)];
}

function sourceFaults({ path, isLink, resolved, integrity }: LockedPackage): string[] {
  if (isLink || !path.includes('node_modules/')) return [`${path}: a folder, not a package of the registry`];
  // npm takes packages from where it is set up to (.npmrc keeps the place out of the lock), and the hash decides.
  const from = resolved === null ? [] : [`${path}: comes from ${resolved}`];
  const hash = /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path}: has no sha512 hash`];
  return [...from, ...hash];
}

/** Versions are exact, and the lock was written from this very package.json. */
function pinFaults({ root, packages }: Lock, manifest: Wanted): string[] {
  const kinds = ['dependencies', 'devDependencies'] as const;
  const stale = kinds
    .filter((kind) => !isDeepStrictEqual({ ...root[kind] }, { ...manifest[kind] }))
    .map((kind) => `${kind} of package.json are not those of the lock`);
  const pins = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  const wrong = pins.flatMap(([name, pin]) => {
    if (!EXACT.test(pin)) return [`${name}: ${pin} is not one version`];
    const found = packages.find(({ path }) => path === `node_modules/${name}`);
    return found?.version === pin.slice(pin.lastIndexOf('@') + 1) ? [] : [`${name}: ${pin} is not what is locked`];
  });
  return [...stale, ...wrong];
}
