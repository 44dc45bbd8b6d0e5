/** Text between the tags of an XML document. */
export const xmlText = (text: string): string =>
  MARKUP.test(text) ? text.replace(MARKUP_ALL, (sign) => NAMES[sign]!) : text;

const MARKUP = /[&<>"]/;
const MARKUP_ALL = /[&<>"]/g;
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
