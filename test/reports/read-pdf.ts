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
}

/** Read by pdf.js, which knows nothing of how it was written. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const pages: string[][] = [];
  let size: [number, number] = [0, 0];
  for (let no = 1; no <= pdf.numPages; no += 1) {
    const page = await pdf.getPage(no);
    const { items } = await page.getTextContent();
    pages.push(items.flatMap(({ str = '' }: { readonly str?: string }) => (str === '' ? [] : [str])));
    const [left, bottom, right, top] = page.view as [number, number, number, number];
    size = [right - left, top - bottom];
  }
  const [{ info }, bookmarks] = [await pdf.getMetadata(), (await pdf.getOutline()) ?? []];
  await pdf.destroy();
  return { pages, outline: titlesOf(bookmarks), info: { ...info }, size, images: imagesOf(bytes) };
}

/** Of the file; pdf.js reads them on newer versions of Node alone. */
const imagesOf = (bytes: Uint8Array): number =>
  Buffer.from(bytes).toString('latin1').split('/Subtype /Image').length - 1;

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

const titlesOf = (bookmarks: readonly Bookmark[], indent = ''): string[] =>
  bookmarks.flatMap(({ title, items }) => [indent + title, ...titlesOf(items, `${indent}  `)]);
