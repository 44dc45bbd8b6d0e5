/** Finding {{标题}} and its like in a part, however Word has cut them into runs, and putting the report in their place. */
import { localName, tagsOf, type Tag } from '../../../../platform/xlsx-out/xml-edit.js';
import { TemplateRefusal } from './template-refusal.js';

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** What stands in a placeholder's place, as XML: words within the paragraph, or paragraphs and tables instead of it. */
export interface Filling {
  readonly words: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, string>;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Edit extends Span {
  readonly text: string;
}

interface Paragraph {
  readonly start: number;
  /** Directly in the document, so that it may go or be many. */
  readonly isTop: boolean;
  /** Holds a section's page or other paragraphs, which must stay. */
  isKept: boolean;
  readonly texts: Span[];
}

/** Names of the placeholders in a part, in their order, as often as they stand there. */
export function placeholdersIn(part: string): string[] {
  const names: string[] = [];
  eachParagraph(part, ({ texts }) => {
    const joined = texts.map(({ start, end }) => part.slice(start, end)).join('');
    for (const [, name] of joined.matchAll(PLACEHOLDER)) names.push(name!.trim());
  });
  return names;
}

/**
 * A paragraph that has nothing to say but a placeholder of no words is left out.
 * @throws TemplateRefusal misplaced_placeholder where blocks cannot stand: beside other words, in a table, in a frame
 */
export function filled(part: string, filling: Filling): string {
  const edits: Edit[] = [];
  eachParagraph(part, (paragraph, end) => {
    for (const edit of editsOf(part, paragraph, end, filling)) edits.push(edit);
  });
  // In one pass: placeholders are as many as a sender likes.
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
    pieces.push(part.slice(at, start), text);
    at = end;
  }
  return pieces.join('') + part.slice(at);
}

function editsOf(part: string, paragraph: Paragraph, end: number, { words, blocks }: Filling): Edit[] {
  const { start, isTop, isKept, texts } = paragraph;
  const joined = texts.map((span) => part.slice(span.start, span.end)).join('');
  const found = [...joined.matchAll(PLACEHOLDER)];
  const only = found.length === 1 && found[0]![0] === joined.trim() ? found[0]![1]!.trim() : null;
  const block = found.map(([, name]) => name!.trim()).find((name) => blocks.has(name));
  if (block !== undefined) {
    if (only === null || !isTop || isKept) throw new TemplateRefusal('misplaced_placeholder', block);
    return [{ start, end, text: blocks.get(block)! }];
  }
  if (only !== null && words.get(only) === '' && isTop && !isKept) return [{ start, end, text: '' }];
  const cuts = found.map((match) => ({
    ...{ start: match.index, end: match.index + match[0].length },
    text: words.get(match[1]!.trim())!,
  }));
  return cuts.length === 0 ? [] : inRuns(part, texts, cuts);
}

/** Cuts of the joined text, in order, as edits of the runs' texts: the words go where the placeholder begins. */
function inRuns(part: string, texts: readonly Span[], cuts: readonly Edit[]): Edit[] {
  let [offset, first] = [0, 0];
  return texts.map(({ start, end }) => {
    const [from, to] = [offset, offset + end - start];
    offset = to;
    let [text, at] = ['', from];
    while (first < cuts.length && cuts[first]!.end <= from) first++;
    for (let nth = first; nth < cuts.length && cuts[nth]!.start < to; nth++) {
      const cut = cuts[nth]!;
      text += part.slice(start + at - from, start + Math.max(cut.start, at) - from);
      if (cut.start >= from) text += cut.text;
      at = Math.min(cut.end, to);
    }
    return { start, end, text: text + part.slice(start + at - from, end) };
  });
}

/** Innermost paragraphs first: those of a frame before the one that the frame hangs on. */
function eachParagraph(part: string, take: (paragraph: Paragraph, end: number) => void): void {
  const elements: string[] = [];
  const open: Paragraph[] = [];
  let text: Tag | null = null;
  for (const tag of tagsOf(part)) {
    const name = localName(tag.name);
    const paragraph = open.at(-1);
    if (tag.isClosing) {
      elements.pop();
      if (name === 't' && text !== null) paragraph?.texts.push({ start: text.end, end: tag.start });
      if (tag.name === 'w:p') take(open.pop()!, tag.end);
      text = null;
      continue;
    }
    if (paragraph !== undefined && (name === 'sectPr' || tag.name === 'w:p')) paragraph.isKept = true;
    if (tag.isEmpty) continue;
    if (tag.name === 'w:p')
      open.push({ start: tag.start, isTop: elements.at(-1) === 'w:body', isKept: false, texts: [] });
    if (tag.name === 'w:t') text = tag;
    elements.push(tag.name);
  }
}
