/** Writes the OpenAPI document: `node dist/src/openapi.js [FILE]`. */
import { writeFile } from 'node:fs/promises';
import { describeHttpApp } from './http-app.js';

const [file = 'docs/openapi.json'] = process.argv.slice(2);
await writeFile(file, `${JSON.stringify(await describeHttpApp(), null, 2)}\n`);
