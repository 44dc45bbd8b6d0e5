/** Stands for the process that reports are made in: does what the id of the work says. */
import { appendFileSync } from 'node:fs';

process.on('message', ({ render: { id, baseUrl } }) => {
  appendFileSync(baseUrl, `${process.pid} ${Object.keys(process.env).includes('DATABASE_URL')}\n`);
  if (id === 'ends') process.exit(3);
  if (id === 'fails') return process.send({ failed: new Error('a bug') });
  process.send({ bytes: Buffer.from(`${id} one`), sha256: '' });
  process.send({ bytes: Buffer.from(`${id} two`), sha256: '' });
  return process.send({ isDone: true });
});
process.on('disconnect', () => process.exit());
