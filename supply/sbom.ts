/** `npm run sbom [FILE]`: the bill of materials (CycloneDX 1.5) of what the lock pins, the same bytes wherever it is made. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface Bill {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly BillComponent[];
}

export interface BillComponent {
  readonly 'bom-ref': string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

/** What differs from one making to the next: a number, the time, the version of npm. */
const OF_THE_MAKING = ['serialNumber', 'timestamp', 'tools'];

/** Without that, and named as the package, not as its folder. */
export function billOf(text: string, name: string): Bill {
  const bill = JSON.parse(text, (key, value: unknown) => (OF_THE_MAKING.includes(key) ? undefined : value)) as Bill;
  const { metadata } = bill;
  return { ...bill, metadata: { ...metadata, component: { ...metadata.component, name } } };
}

/** Asks npm, which needs no network for it: only the lock is read. */
export function madeBill(name: string): Bill {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  return billOf(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 2 ** 26 }), name);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2] ?? 'dist/six-synergies.cdx.json';
  writeFileSync(file, `${JSON.stringify(madeBill('six-synergies'), null, 1)}\n`);
  process.stdout.write(`${file}\n`);
}
