import { StringPages } from './string-pages.js';
import { isStorable, RichText, trimmed, unescaped } from './rich-text.js';
import { localName, readXml, type XmlRules } from './xml-part.js';

/**
 * Reads the part of shared strings into pages: trimmed, blank ones as ''. Throws the refusals of `rules` (also
 * field_too_long, invalid_character and broken_workbook), after which nothing is left open.
 */
export async function readSharedStrings(bytes: AsyncIterable<Buffer>, rules: XmlRules): Promise<StringPages> {
  const strings = new StringPages();
  try {
    await readXml(bytes, new StringItems(strings, rules.refusal), rules);
  } catch (error) {
    strings.close();
    throw error;
  }
  strings.seal();
  return strings;
}

class StringItems {
  private readonly item = new RichText();
  private depth = 0;
  private isInItem = false;

  constructor(
    private readonly strings: StringPages,
    private readonly refusal: XmlRules['refusal'],
  ) {}

  open(name: string): void {
    this.depth++;
    if (this.isInItem) return this.item.open(name);
    const local = localName(name);
    if (this.depth === 1 && local !== 'sst') throw this.refusal('broken_workbook');
    if (this.depth !== 2 || local !== 'si') return;
    this.isInItem = true;
    this.item.start();
  }

  text(text: string): void {
    if (this.isInItem && !this.item.text(text)) throw this.refusal('field_too_long');
  }

  close(): void {
    this.depth--;
    if (!this.isInItem) return;
    if (this.item.isOpen) return this.item.close();
    this.isInItem = false;
    const text = unescaped(this.item.end());
    if (!isStorable(text)) throw this.refusal('invalid_character');
    this.strings.add(trimmed(text) ?? '');
  }
}
