/** The thread that documents are written in; render-apart.ts starts it and gives it work. */
import { parentPort } from 'node:worker_threads';
import type { Answer } from './render-apart.js';
import { renderDocuments, type RenderJob } from './render-documents.js';

const answer = (message: Answer): void => parentPort!.postMessage(message);

parentPort!.on('message', (job: RenderJob) => {
  renderDocuments(job, (document) => Promise.resolve(answer(document))).then(
    () => answer({ isDone: true }),
    (failed: Error) => answer({ failed }),
  );
});
