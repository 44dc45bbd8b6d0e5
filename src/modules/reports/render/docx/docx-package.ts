/** The parts of a Word document, read from a zip that is taken as hostile, and written the same way every time. */
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { ZipFile as NewZip } from 'yazl';
import { appended, attributeOf, localName, tagsOf } from '../../../../platform/xlsx-out/xml-edit.js';
import { TemplateRefusal } from './template-refusal.js';

const MAX_BYTES = 10 * 2 ** 20;
const MAX_INFLATED_BYTES = 32 * 2 ** 20;
const MAX_PARTS = 300;
const STORED = 0;
const DEFLATED = 8;

export const CONTENT_TYPES = '[Content_Types].xml';

/** By name, in the order of the file. */
export type Parts = Map<string, Buffer>;

/** A relation of a part: its type's last word, such as `header`, and the part it leads to. */
export interface Related {
  readonly id: string;
  readonly kind: string;
  readonly part: string;
}

/** @throws TemplateRefusal template_too_large, too_many_parts, encrypted, not_a_docx */
export async function readParts(bytes: Uint8Array): Promise<Parts> {
  if (bytes.length > MAX_BYTES) throw new TemplateRefusal('template_too_large');
  try {
    return await inflatedParts(await fromBufferPromise(Buffer.from(bytes)));
  } catch (error) {
    // From bytes in memory, whatever else is thrown says that they are no zip.
    throw error instanceof TemplateRefusal ? error : new TemplateRefusal('not_a_docx');
  }
}

async function inflatedParts(zip: ZipFile): Promise<Parts> {
  if (zip.entryCount > MAX_PARTS) throw new TemplateRefusal('too_many_parts');
  const parts: Parts = new Map();
  const seen = new Set<string>();
  let claimed = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    if (fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) throw new TemplateRefusal('encrypted', fileName);
    // ECMA-376 part 2, 6.2.2.3: case makes no difference in the names of parts.
    if (seen.has(fileName.toLowerCase())) throw new TemplateRefusal('not_a_docx', fileName);
    if ((claimed += uncompressedSize) > MAX_INFLATED_BYTES) throw new TemplateRefusal('template_too_large', fileName);
    seen.add(fileName.toLowerCase());
    parts.set(fileName, await inflated(zip, entry));
  }
  return parts;
}

async function inflated(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const { fileName, compressionMethod, uncompressedSize } = entry;
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) throw new TemplateRefusal('not_a_docx', fileName);
  const packed = await collected(await zip.openReadStreamPromise(entry, { decodeFileData: false }));
  // An entry that inflates to more than it claims throws.
  const bytes =
    compressionMethod === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32)
    throw new TemplateRefusal('not_a_docx', fileName);
  return bytes;
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Local midnight, for a zip's clock has no time zone: the same bytes everywhere. */
const STAMP = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };
const PACKED_ALREADY = /\.(png|jpe?g|gif)$/i;

/** A zip of the parts: what they are of what first, the others by name; no clock in it. */
export async function writeParts(parts: ReadonlyMap<string, Buffer>): Promise<Uint8Array> {
  const zip = new NewZip();
  const names = [...parts.keys()].filter((name) => name !== CONTENT_TYPES).sort();
  for (const name of [CONTENT_TYPES, ...names])
    zip.addBuffer(parts.get(name)!, name, { ...STAMP, compress: !PACKED_ALREADY.test(name) });
  zip.end();
  return collected(zip.outputStream as Readable);
}

/** @throws TemplateRefusal malformed_xml where it is not UTF-8 */
export function textOfPart(parts: ReadonlyMap<string, Buffer>, part: string): string {
  const bytes = parts.get(part);
  if (bytes === undefined) throw new TemplateRefusal('not_a_docx', part);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TemplateRefusal('malformed_xml', part);
  }
}

/** `content` as the last thing in an element that the part is known to have. */
export function addTo(parts: Parts, part: string, element: string, content: string): void {
  const text = appended(textOfPart(parts, part), element, content);
  if (text === null) throw new TemplateRefusal('not_a_docx', part);
  parts.set(part, Buffer.from(text));
}

export const relationsPart = (part: string): string =>
  posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

/** What a part ('' is the package) is related to. */
export function relationsOf(parts: ReadonlyMap<string, Buffer>, part: string): Related[] {
  const name = relationsPart(part);
  if (!parts.has(name)) return [];
  const text = textOfPart(parts, name);
  return [...tagsOf(text)].flatMap((tag): Related[] => {
    if (tag.isClosing || localName(tag.name) !== 'Relationship') return [];
    const written = text.slice(tag.start, tag.end);
    const value = (attribute: string) => attributeOf(written, attribute) ?? '';
    const [target, kind] = [value('Target'), posix.basename(value('Type'))];
    const base = target.startsWith('/') ? '' : posix.dirname(part);
    return [{ id: value('Id'), kind, part: posix.join('/', base, target).slice(1) }];
  });
}
