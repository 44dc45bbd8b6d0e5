import { setImmediate as othersFirst } from 'node:timers/promises';

/** All requests share one thread: so long may one of them hold it at a stretch. */
const SLICE_MS = 5;

/** `items.map(make)`, with room for other requests in between. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Result,
): Promise<Result[]> {
  const made: Result[] = [];
  let begun = performance.now();
  for (const item of items) {
    made.push(make(item));
    if (performance.now() - begun < SLICE_MS) continue;
    await othersFirst();
    begun = performance.now();
  }
  return made;
}

/** `JSON.stringify` of an object whose lists may be long. */
export async function jsonInSlices(value: object): Promise<Buffer> {
  const parts: string[] = [];
  for (const [name, property] of Object.entries(value) as [string, unknown][]) {
    if (property === undefined) continue;
    const text = Array.isArray(property)
      ? `[${(await mapInSlices(property as readonly unknown[], (item) => JSON.stringify(item))).join(',')}]`
      : JSON.stringify(property);
    parts.push(`${JSON.stringify(name)}:${text}`);
  }
  return Buffer.from(`{${parts.join(',')}}`);
}
