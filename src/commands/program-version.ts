import { readFile } from 'node:fs/promises';

/** From the package.json above this file: two folders up in a checkout, three in a build. */
const PLACES = ['../../package.json', '../../../package.json'];

export async function programVersion(): Promise<string> {
  for (const place of PLACES) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => '{}');
    const { version } = JSON.parse(text) as { readonly version?: string };
    if (version !== undefined) return version;
  }
  return 'unknown';
}
