import { XlsxRefusal } from '../xlsx/index.js';
import { NO_DRAWING, withBoxes } from './comment-drawing.js';
import { commentedCells, noComments, withComments, type CellComment } from './comments-part.js';
import { FillStyles, NO_STYLES } from './fill-styles.js';
import { columnsByRow, MAX_MARKS } from './marks.js';
import { cellOf, SheetMarks } from './sheet-marks.js';
import { relationsPart, WorkbookParts, type Relation } from './workbook-parts.js';
import type { NewEntry } from './write-zip.js';
import { appended } from './xml-edit.js';

const TYPES = {
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  strict: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  strictMain: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  package: 'http://schemas.openxmlformats.org/package/2006/relationships',
  content: 'application/vnd.openxmlformats-officedocument.spreadsheetml',
};
const CONTENT_TYPES = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"';
const DRAWING_TYPE = 'application/vnd.openxmlformats-officedocument.vmlDrawing';

/** Sheets are large: packing them harder costs more seconds than it saves bytes. */
const SHEET_COMPRESSION = 3;

interface MarkedSheet {
  readonly part: string;
  readonly comments: readonly CellComment[];
  readonly relations: readonly Relation[];
  readonly given: Relation | undefined;
  readonly commentsPart: string;
  readonly drawingPart: string;
  readonly drawingId: string;
  readonly commentsId: string;
  /** What the sheet said of its drawing; known once the sheet is written. */
  drawing: Relation | null;
}

/** One copy of a workbook in the making: sheets first, since they tell which formats and drawings there will be. */
export class MarkedCopy {
  private readonly replaced = new Map<string, () => Promise<string>>();
  private readonly modified = new Date();

  private constructor(
    private readonly parts: WorkbookParts,
    private readonly author: string,
    private readonly isStrict: boolean,
    private readonly styles: FillStyles,
    private readonly sheets: readonly MarkedSheet[],
  ) {}

  static async plan(parts: WorkbookParts, comments: ReadonlyMap<string, CellComment[]>, author: string) {
    const { workbook, isStrict, parts: sheetParts } = await parts.sheets();
    const sheets: MarkedSheet[] = [];
    for (const [name, part] of sheetParts) {
      const ofSheet = comments.get(name);
      if (ofSheet !== undefined) sheets.push(await planSheet(parts, part, ofSheet, sheets.length + 1));
    }
    const known = (await parts.relations(workbook)).find(({ type }) => type.endsWith('/styles'));
    const stylesPart = known?.part ?? freeName(parts, 'xl/markedStyles.xml');
    const styles = new FillStyles((await parts.text(stylesPart)) ?? NO_STYLES);
    const copy = new MarkedCopy(parts, author, isStrict, styles, sheets);
    copy.replaced.set(stylesPart, () => Promise.resolve(styles.text()));
    copy.replaceContentTypes(known === undefined ? stylesPart : null);
    if (known === undefined) copy.replaceRelations(workbook, () => [['markedStyles', 'styles', stylesPart]]);
    for (const sheet of sheets) copy.replacePartsOf(sheet);
    return copy;
  }

  /** In the order in which they are to be written, each when those before it are. */
  *entries(): Generator<NewEntry, void, undefined> {
    const types = this.nameOf('[Content_Types].xml');
    yield this.entry(types);
    const sheets = new Map(this.sheets.map((sheet) => [this.nameOf(sheet.part), sheet]));
    for (const [name, sheet] of sheets) {
      yield { ...this.entry(name), compressionLevel: SHEET_COMPRESSION, content: () => this.markedSheet(sheet) };
    }
    const written = new Set([types, ...sheets.keys()]);
    for (const { fileName } of this.parts.entries) if (!written.has(fileName)) yield this.entry(fileName);
    for (const name of this.replaced.keys()) if (!this.parts.has(name)) yield this.entry(name);
  }

  private entry(name: string): NewEntry {
    const given = this.parts.entries.find(({ fileName }) => fileName === name);
    const text = [...this.replaced].find(([part]) => part.toLowerCase() === name.toLowerCase())?.[1];
    const content = text === undefined ? () => this.parts.bytes(name) : () => bytesOf(text);
    return { name, modified: given?.getLastModDate() ?? this.modified, content };
  }

  private nameOf(part: string): string {
    return this.parts.entries.find(({ fileName }) => fileName.toLowerCase() === part.toLowerCase())?.fileName ?? part;
  }

  private async *markedSheet(sheet: MarkedSheet): AsyncGenerator<Buffer, void, undefined> {
    const drawings = new Map(
      sheet.relations
        .filter(({ type, part }) => type.endsWith('/vmlDrawing') && this.parts.has(part))
        .map((d) => [d.id, d]),
    );
    const marks = new SheetMarks({
      cells: columnsByRow(sheet.comments),
      filled: (format) => this.styles.filled(format),
      drawing: `<legacyDrawing xmlns:r="${this.relationTypes}" r:id="${sheet.drawingId}"/>`,
      isDrawing: (relation) => drawings.has(relation),
    });
    let isFirst = true;
    for await (const chunk of this.parts.bytes(sheet.part)) {
      // UTF-16 begins with a mark, or has a zero in its first two bytes.
      if (isFirst && (chunk[0]! >= 0xfe || chunk[0] === 0 || chunk[1] === 0)) throw new XlsxRefusal('malformed_xml');
      isFirst = false;
      const text = marks.push(chunk.toString('latin1'));
      if (text !== '') yield Buffer.from(text, 'latin1');
    }
    marks.end();
    sheet.drawing = marks.drawingRelation === null ? null : drawings.get(marks.drawingRelation)!;
    this.replaced.set(sheet.drawing?.part ?? sheet.drawingPart, () => this.drawing(sheet));
  }

  private replacePartsOf(sheet: MarkedSheet): void {
    this.replaced.set(sheet.commentsPart, async () => (await this.comments(sheet)).text);
    this.replaceRelations(sheet.part, () => [
      ...(sheet.given === undefined ? [[sheet.commentsId, 'comments', sheet.commentsPart] as const] : []),
      ...(sheet.drawing === null ? [[sheet.drawingId, 'vmlDrawing', sheet.drawingPart] as const] : []),
    ]);
  }

  private async comments(sheet: MarkedSheet) {
    const given = await this.parts.text(sheet.commentsPart);
    const part = given ?? noComments(this.isStrict ? TYPES.strictMain : TYPES.main);
    return { given, ...withComments(part, sheet.comments, this.author) };
  }

  /** Cells that have a comment have a box, if the sheet had a drawing of them. */
  private async drawing(sheet: MarkedSheet): Promise<string> {
    const { given, isNew } = await this.comments(sheet);
    if (sheet.drawing === null) {
      const before =
        given === null
          ? []
          : commentedCells(given)
              .slice(0, MAX_MARKS)
              .flatMap((cell) => cellOf(cell) ?? []);
      const boxes = [...before.map((cell) => ({ ...cell, text: '' })), ...sheet.comments.filter(isNew)];
      return withBoxes(NO_DRAWING, boxes)!;
    }
    const drawn = withBoxes((await this.parts.text(sheet.drawing.part))!, sheet.comments.filter(isNew));
    if (drawn === null) throw new XlsxRefusal('broken_workbook', null, 0, '', { entry: sheet.drawing.part });
    return drawn;
  }

  private get relationTypes(): string {
    return this.isStrict ? TYPES.strict : TYPES.relations;
  }

  private replaceRelations(part: string, added: () => readonly (readonly [string, string, string])[]): void {
    const name = relationsPart(part);
    this.replaced.set(name, async () => {
      const text = (await this.parts.text(name)) ?? `<Relationships xmlns="${TYPES.package}"/>`;
      const relations = added().map(
        ([id, type, target]) =>
          `<Relationship xmlns="${TYPES.package}" Id="${id}" Type="${this.relationTypes}/${type}" Target="/${target}"/>`,
      );
      return relations.length === 0 ? text : withLast(text, 'Relationships', relations.join(''));
    });
  }

  private replaceContentTypes(newStyles: string | null): void {
    this.replaced.set('[Content_Types].xml', async () => {
      const text = (await this.parts.text('[Content_Types].xml')) ?? '';
      const hasDrawings = /\sExtension\s*=\s*["']vml["']/i.test(text);
      const newComments = this.sheets.filter(({ given }) => given === undefined);
      const added = [
        hasDrawings ? '' : `<Default ${CONTENT_TYPES} Extension="vml" ContentType="${DRAWING_TYPE}"/>`,
        newStyles === null ? '' : contentType(newStyles, 'styles'),
        ...newComments.map(({ commentsPart }) => contentType(commentsPart, 'comments')),
      ];
      return withLast(text, 'Types', added.join(''));
    });
  }
}

const contentType = (part: string, is: 'styles' | 'comments'): string =>
  `<Override ${CONTENT_TYPES} PartName="/${part}" ContentType="${TYPES.content}.${is}+xml"/>`;

function withLast(part: string, root: string, content: string): string {
  const longer = appended(part, root, content);
  if (longer === null) throw new XlsxRefusal('broken_workbook');
  return longer;
}

async function* bytesOf(text: () => Promise<string>): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(await text());
}

/** A name that no part has yet. */
function freeName(parts: WorkbookParts, wanted: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? wanted : wanted.replace(/(?=\.\w+$)/, `_${n}`);
    if (!parts.has(name)) return name;
  }
}

function freeId(relations: readonly Relation[], wanted: string): string {
  for (let n = 0; ; n++) {
    const id = n === 0 ? wanted : `${wanted}${n}`;
    if (!relations.some((relation) => relation.id === id)) return id;
  }
}

async function planSheet(
  parts: WorkbookParts,
  part: string,
  comments: readonly CellComment[],
  number: number,
): Promise<MarkedSheet> {
  const relations = await parts.relations(part);
  const given = relations.find(({ type, part: target }) => type.endsWith('/comments') && parts.has(target));
  return {
    ...{ part, comments, relations, given, drawing: null },
    commentsPart: given?.part ?? freeName(parts, `xl/markedComments${number}.xml`),
    drawingPart: freeName(parts, `xl/drawings/markedDrawing${number}.vml`),
    drawingId: freeId(relations, 'markedDrawing'),
    commentsId: freeId(relations, 'markedComments'),
  };
}
