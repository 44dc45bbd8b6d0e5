import { readXml, type XmlLimits } from '../../../../platform/xml/read-xml.js';
import { readRecords, type XmlRecord } from '../../../../platform/xml/records.js';
import { xmlEncoding } from '../../../../platform/xml/xml-encoding.js';
import type { TableKind } from '../../../rules/tables.js';
import { CopyLines } from '../copy-lines.js';
import type { DocumentLines, OpenedFile, OpenRequest, Part } from '../opened-file.js';
import { Reading } from '../reading.js';
import { asRefusal, refusal, refusalOf } from '../refusals.js';
import { checkKind } from '../refuse-layout.js';
import { Dictionary, elementShapes, explain, type ElementShape } from './elements.js';

/** No field of the standard is longer (2,000 characters), with room for what programs put in. */
const MAX_TEXT_BYTES = 64 * 1024;

/** An XML file of GB/T 24589.1: one element per row, read in one pass. @throws FileRefusal */
export async function openGbt(request: OpenRequest): Promise<OpenedFile> {
  const limits = { maxDepth: request.limits.maxXmlDepth, maxTextBytes: MAX_TEXT_BYTES };
  const encoding = await asRefusal(xmlEncoding(request.path));
  await asRefusal(refuseUnknown(request.path, limits));
  const shapes = elementShapes(new Dictionary());
  const documents = [...shapes.values()].map(({ document }) => document);
  checkKind(request, documents);
  const reading = new Reading(request.limits);
  return {
    ...{ format: 'gbt24589', container: 'xml', encoding, delimiter: null },
    ...{ documents, parts: [...shapes].map(([element, { document }]) => partOf(element, document)), result: reading },
    read: (onRows) => readElements(request, limits, reading, onRows),
    close: () => Promise.resolve(),
  };
}

const partOf = (sheet: string, document: TableKind): Part => ({
  ...{ sheet, sheetIndex: 0, document, headerRow: 0, columns: {}, ignored: [] },
});

const MAX_NAMES_SAID = 10;

/** Reads on until an element that becomes a row is seen. @throws FileRefusal nc_voucher_unsupported, unknown_layout */
async function refuseUnknown(path: string, limits: XmlLimits): Promise<void> {
  const known = elementShapes(new Dictionary());
  const names = new Set<string>();
  let depth = 0;
  let isKnown = false;
  const visitor = {
    open(name: string): void {
      depth++;
      if (depth === 1 && name === 'ufinterface') throw refusal('nc_voucher_unsupported');
      if (depth <= 2 && names.size < MAX_NAMES_SAID) names.add(name);
      isKnown ||= depth === 2 && known.has(name);
    },
    close(): void {
      depth--;
    },
  };
  const pieces = readXml(path, limits, visitor);
  while (!isKnown && (await pieces.next()).done !== true);
  await pieces.return();
  if (isKnown) return;
  throw refusal('unknown_layout', {}, { headers: [...names].join('、') });
}

async function* readElements(
  request: OpenRequest,
  limits: XmlLimits,
  reading: Reading,
  onRows: (rows: number) => void,
): AsyncGenerator<DocumentLines, void, undefined> {
  const reader = new ElementReader(reading);
  try {
    for await (const records of readRecords(request.path, limits)) {
      for (const record of records) reader.take(record);
      yield* reader.full();
      onRows(reading.rows);
    }
  } catch (error) {
    throw refusalOf(error);
  }
  yield* reader.rest();
  for (const [name, rows] of reader.skipped) reading.skippedParts.push({ name, rows });
  checkKind(request, [...reading.documents.keys()]);
}

class ElementReader {
  /** Elements of no use here, with how many there are. */
  readonly skipped = new Map<string, number>();
  private readonly dictionary = new Dictionary();
  private readonly shapes = elementShapes(this.dictionary);
  private readonly lines = new Map<TableKind, CopyLines>();
  private readonly values: (string | null)[] = [];

  constructor(private readonly reading: Reading) {}

  take(record: XmlRecord): void {
    const { name, ordinal, fields } = record;
    if (explain(this.dictionary, name, ordinal, fields)) return;
    const shape = this.shapes.get(name);
    if (shape === undefined) {
      this.skipped.set(name, (this.skipped.get(name) ?? 0) + 1);
      return;
    }
    this.reading.addRow(shape.document, ordinal, fields.size, name);
    if (this.isSound(record, shape)) this.add(record, shape);
  }

  private add({ name, ordinal, fields }: XmlRecord, { document, fill }: ElementShape): void {
    const { values } = this;
    fill(fields, values);
    const lines = this.lines.get(document) ?? new CopyLines();
    this.lines.set(document, lines);
    if (lines.add(ordinal, values) >= 0) this.addProblem(name, ordinal, document, '', 'invalid_character');
  }

  private isSound(
    { name, ordinal, doubledFields, nestedFields }: XmlRecord,
    { document, read }: ElementShape,
  ): boolean {
    let isSound = true;
    const judge = (fields: readonly string[], code: string) => {
      for (const field of fields) {
        if (!read.has(field) && !field.startsWith('辅助项')) continue;
        this.addProblem(name, ordinal, document, read.get(field) ?? field, code);
        isSound = false;
      }
    };
    if (doubledFields.length > 0) judge(doubledFields, 'doubled_field');
    if (nestedFields.length > 0) judge(nestedFields, 'nested_field');
    return isSound;
  }

  private addProblem(sheet: string, row: number, document: TableKind, column: string, code: string): void {
    this.reading.addProblem({ sheet, row, column, code, params: {}, document });
  }

  *full(): Generator<DocumentLines> {
    for (const [document, gathered] of this.lines) {
      const lines = gathered.take();
      if (lines !== null) yield { document, lines };
    }
  }

  *rest(): Generator<DocumentLines> {
    for (const [document, gathered] of this.lines) yield { document, lines: gathered.rest() };
  }
}
