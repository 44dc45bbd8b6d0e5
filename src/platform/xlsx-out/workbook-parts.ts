import { posix } from 'node:path';
import type { Entry } from 'yauzl';
import { ZipArchive, ZipRefusal } from '../files/zip-archive.js';
import { XlsxRefusal, type XlsxLimits } from '../xlsx/index.js';
import { readWorkbookPart } from '../xlsx/workbook-part.js';
import { readXml, type XmlRules } from '../xlsx/xml-part.js';
import { localName } from './xml-edit.js';

/** Parts that are edited are held in memory: styles, relations and comments of real workbooks are far smaller. */
const MAX_EDITED_BYTES = 16 * 2 ** 20;
const BOMB = { bytes: 16 * 2 ** 20, times: 200 };

export interface CopyLimits extends XlsxLimits {
  /** What this program wrote itself may pack better than any honest sender's workbook. */
  readonly isOwn?: boolean;
}

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly part: string;
}

/** A workbook's parts by name, as they are to be copied and edited. Every refusal is an XlsxRefusal. */
export class WorkbookParts {
  private readonly byName: ReadonlyMap<string, Entry>;

  private constructor(
    private readonly archive: ZipArchive,
    private readonly limits: CopyLimits,
  ) {
    this.byName = new Map(archive.entries.map((entry) => [entry.fileName.toLowerCase(), entry]));
    if (this.byName.size !== archive.entries.length) throw new XlsxRefusal('doubled_entry');
  }

  static async open(path: string, limits: CopyLimits): Promise<WorkbookParts> {
    const { maxEntries, maxInflatedBytes, isOwn } = limits;
    const bomb = isOwn === true ? {} : { bomb: BOMB };
    const archive = await ZipArchive.open(path, { maxEntries, maxInflatedBytes, ...bomb }).catch(asXlsxRefusal);
    try {
      return new WorkbookParts(archive, limits);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  get entries(): readonly Entry[] {
    return this.archive.entries;
  }

  has(part: string): boolean {
    return this.byName.has(part.toLowerCase());
  }

  async *bytes(part: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.byName.get(part.toLowerCase());
    if (entry === undefined) throw new XlsxRefusal('broken_workbook', null, 0, '', { entry: part });
    try {
      yield* this.archive.read(entry);
    } catch (error) {
      asXlsxRefusal(error);
    }
  }

  /** A part as text; null where the workbook has none of that name. UTF-8 only, which is what all programs write. */
  async text(part: string): Promise<string | null> {
    const entry = this.byName.get(part.toLowerCase());
    if (entry === undefined) return null;
    if (entry.uncompressedSize > MAX_EDITED_BYTES) throw new XlsxRefusal('zip_too_large', null, 0, '', { entry: part });
    const chunks: Buffer[] = [];
    for await (const chunk of this.bytes(part)) chunks.push(chunk);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
    } catch {
      throw new XlsxRefusal('malformed_xml', null, 0, '', { entry: part });
    }
  }

  /** What a part ('' for the package itself) is related to inside the package. */
  async relations(part: string): Promise<Relation[]> {
    const name = relationsPart(part);
    const relations: Relation[] = [];
    if (!this.has(name)) return relations;
    const open = (element: string, attributes: Readonly<Record<string, string | undefined>>) => {
      const { Id, Type, Target, TargetMode } = attributes;
      if (localName(element) !== 'Relationship' || TargetMode === 'External') return;
      if (Id === undefined || Type === undefined || Target === undefined) throw new XlsxRefusal('broken_workbook');
      relations.push({ id: Id, type: Type, part: resolved(posix.dirname(part), Target) });
    };
    await readXml(this.bytes(name), { open, text: () => undefined, close: () => undefined }, this.rules(name));
    return relations;
  }

  /** The part of each sheet by the sheet's name, and what the sheets belong to. */
  async sheets(): Promise<{
    readonly workbook: string;
    readonly isStrict: boolean;
    readonly parts: Map<string, string>;
  }> {
    const main = (await this.relations('')).find(({ type }) => type.endsWith('/officeDocument'));
    if (main === undefined) throw new XlsxRefusal('broken_workbook');
    const relations = new Map((await this.relations(main.part)).map(({ id, part }) => [id, part]));
    const { sheets } = await readWorkbookPart(this.bytes(main.part), this.rules(main.part));
    const parts = sheets.flatMap(({ name, relation }): [string, string][] => {
      const part = relations.get(relation);
      return part !== undefined && this.has(part) ? [[name, part]] : [];
    });
    return { workbook: main.part, isStrict: main.type.startsWith('http://purl.oclc.org/'), parts: new Map(parts) };
  }

  close(): void {
    this.archive.close();
  }

  private rules(part: string): XmlRules {
    return {
      maxXmlDepth: this.limits.maxXmlDepth,
      refusal: (code) => new XlsxRefusal(code, null, 0, '', { entry: part }),
    };
  }
}

export const relationsPart = (part: string): string =>
  posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

/** A target is a reference to a part: from the root if it begins with a slash, else from the folder of the naming part. */
function resolved(base: string, target: string): string {
  return posix.join('/', target.startsWith('/') ? '' : base, target.replaceAll('\\', '/')).slice(1);
}

function asXlsxRefusal(error: unknown): never {
  if (error instanceof ZipRefusal) throw new XlsxRefusal(error.code, null, 0, '', { entry: error.entry });
  throw error;
}
