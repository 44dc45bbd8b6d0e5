/** The process that reports are made in; apart.ts starts it and gives it work. */
import type { Answer } from './apart.js';
import { doWork, type Work } from './work.js';

const answer = (message: Answer) =>
  new Promise<void>((resolve) => process.send!(message, undefined, {}, () => resolve()));

process.on('message', (work: Work) => {
  void doWork(work, answer).then(
    () => answer({ isDone: true }),
    (failed: Error) => answer({ failed }),
  );
});
process.on('disconnect', () => process.exit());
// A terminal tells all processes of the service to stop; it is the service that ends this one.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
