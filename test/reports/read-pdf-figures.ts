/**
 * The figures of a PDF by their places on the page: in a sentence by the small number above the line, in a table by the row
 * number at the left and the column number at the head, however the lines were drawn.
 */
import { Collected, type ReadBack } from './read-back.js';
import { readPdf, type PlacedText, type ReadPdf } from './read-pdf.js';

const COLUMN_NUMBERS = ['栏次', 'Column'];
/** Texts on one line stand no further apart than this, in points. */
const SAME_LINE = 2;
/** A superscript is about so much smaller than what it stands behind. */
const SMALLER = 0.7;

export interface ReadPages extends ReadBack {
  readonly read: ReadPdf;
}

/** What is written across a draft is larger than any title. */
const LARGEST = 30;
/** What goes on over pages stands between these two; above and below is what each page has of its own. */
const [BOTTOM, TOP] = [(34 * 72) / 25.4, 841.89 - (36 * 72) / 25.4];

export async function readBackPdf(bytes: Uint8Array): Promise<ReadPages> {
  const read = await readPdf(bytes);
  const found = new Collected();
  for (const texts of read.placed) {
    const page = texts.filter(({ text }) => text.trim() !== '');
    marksOn(page, found);
    tablesOn(page, found);
  }
  const texts = read.placed.flat();
  const isBeside = ({ y, size }: PlacedText) => y < BOTTOM || y > TOP || size > LARGEST;
  found.words.push(
    texts
      .filter((text) => !isBeside(text))
      .map(({ text }) => text)
      .join('\n'),
  );
  found.words.push(...texts.filter(isBeside).map(({ text }) => text), ...read.outline);
  found.words.push(...[read.info.Title, read.info.Author, read.info.Subject].map(String));
  const { marked, cells, words } = found;
  return { marked, marks: 'sentences', cells, words, read };
}

/** A number, or the sign that there is none, at the end of a text. */
const LAST_NUMBER = /(-?\d+(?:\.\d+)?|—)$/u;

function marksOn(page: readonly PlacedText[], found: Collected): void {
  page.forEach(({ text, size, y }, at) => {
    const before = page[at - 1];
    if (before === undefined || !/^\d+$/.test(text) || size > before.size * SMALLER || y <= before.y) return;
    found.mark(text, LAST_NUMBER.exec(before.text.trim())?.[1] ?? before.text);
  });
}

/** A table in the middle of being read: where its columns end, the size of its letters, and the row it is at. */
interface OpenTable {
  /** Left edges of the columns, and the right edge of the last. */
  readonly edges: readonly number[];
  readonly size: number;
  row: { readonly no: string; readonly y: number } | null;
}

function tablesOn(page: readonly PlacedText[], found: Collected): void {
  let open: OpenTable | null = null;
  for (const text of page) {
    if (COLUMN_NUMBERS.includes(text.text)) open = { edges: edgesOf(headOf(page, text)), size: text.size, row: null };
    else if (open !== null && Math.abs(text.size - open.size) > 0.01) open = null;
    else if (open !== null) for (const piece of piecesOf(text, open.edges)) cellOf(open, piece, found);
  }
}

/** 栏次, 1, 2, … on one line, from left to right. */
function headOf(page: readonly PlacedText[], first: PlacedText): PlacedText[] {
  const onLine = page.filter(({ text, y }) => /^\d+$/.test(text) && Math.abs(y - first.y) < SAME_LINE);
  return [first, ...onLine.sort((a, b) => a.x - b.x)];
}

/** 28 and 26 mm (GB/T 9704) on A4. */
const [LEFT, RIGHT] = [(28 * 72) / 25.4, 595.28 - (26 * 72) / 25.4];

/** Each number stands in the middle of its column, so the first tells where the first column ends, and so on to the margin. */
function edgesOf(head: readonly PlacedText[]): number[] {
  const edges = [LEFT];
  for (const { x, width } of head) edges.push(2 * (x + width / 2) - edges.at(-1)!);
  if (Math.abs(edges.at(-1)! - RIGHT) > 1) throw new Error(`no columns from margin to margin: ${edges.join()}`);
  return edges;
}

interface Piece {
  readonly text: string;
  readonly column: number;
  readonly y: number;
}

/** Texts that stand close are read as one: it is taken apart at the space that lies nearest to the edge of a column. */
function piecesOf({ text, x, y, width }: PlacedText, edges: readonly number[]): Piece[] {
  const columnAt = (place: number) => edges.findLastIndex((edge) => edge <= place + 0.5);
  const [first, last] = [columnAt(x), columnAt(x + width - 1)];
  let [from, rest] = [0, first];
  const pieces: Piece[] = [];
  for (; rest < last; rest += 1) {
    const wanted = ((edges[rest + 1]! - x) / width) * text.length;
    const spaces = [...text.matchAll(/ /g)].map(({ index }) => index).filter((index) => index >= from);
    if (spaces.length === 0) break;
    const space = spaces.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best));
    pieces.push({ text: text.slice(from, space).trim(), column: rest, y });
    from = space + 1;
  }
  return [...pieces, { text: text.slice(from).trim(), column: rest, y }];
}

/** What stands on the first line of a row is in it; figures take no second one. */
function cellOf(open: OpenTable, { text, column, y }: Piece, found: Collected): void {
  if (column === 0 && /^\d+$/.test(text)) open.row = { no: text, y };
  else if (open.row !== null && column > 0 && Math.abs(y - open.row.y) < SAME_LINE)
    found.cells.set(`${open.row.no}.${column}`, text);
}
