/** Runs and paragraphs of a Word document. */
import { xmlText } from '../../../../platform/xlsx-out/xml-edit.js';

export interface RunLook {
  readonly style?: string;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  readonly halfPoints?: number;
  /** “ ” — × are drawn with the Chinese font and its full width. */
  readonly isChinese?: boolean;
}

/** The words of one line: white space of any kind is a blank, and what XML cannot hold is U+FFFD. */
export const oneLine = (text: string): string => xmlText(text.replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' '));

/** Breaks of lines stay breaks. */
export function runOf(text: string, look: RunLook = {}): string {
  const lines = text
    .split(/\r\n?|[\n\u0085\u2028\u2029]/)
    .map((line) => `<w:t xml:space="preserve">${oneLine(line)}</w:t>`);
  return `<w:r>${propertiesOf(text, look)}${lines.join('<w:br/>')}</w:r>`;
}

function propertiesOf(text: string, { style, isBold, isItalic, halfPoints, isChinese }: RunLook): string {
  const properties = [
    style === undefined ? '' : `<w:rStyle w:val="${style}"/>`,
    isChinese === true && /[^ -~]/.test(text) ? '<w:rFonts w:hint="eastAsia"/>' : '',
    isBold === true ? '<w:b/>' : '',
    isItalic === true ? '<w:i/>' : '',
    halfPoints === undefined ? '' : `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`,
  ].join('');
  return properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
}

export const paragraphOf = (style: string, runs: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs}</w:p>`;
