import { getDocumentProxy } from 'unpdf';

export interface ReadPdf {
  /** By page: its texts in the order of drawing. */
  readonly pages: readonly (readonly string[])[];
  /** Bookmarks, those within another with two spaces before them. */
  readonly outline: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  /** Width and height of a page in points. */
  readonly size: readonly [number, number];
  readonly images: number;
  /** By page: its texts with their places. */
  readonly placed: readonly (readonly PlacedText[])[];
}

/** In points from the lower left corner of the page; `y` is of the line that letters stand on. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** Read by pdf.js, which knows nothing of how it was written. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const placed: PlacedText[][] = [];
  let size: [number, number] = [0, 0];
  for (let no = 1; no <= pdf.numPages; no += 1) {
    const page = await pdf.getPage(no);
    const { items } = await page.getTextContent();
    placed.push(items.flatMap((item: Partial<TextItem>) => (item.str ? [placeOf(item as TextItem)] : [])));
    const [left, bottom, right, top] = page.view as [number, number, number, number];
    size = [right - left, top - bottom];
  }
  const [{ info }, bookmarks] = [await pdf.getMetadata(), (await pdf.getOutline()) ?? []];
  await pdf.destroy();
  const pages = placed.map((texts) => texts.map(({ text }) => text));
  return { pages, placed, outline: titlesOf(bookmarks), info: { ...info }, size, images: imagesOf(bytes) };
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** The matrix of a text that lies flat holds its size and where it begins. */
const placeOf = ({ str, transform, width }: TextItem): PlacedText => ({
  ...{ text: str, x: transform[4]!, y: transform[5]!, width, size: transform[3]! },
});

/** Of the file; pdf.js reads them on newer versions of Node alone. */
const imagesOf = (bytes: Uint8Array): number =>
  Buffer.from(bytes).toString('latin1').split('/Subtype /Image').length - 1;

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

const titlesOf = (bookmarks: readonly Bookmark[], indent = ''): string[] =>
  bookmarks.flatMap(({ title, items }) => [indent + title, ...titlesOf(items, `${indent}  `)]);
