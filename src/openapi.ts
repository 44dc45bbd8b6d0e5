/** Writes the OpenAPI document: `node dist/src/openapi.js FILE`. */
import { writeFile } from 'node:fs/promises';
import { describeHttpApp } from './http-app.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('用法 usage: node dist/src/openapi.js FILE\n');
  process.exit(2);
}
await writeFile(file, `${JSON.stringify(await describeHttpApp(), null, 2)}\n`);
