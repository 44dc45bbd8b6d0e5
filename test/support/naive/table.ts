import { COLUMNS, VALUES, type FileName } from './words.js';

/** File name → its text, as in docs/calculation-spec.md; a file that is absent is simply not a key. */
export type Folder = Readonly<Record<string, string>>;

/** Cells of an RFC 4180 text, row by row, untrimmed; rows without any text are left out. */
export function csvCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (quoted && sign === '"' && source.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (quoted) cell += sign;
    else if (sign === ',') endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else cell += sign;
  }
  endCell();
  return rows.filter((row) => row.some((value) => value.trim() !== ''));
}

/** One row of a file by column code: trimmed, Chinese values turned into codes, '' where blank or absent. */
export type Row = (column: string) => string;

/** The rows of one file of the folder; no rows when the file is absent. */
export function rowsOf(folder: Folder, file: FileName): Row[] {
  const [header, ...body] = csvCells(folder[file] ?? '');
  const places = new Map<string, number>();
  header?.forEach((title, place) => {
    const name = title.trim();
    const column = COLUMNS[file].find(({ code, chinese }) => code === name || chinese === name);
    if (!column) throw new Error(`${file} has an unknown column ${JSON.stringify(name)}`);
    places.set(column.code, place);
  });
  return body.map((cells) => (column) => {
    const place = places.get(column);
    // Decisions: ASCII spaces and tabs at both ends do not belong to the value.
    const value = (place === undefined ? '' : (cells[place] ?? '')).replace(/^[ \t]+|[ \t]+$/g, '');
    return VALUES[column]?.[value] ?? value;
  });
}
