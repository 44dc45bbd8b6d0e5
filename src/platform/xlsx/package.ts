import { posix } from 'node:path';
import type { Entry } from 'yauzl';
import { ZipArchive, ZipRefusal } from '../files/zip-archive.js';
import { XlsxRefusal, type XlsxLimits } from './refusal.js';
import { localName, readXml, type Attributes, type XmlRules } from './xml-part.js';

/** Real sheets pack to a tenth or a fiftieth; a thousandfold is the most that deflate can do. */
const BOMB = { bytes: 16 * 1024 * 1024, times: 200 };

/** A part and what it is to the part that names it: the last word of the relation's type, such as `worksheet`. */
export interface Related {
  readonly type: string;
  readonly part: string;
}

/** The parts of an Office package by name, in which case does not matter (ECMA-376 part 2, 6.2.2.3). */
export class Package {
  private readonly parts = new Map<string, Entry>();

  private constructor(
    private readonly archive: ZipArchive,
    private readonly maxXmlDepth: number,
  ) {
    for (const entry of archive.entries) {
      const name = entry.fileName.toLowerCase();
      if (this.parts.has(name)) throw new XlsxRefusal('doubled_entry', null, 0, '', { entry: entry.fileName });
      this.parts.set(name, entry);
    }
  }

  static async open(path: string, { maxEntries, maxInflatedBytes, maxXmlDepth }: XlsxLimits): Promise<Package> {
    const archive = await ZipArchive.open(path, { maxEntries, maxInflatedBytes, bomb: BOMB }).catch(asXlsxRefusal);
    try {
      return new Package(archive, maxXmlDepth);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  has(part: string): boolean {
    return this.parts.has(part.toLowerCase());
  }

  /** Inflated size in bytes as the archive claims, which `read` holds it to. */
  sizeOf(part: string): number {
    return this.parts.get(part.toLowerCase())?.uncompressedSize ?? 0;
  }

  async *read(part: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.parts.get(part.toLowerCase());
    if (entry === undefined) throw new XlsxRefusal('broken_workbook', null, 0, '', { entry: part });
    try {
      yield* this.archive.read(entry);
    } catch (error) {
      asXlsxRefusal(error);
    }
  }

  /**
   * Reads through the parts that nothing is taken from, so that a damaged archive is refused wherever it is damaged;
   * those in `others` are checked by whoever reads them.
   */
  async checkAllBut(others: readonly string[]): Promise<void> {
    const left = new Set(others.map((part) => part.toLowerCase()));
    for (const part of this.parts.keys()) {
      const steps = this.read(part);
      while (!left.has(part) && !(await steps.next()).done);
    }
  }

  /** How a part is read where its refusals need no place. */
  rulesOf(part: string): XmlRules {
    return { maxXmlDepth: this.maxXmlDepth, refusal: (code) => new XlsxRefusal(code, null, 0, '', { entry: part }) };
  }

  /** What a part ('' for the package itself) is related to, by relation id; parts outside the package are left out. */
  async relationsOf(part: string): Promise<ReadonlyMap<string, Related>> {
    const base = posix.dirname(part);
    const name = posix.join(base, '_rels', `${posix.basename(part)}.rels`);
    const relations = new Map<string, Related>();
    if (!this.has(name)) return relations;
    const rules = this.rulesOf(name);
    const open = (element: string, { Id, Type, Target, TargetMode }: Attributes) => {
      if (localName(element) !== 'Relationship' || TargetMode === 'External') return;
      if (Id === undefined || Type === undefined || Target === undefined) throw rules.refusal('broken_workbook');
      if (relations.has(Id)) throw rules.refusal('broken_workbook');
      relations.set(Id, { type: posix.basename(Type), part: resolved(base, Target) });
    };
    await readXml(this.read(name), { open, text: () => undefined, close: () => undefined }, rules);
    return relations;
  }

  close(): void {
    this.archive.close();
  }
}

/** A target is a reference to a part: from the root if it begins with a slash, else from the folder of the naming part. */
function resolved(base: string, target: string): string {
  return posix.join('/', target.startsWith('/') ? '' : base, target.replaceAll('\\', '/')).slice(1);
}

function asXlsxRefusal(error: unknown): never {
  if (error instanceof ZipRefusal) throw new XlsxRefusal(error.code, null, 0, '', { entry: error.entry });
  throw error;
}
