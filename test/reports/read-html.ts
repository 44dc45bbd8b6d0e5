/** Reads the page as strict XML, which it also is: what is not well-formed, or a sign that was not escaped, is an error. */
import { Collected, type ReadBack, type ReadDrawing } from './read-back.js';
import { allOf, elementsOf, treeOf, wordsIn, type Element } from './read-docx.js';

export interface ReadPage extends ReadBack {
  readonly root: Element;
  /** Texts of each picture, in order. */
  readonly drawings: readonly ReadDrawing[];
}

const LINK = /\/api\/v1\/lines\/[^-/]+-(\d+(?:\.\d+)?)$/;
/** What is shown, or read out, beside the text. */
const SAID_BY = ['title', 'aria-label', 'alt'];

export function readHtml(bytes: Uint8Array): ReadPage {
  const root = treeOf(Buffer.from(bytes).toString('utf8'));
  const read = new Collected();
  visit(root, read);
  const { marked, cells, words } = read;
  const drawings = allOf(root, 'svg').map((svg) => allOf(svg, 'text').map((text) => wordsIn(text).join('')));
  return { root, marked, marks: 'sentences', cells, words, drawings };
}

function visit(element: Element, read: Collected): void {
  for (const name of SAID_BY) if (element.attributes[name] !== undefined) read.words.push(element.attributes[name]);
  if (element.name === 'table') tableIn(element, read);
  const code = codeIn(element);
  if (code !== null && !code.includes('.')) read.mark(code, wordsIn(element).join(''));
  for (const child of element.children) {
    if (typeof child === 'string') read.words.push(child);
    else if (child.name !== 'style') visit(child, read);
  }
}

function codeIn({ name, attributes }: Element): string | null {
  return name === 'a' ? (LINK.exec(attributes.href ?? '')?.[1] ?? null) : null;
}

/** Below the names of the columns stand their numbers; a link in a cell must be the code of that cell. */
function tableIn(table: Element, read: Collected): void {
  const [, numbers] = allOf(allOf(table, 'thead')[0]!, 'tr').map((row) => elementsOf(row).map(textOf));
  const columns = numbers!.slice(1);
  const rows = allOf(allOf(table, 'tbody')[0]!, 'tr').map((row) => elementsOf(row));
  for (const [no, ...cells] of rows) {
    cells.forEach((cell, at) => {
      const code = allOf(cell, 'a').map(codeIn)[0];
      const place = `${textOf(no!)}.${columns[at]}`;
      if (code !== undefined && code !== place) throw new Error(`${place} leads to ${code}`);
    });
  }
  read.table(
    columns,
    rows.map((row) => row.map(textOf)),
  );
}

const textOf = (element: Element): string => wordsIn(element).join('');
