import { localName } from './xml-part.js';

/** As many characters as a cell can hold (32,767), each written as an escape of seven. */
const MAX_CHARACTERS = 32_767 * 7;

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

const TAB = 9;
const SPACE = 32;

/** The text of a string item (`si`, `is`): its `t` and those of its runs `r`, without phonetic readings `rPh`. */
export class RichText {
  private value = '';
  private depth = 0;
  /** The depth of the element within which nothing is text of the item; 0 outside such. */
  private skippedFrom = 0;
  private isText = false;

  start(): void {
    this.value = '';
  }

  open(name: string): void {
    this.depth++;
    if (this.skippedFrom > 0) return;
    const local = localName(name);
    this.isText = local === 't';
    if (local !== 't' && local !== 'r') this.skippedFrom = this.depth;
  }

  /** False where there is more text than a cell can hold. */
  text(text: string): boolean {
    if (this.isText && this.skippedFrom === 0) this.value += text;
    return this.value.length <= MAX_CHARACTERS;
  }

  close(): void {
    this.isText = false;
    if (this.skippedFrom === this.depth) this.skippedFrom = 0;
    this.depth--;
  }

  get isOpen(): boolean {
    return this.depth > 0;
  }

  end(): string {
    return this.value;
  }
}

/** Characters that XML cannot hold or would change are written `_x000D_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** U+0000, or half of a surrogate pair: no text, and PostgreSQL cannot store it. Only an escape can bring one in. */
export function isStorable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

/** Without spaces and tabs at either end, as fields of CSV; null where nothing is left. */
export function trimmed(text: string): string | null {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  if (from === to) return null;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

const isBlank = (code: number) => code === SPACE || code === TAB;
