/**
 * What a template may not hold. It comes from an office's computer and goes, with the report in it, to every member of the
 * committee: no programs, nothing fetched from elsewhere, no field that reads a file or runs something.
 */
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { readXml, type Attributes, type XmlReader } from '../../../../platform/xlsx/xml-part.js';
import { CONTENT_TYPES, relationsOf, textOfPart, type Parts } from './docx-package.js';
import { TemplateRefusal, type TemplateRefusalCode } from './template-refusal.js';

const MAX_XML_BYTES = 4 * 2 ** 20;
const MAX_XML_DEPTH = 128;

/** What Word, WPS and LibreOffice write of a page's look. */
const XML_PARTS = new Set(['xml', 'rels', 'vml']);
const OTHER_PARTS = new Set(['png', 'jpg', 'jpeg', 'gif', 'bmp', 'tif', 'tiff', 'emf', 'wmf', 'odttf']);
const RELATIONS = new Set([
  ...['officeDocument', 'core-properties', 'extended-properties', 'custom-properties', 'thumbnail'],
  ...['styles', 'stylesWithEffects', 'settings', 'webSettings', 'fontTable', 'theme', 'numbering', 'font', 'image'],
  ...['header', 'footer', 'footnotes', 'endnotes', 'customXml', 'customXmlProps', 'classificationlabels'],
]);
const FIELDS = new Set(['PAGE', 'NUMPAGES', 'SECTION', 'SECTIONPAGES', 'STYLEREF']);
const PROGRAMS = /macroEnabled|vbaProject|vbaData|activeX|ms-office\.(vba|activeX)/i;
/** Old drawings name their pictures and links by address. */
const ADDRESSES = new Set(['src', 'href', 'althref']);
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** @throws TemplateRefusal */
export async function checkTemplate(parts: Parts): Promise<void> {
  for (const part of parts.keys()) {
    // Not by extname, to which `.rels` is a name without one.
    const kind = part.slice(part.lastIndexOf('.') + 1).toLowerCase();
    if (/vba|macro|activex/i.test(part)) throw new TemplateRefusal('macros', part);
    if (!XML_PARTS.has(kind) && !OTHER_PARTS.has(kind)) throw new TemplateRefusal('forbidden_part', part);
    if (XML_PARTS.has(kind)) await checkXml(parts, part);
  }
  const main = relationsOf(parts, '').find(({ kind }) => kind === 'officeDocument')?.part ?? '';
  if (!parts.has(main) || !textOfPart(parts, CONTENT_TYPES).includes(MAIN_TYPE))
    throw new TemplateRefusal('not_a_docx');
}

async function checkXml(parts: Parts, part: string): Promise<void> {
  const bytes = parts.get(part)!;
  if (bytes.length > MAX_XML_BYTES) throw new TemplateRefusal('template_too_large', part);
  // Refuses UTF-16, which no program writes a document in and which is edited as text later.
  textOfPart(parts, part);
  const refusal = () => new TemplateRefusal('malformed_xml', part);
  const reader = new PartReader(part);
  await readXml(Readable.from([bytes]), reader, { maxXmlDepth: MAX_XML_DEPTH, refusal });
  reader.end();
}

/** A field's instructions may be cut into runs at any letter, so they are put together before they are looked at. */
class PartReader implements XmlReader {
  /** Of the fields that are open, innermost last. */
  private readonly fields: string[] = [];
  private isInstruction = false;

  constructor(private readonly part: string) {}

  open(name: string, attributes: Attributes): void {
    const local = withoutPrefix(name);
    for (const [attribute, value] of Object.entries(attributes)) this.attribute(withoutPrefix(attribute), value ?? '');
    if (local === 'Relationship') this.relation(attributes);
    if (local === 'mailMerge') this.refuse('external_link', local);
    if (local === 'fldSimple') checkField(attributes['w:instr'] ?? '');
    if (local === 'fldChar') this.fieldMark(attributes['w:fldCharType'] ?? '');
    this.isInstruction = local === 'instrText' || local === 'delInstrText';
  }

  text(text: string): void {
    if (!this.isInstruction) return;
    if (this.fields.length === 0) checkField(text);
    else this.fields[this.fields.length - 1] += text;
  }

  close(): void {
    this.isInstruction = false;
  }

  /** A field that is not ended is one all the same. */
  end(): void {
    this.fields.forEach(checkField);
  }

  private relation({ Type = '', Target = '', TargetMode = 'Internal' }: Attributes): void {
    if (TargetMode !== 'Internal') this.refuse('external_link', Target);
    const kind = posix.basename(Type);
    if (!RELATIONS.has(kind)) this.refuse(PROGRAMS.test(kind) ? 'macros' : 'forbidden_part', kind);
  }

  private fieldMark(type: string): void {
    if (type === 'begin') this.fields.push('');
    if (type !== 'end') return;
    checkField(this.fields.pop() ?? '');
  }

  private attribute(name: string, value: string): void {
    if (ADDRESSES.has(name) && value !== '') this.refuse('external_link', value);
    if (name === 'ContentType' && PROGRAMS.test(value)) this.refuse('macros', value);
  }

  private refuse(code: TemplateRefusalCode, what: string): never {
    throw new TemplateRefusal(code, `${this.part}: ${what}`);
  }
}

/** Only by its first word, as Word does; where a field inside makes up that word there is none, and it is refused. */
function checkField(instruction: string): void {
  const command = /^\s*(\S*)/.exec(instruction)![1]!;
  if (!FIELDS.has(command.toUpperCase())) throw new TemplateRefusal('forbidden_field', command);
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);
