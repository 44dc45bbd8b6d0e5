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

/** Of UTF-16 units in a piece of JSON. */
const PIECE_LENGTH = 2 ** 16;

/**
 * `JSON.stringify` of an object whose lists may be long, in pieces that are to be sent one after the other: making one
 * buffer of tens of megabytes holds everybody up as long as computing what is in it.
 */
export async function jsonInSlices(value: object): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  let text = '{';
  const add = (more: string) => {
    text += more;
    if (text.length < PIECE_LENGTH) return;
    pieces.push(Buffer.from(text));
    text = '';
  };
  const properties = Object.entries(value).filter(([, property]) => property !== undefined) as [string, unknown][];
  for (const [at, [name, property]] of properties.entries()) {
    add(`${at === 0 ? '' : ','}${JSON.stringify(name)}:`);
    if (Array.isArray(property)) await addList(property, add);
    else add(JSON.stringify(property));
  }
  pieces.push(Buffer.from(`${text}}`));
  return pieces;
}

async function addList(items: readonly unknown[], add: (text: string) => void): Promise<void> {
  let before = '[';
  await mapInSlices(items, (item) => {
    add(before + JSON.stringify(item));
    before = ',';
  });
  add(before === '[' ? '[]' : ']');
}
