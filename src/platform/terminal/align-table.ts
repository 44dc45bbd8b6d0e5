import { displayWidth } from './display-width.js';

export type Alignment = 'left' | 'right';

const GAP = '  ';

/**
 * The lines of a table: header, rule, rows; columns are as wide on a terminal as their widest text, Chinese counted double.
 * A row shorter than the header ends early. Texts must not hold line ends (see `printable`).
 */
export function alignTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Alignment[],
): string[] {
  const widths = header.map((title, column) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? '')), displayWidth(title)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => padded(text, widths[column]!, align[column] ?? 'left'))
      .join(GAP)
      .trimEnd();
  return [line(header), widths.map((width) => '-'.repeat(width)).join(GAP), ...rows.map(line)];
}

function padded(text: string, width: number, align: Alignment): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? space + text : text + space;
}
