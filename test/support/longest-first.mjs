import { relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Specs that last longest, so that none of them is left for the end, where one worker would wait for the other. */
const LONG = [
  ...['model/model', 'db/restart', 'authorization/matrix', 'races/random', 'e2e/hostile-ledger'],
  ...['faults/embedded-database-refusals', 'faults/embedded-database', 'parity/same-books', 'db/writers'],
  ...['fuzz/fuzz', 'faults/network', 'backup/hostile-backup', 'parity/door-oracle', 'races/approvals'],
  ...['inbox/inbox', 'e2e/folders', 'properties/calculation', 'faults/kills-service', 'jobs/import-jobs'],
];

/** A new machine knows nothing of earlier runs, by which Jest would order them itself. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path, context }) => {
      const name = relative(`${context.config.rootDir}/test`, path).replace(/\.spec\.ts$/, '');
      const found = LONG.indexOf(name);
      return found < 0 ? LONG.length : found;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
}
