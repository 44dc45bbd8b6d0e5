/** Markup of a printed page. Text becomes markup only through `escaped`, so that nothing a sender wrote can be any. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that show nothing, turn the direction of the text around them, or may not stand in a page at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Co}\p{Cn}]/gu;

/** Text as it may stand anywhere in a page; what cannot be seen is written out, so that two names never look alike. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(UNSEEN, (character) => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** A whole page; `style` is CSS beyond what every printed page has. */
export function page(title: string, language: string, body: readonly Html[], style = ''): string {
  return [
    `<!DOCTYPE html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8"/>\n`,
    `<title>${escaped(title)}</title>\n<style>\n${STYLE}${style}</style>\n</head>\n<body>\n`,
    ...body.map(({ html }) => html),
    '</body>\n</html>\n',
  ].join('');
}

const STYLE = `@page { size: A4; margin: 20mm 15mm; }
body { font: 10.5pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; color: #000; max-width: 180mm; margin: 8mm auto; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 4mm; }
h2 { font-size: 12pt; margin: 5mm 0 1.5mm; break-after: avoid; }
.unit { text-align: right; margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 0.5pt solid #555; padding: 0.8mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
thead th { background: #eee; overflow-wrap: normal; }
th[scope="row"] { width: 32mm; font-weight: normal; background: #f6f6f6; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { body { margin: 0; max-width: none; } }
`;
