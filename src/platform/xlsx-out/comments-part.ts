import { columnLetter } from '../xlsx/index.js';
import { appended, attributeOf, findElement, localName, prefixOf, rootName, tagsOf, xmlText } from './xml-edit.js';

export interface CellComment {
  /** From 1. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly text: string;
}

const reference = ({ row, column }: CellComment): string => columnLetter(column) + String(row);

/** A part of comments without any, of the namespace that the workbook is written in. */
export const noComments = (namespace: string): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  `<comments xmlns="${namespace}"><authors/><commentList/></comments>`;

/**
 * The part with comments added. A cell that has one already keeps it, and what is to be said stands below.
 * `isNew` are the cells that had none.
 */
export function withComments(
  part: string,
  comments: readonly CellComment[],
  author: string,
): { readonly text: string; readonly isNew: (comment: CellComment) => boolean } {
  const p = prefixOf(rootName(part));
  const authors = countOf(part, 'authors', 'author');
  const added = new Map(comments.map((comment) => [reference(comment), comment]));
  const { text, kept } = withLines(part, added, p);
  const isNew = (comment: CellComment) => !kept.has(reference(comment));
  const list = comments.filter(isNew).map((comment) => {
    const run = `<${p}r><${p}t xml:space="preserve">${xmlText(comment.text)}</${p}t></${p}r>`;
    return `<${p}comment ref="${reference(comment)}" authorId="${authors}"><${p}text>${run}</${p}text></${p}comment>`;
  });
  const named = withChild(text, `${p}authors`, `<${p}author>${xmlText(author)}</${p}author>`, p);
  return { text: withChild(named, `${p}commentList`, list.join(''), p), isNew };
}

/** Cells with a comment, as the part names them. */
export function commentedCells(part: string): string[] {
  const cells: string[] = [];
  for (const tag of tagsOf(part)) {
    if (localName(tag.name) !== 'comment' || tag.isClosing) continue;
    cells.push(attributeOf(part.slice(tag.start, tag.end), 'ref') ?? '');
  }
  return cells;
}

/** A list that is not there stands where its root ends: authors before comments, as they are added in this order. */
function withChild(part: string, list: string, content: string, p: string): string {
  const longer = appended(part, localName(list), content);
  if (longer !== null) return longer;
  const whole = `<${list}>${content}</${list}>`;
  return appended(part, 'comments', whole) ?? `<${p}comments>${whole}</${p}comments>`;
}

function countOf(part: string, list: string, name: string): number {
  const found = findElement(part, list);
  if (found === null || found.open.isEmpty) return 0;
  const content = part.slice(found.open.end, found.close.start);
  return [...tagsOf(content)].filter((tag) => !tag.isClosing && localName(tag.name) === name).length;
}

/** Adds a run to the text of each comment on a cell that gets one. */
function withLines(part: string, added: ReadonlyMap<string, CellComment>, p: string) {
  const kept = new Set<string>();
  const out: string[] = [];
  let copied = 0;
  let comment: CellComment | undefined;
  for (const tag of tagsOf(part)) {
    const name = localName(tag.name);
    if (name === 'comment') {
      comment = tag.isClosing ? undefined : added.get(attributeOf(part.slice(tag.start, tag.end), 'ref') ?? '');
    }
    // Behind the runs there may be phonetic ones; a plain `<t>` may stand before runs.
    const isEnd = (tag.isClosing && name === 'text') || (!tag.isClosing && /^(rPh|phoneticPr)$/.test(name));
    if (comment === undefined || !isEnd) continue;
    const run = `<${p}r><${p}t xml:space="preserve">\n${xmlText(comment.text)}</${p}t></${p}r>`;
    out.push(part.slice(copied, tag.start), run);
    copied = tag.start;
    kept.add(reference(comment));
    comment = undefined;
  }
  out.push(part.slice(copied));
  return { text: out.join(''), kept };
}
