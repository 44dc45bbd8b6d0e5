import { readXml, trimmed, type XmlLimits, type XmlVisitor } from './read-xml.js';
import { XmlRefusal } from './refusal.js';

/** More kinds of elements below the root, and more fields in one of them, than any format has. */
const MAX_NAMES = 1024;

/** An element directly below the root. */
export interface XmlRecord {
  readonly name: string;
  /** The how-manieth of its name, from 1. */
  readonly ordinal: number;
  /** Line where its start tag ends. */
  readonly line: number;
  /** Of each child without children of its own: name → trimmed text, '' when empty; the first of a name. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names that several children have: which of them is meant, nobody can say. */
  readonly doubledFields: readonly string[];
  /** Names of children that have children: such an element is no plain row of fields. */
  readonly nestedFields: readonly string[];
  /** Its own trimmed text where it has no children at all. */
  readonly text: string;
}

/**
 * The elements directly below the root of a data file laid out as GB/T 24589.1 has it: a row per element, a field per
 * child. In batches; records are reused, so a batch is valid until the next is asked for. Throws XmlRefusal as of
 * `readXml`, mixed_content (text beside elements, which belongs to no field) and too_many_names.
 */
export async function* readRecords(
  path: string,
  limits: XmlLimits,
): AsyncGenerator<readonly XmlRecord[], void, undefined> {
  const gatherer = new RecordGatherer();
  for await (const piece of readXml(path, limits, gatherer)) {
    void piece;
    const batch = gatherer.take();
    if (batch.length > 0) yield batch;
  }
}

interface GatheredRecord extends XmlRecord {
  name: string;
  ordinal: number;
  line: number;
  fields: Map<string, string>;
  doubledFields: string[];
  nestedFields: string[];
  text: string;
}

const emptyRecord = (): GatheredRecord => ({
  name: '',
  ordinal: 0,
  line: 0,
  fields: new Map(),
  doubledFields: [],
  nestedFields: [],
  text: '',
});

class RecordGatherer implements XmlVisitor {
  private free: GatheredRecord[] = [];
  private handedOut: GatheredRecord[] = [];
  private complete: GatheredRecord[] = [];
  private readonly ordinals = new Map<string, number>();
  private record = emptyRecord();
  private depth = 0;
  private hasChildren = false;
  /** The child of the record that is open has no children so far. */
  private isLeaf = false;
  private rootLine = 0;

  open(name: string, _attributes: ReadonlyMap<string, string>, line: number): void {
    this.depth++;
    if (this.depth === 1) this.rootLine = line;
    else if (this.depth === 2) this.begin(name, line);
    else if (this.depth === 3) this.hasChildren = this.isLeaf = true;
    else this.isLeaf = false;
  }

  close(name: string, text: string): void {
    this.depth--;
    if (this.depth === 2) this.addField(name, text);
    else if (this.depth === 1) this.finish(trimmed(text));
    else if (this.depth === 0 && trimmed(text) !== '') throw new XmlRefusal('mixed_content', this.rootLine, 0, name);
  }

  /** The records completed since; those handed out before are filled anew. */
  take(): readonly XmlRecord[] {
    this.free.push(...this.handedOut);
    this.handedOut = this.complete;
    this.complete = [];
    return this.handedOut;
  }

  private begin(name: string, line: number): void {
    const ordinal = (this.ordinals.get(name) ?? 0) + 1;
    if (ordinal === 1 && this.ordinals.size === MAX_NAMES) throw new XmlRefusal('too_many_names', line, 0, name);
    this.ordinals.set(name, ordinal);
    this.hasChildren = false;
    const record = (this.record = this.free.pop() ?? emptyRecord());
    record.name = name;
    record.ordinal = ordinal;
    record.line = line;
    record.fields.clear();
    if (record.doubledFields.length > 0) record.doubledFields = [];
    if (record.nestedFields.length > 0) record.nestedFields = [];
  }

  private addField(name: string, text: string): void {
    const { fields, doubledFields, nestedFields, line } = this.record;
    if (!this.isLeaf) addOnce(nestedFields, name, line);
    else if (fields.has(name)) addOnce(doubledFields, name, line);
    else if (fields.size === MAX_NAMES) throw new XmlRefusal('too_many_names', line, 0, this.record.name);
    else fields.set(name, trimmed(text));
  }

  private finish(text: string): void {
    const { record } = this;
    if (this.hasChildren && text !== '') throw new XmlRefusal('mixed_content', record.line, 0, record.name);
    record.text = text;
    this.complete.push(record);
  }
}

function addOnce(names: string[], name: string, line: number): void {
  if (names.includes(name)) return;
  if (names.length === MAX_NAMES) throw new XmlRefusal('too_many_names', line, 0, name);
  names.push(name);
}
