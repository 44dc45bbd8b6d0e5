import { COLUMNS, type FileName } from '../../support/naive/words.js';
import { csvText } from '../../support/random-folder/dress.js';
import type { Random } from '../../support/random-folder/random.js';

/** Spoils something in place and says where; null where the folder has nothing to spoil in that way. */
export type Spoil = (random: Random, sheets: Sheets) => string | null;
export type Defect = readonly [name: string, spoil: Spoil];

/** A row that can be read and changed by column code. */
export interface SheetRow {
  readonly file: FileName;
  get(column: string): string;
  /** False where the file has no such column. */
  set(column: string, text: string): boolean;
}

/** The tables of a folder as cells that can be changed. */
export class Sheets {
  constructor(readonly tables: Map<FileName, string[][]>) {}

  asFiles(): Record<string, Buffer> {
    return Object.fromEntries([...this.tables].map(([name, cells]) => [name, Buffer.from(csvText(cells))]));
  }

  rows(file: FileName): SheetRow[] {
    const [header = [], ...body] = this.tables.get(file) ?? [];
    return body.map((cells) => ({
      file,
      get: (column) => (cells[placeOf(file, header, column)] ?? '').trim(),
      set: (column, text) => {
        const place = placeOf(file, header, column);
        if (place >= 0) cells[place] = text;
        return place >= 0;
      },
    }));
  }

  anyFile(random: Random): FileName {
    return random.pick([...this.tables.keys()].filter((file) => this.rows(file).length > 0));
  }

  anyRow(random: Random, file: FileName): SheetRow | null {
    const rows = this.rows(file);
    return rows.length === 0 ? null : random.pick(rows);
  }

  /** A row again, with some columns changed, at a random place of its file; the file is made where there is none. */
  add(random: Random, file: FileName, from: SheetRow | null, fields: Readonly<Record<string, string>>): string {
    const columns = COLUMNS[file].map(({ code }) => code);
    const table = this.tables.get(file) ?? [columns];
    this.tables.set(file, table);
    const header = table[0]!;
    const names = header.map((title) => columns.find((code) => placeOf(file, [title], code) === 0) ?? '');
    const cells = names.map((name) => fields[name] ?? (from === null ? '' : from.get(name)));
    table.splice(random.between(1, table.length), 0, cells);
    return `${file} + ${cells.join('|')}`;
  }
}

function placeOf(file: FileName, header: readonly string[], column: string): number {
  const known = COLUMNS[file].find(({ code }) => code === column);
  return header.findIndex((title) => title.trim() === column || title.trim() === known?.chinese);
}
