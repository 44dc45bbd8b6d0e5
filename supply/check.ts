/** `npm run check:supply`: everything that the tests check, and what the registry knows of today. */
import { execFile } from 'node:child_process';
import { advisoryFaults, applying, reported, type Advisories, type AuditReport } from './advisories.js';
import { allowedFaults, type Allowed } from './allowed.js';
import { lockFaults } from './lock-faults.js';
import { lockOf, textOf, type Wanted } from './lock.js';

const lock = lockOf(textOf('package-lock.json'));
const manifest = JSON.parse(textOf('package.json')) as Wanted;
const allowed = JSON.parse(textOf('docs/supply.json')) as Allowed;
const advisories = JSON.parse(textOf('docs/advisories.json')) as Advisories;

/** npm exits with 1 where it found something; null where the registry does not answer such a question. */
function audit(): Promise<AuditReport | null> {
  return new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { maxBuffer: 2 ** 26 }, (_, answer) => {
      const report = JSON.parse(answer || '{}') as Partial<AuditReport>;
      resolve(report.vulnerabilities === undefined ? null : { vulnerabilities: report.vulnerabilities });
    });
  });
}

const today = new Date().toISOString().slice(0, 10);
const report = await audit();
const found = [...applying(advisories, lock), ...(report === null ? [] : reported(report))];
const faults = [
  ...lockFaults(lock, manifest),
  ...allowedFaults(lock, manifest, allowed),
  ...new Set(advisoryFaults(found, advisories.accepted, today)),
  ...(report === null
    ? ['the registry does not answer npm audit: nothing newer than docs/advisories.json is known']
    : []),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
const { length } = lock.packages;
process.stdout.write(`${length} packages, ${advisories.known.length} advisories of ${advisories.checkedOn}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
