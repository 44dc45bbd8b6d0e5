import { openPromise } from 'yauzl';

/** The names in a zip's directory, at most `limit`; null where the file is no zip. Nothing is unpacked. */
export async function zipNames(path: string, limit: number): Promise<readonly string[] | null> {
  const zip = await openPromise(path).catch(() => null);
  if (zip === null) return null;
  const names: string[] = [];
  try {
    for await (const { fileName } of zip.eachEntry()) {
      if (names.push(fileName) >= limit) break;
    }
    return names;
  } catch {
    // A broken directory is said where the file is read, with its place.
    return names;
  } finally {
    zip.close();
  }
}
