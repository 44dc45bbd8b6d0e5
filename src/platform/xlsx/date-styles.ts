import { localName, readXml, type Attributes, type XmlRules } from './xml-part.js';

/**
 * Built-in formats that show a day or a month; those of 18–21, 32–35, 45–47, 55 and 56 show a time alone. 27–36 and
 * 50–58 are those of Chinese editions (ECMA-376 part 1, 18.8.30).
 */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([
  ...[14, 15, 16, 17, 22],
  ...[27, 28, 29, 30, 31, 36],
  ...[50, 51, 52, 53, 54, 57, 58],
]);

/** What stands for itself in a format: quoted text, brackets (colour, locale, elapsed time), escaped, padding characters. */
const LITERAL = /"[^"]*"?|\[[^\]]*\]?|[\\_*][\s\S]?/g;

/** Whether a number format shows a day or a month: years, days, era years, months that are not minutes, weekdays. */
export function isDateFormat(format: string): boolean {
  const [first = ''] = format.replace(LITERAL, '').split(';');
  const codes = first.replace(/general|AM\/PM|A\/P|上午\/下午/gi, '').toLowerCase();
  const hasTime = /[hs]/.test(codes);
  if (/[0#?]/.test(codes) && !hasTime) return false;
  return /[yd]|e(?![+-])|aaa/.test(codes) || (!hasTime && codes.includes('m'));
}

/** Per cell style (the index that cells name): whether numbers in it are dates. */
export async function readDateStyles(bytes: AsyncIterable<Buffer>, rules: XmlRules): Promise<readonly boolean[]> {
  const styles = new Styles(rules.refusal);
  await readXml(bytes, styles, rules);
  return styles.isDate();
}

class Styles {
  private readonly path: string[] = [];
  private readonly custom = new Map<number, boolean>();
  private readonly formats: number[] = [];

  constructor(private readonly refusal: XmlRules['refusal']) {}

  open(name: string, attributes: Attributes): void {
    const local = localName(name);
    const [root = local, group] = this.path;
    if (root !== 'styleSheet') throw this.refusal('broken_workbook');
    if (this.path.length === 2 && group === 'numFmts' && local === 'numFmt') {
      this.custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
    }
    if (this.path.length === 2 && group === 'cellXfs' && local === 'xf') {
      this.formats.push(Number(attributes.numFmtId ?? '0'));
    }
    this.path.push(local);
  }

  text(): void {
    // Styles have no text.
  }

  close(): void {
    this.path.pop();
  }

  /** Formats of the file come before built-in ones of the same number; WPS writes both. */
  isDate(): boolean[] {
    return this.formats.map((format) => this.custom.get(format) ?? BUILT_IN_DATES.has(format));
  }
}
