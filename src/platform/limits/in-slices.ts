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

/** `JSON.stringify` of an object whose lists may be long. Long texts are never joined: that takes as long as making them. */
export async function jsonInSlices(value: object): Promise<Buffer> {
  const parts: Buffer[] = [];
  const add = (text: string) => void parts.push(Buffer.from(text));
  let before = '{';
  for (const [name, property] of Object.entries(value) as [string, unknown][]) {
    if (property === undefined) continue;
    add(`${before}${JSON.stringify(name)}:`);
    before = ',';
    if (!Array.isArray(property)) {
      add(JSON.stringify(property));
      continue;
    }
    let beforeItem = '[';
    await mapInSlices(property as readonly unknown[], (item) => {
      add(beforeItem + JSON.stringify(item));
      beforeItem = ',';
    });
    add(property.length === 0 ? '[]' : ']');
  }
  add(before === '{' ? '{}' : '}');
  return Buffer.concat(parts);
}
