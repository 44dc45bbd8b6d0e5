/** A template as it is written into: checked, and with what has to be known of it. */
import { attributeOf, tagsOf } from '../../../../platform/xlsx-out/xml-edit.js';
import { checkTemplate } from './check-template.js';
import { readParts, relationsOf, relationsPart, textOfPart, type Parts } from './docx-package.js';
import { filled, placeholdersIn } from './placeholders.js';
import { TemplateRefusal } from './template-refusal.js';

export interface Template {
  readonly parts: Parts;
  /** Names of parts. */
  readonly main: string;
  readonly styles: string;
  readonly headers: readonly string[];
  readonly footers: readonly string[];
  /** Between the margins of its last section, in twips. */
  readonly width: number;
  /** Begins the name of nothing that is in it. */
  readonly freePrefix: string;
}

/** Instead of a paragraph each. */
const BLOCKS = ['正文', '附件'];
/** Without these the report would not be whole; 状态 is on every page of a draft, 溯源 says how a figure is found again. */
const NEEDED = { main: ['标题', ...BLOCKS], header: ['状态'], footer: ['溯源'] };
const KNOWN = new Set(['红头', '发文字号', '署名', '成文日期', '抄送', ...Object.values(NEEDED).flat()]);

/** @throws TemplateRefusal */
export async function readTemplate(bytes: Uint8Array): Promise<Template> {
  const parts = await readParts(bytes);
  await checkTemplate(parts);
  const main = relationsOf(parts, '').find(({ kind }) => kind === 'officeDocument')!.part;
  const related = relationsOf(parts, main);
  const named = (kind: string) => [...new Set(related.filter((each) => each.kind === kind).map(({ part }) => part))];
  const [headers, footers, styles] = [named('header'), named('footer'), named('styles')[0] ?? ''];
  [main, styles, ...headers, ...footers].forEach((part) => checkMarkup(parts, part));
  checkPlaceholders(parts, main, headers, footers);
  const width = textWidth(textOfPart(parts, main));
  return { parts, main, styles, headers, footers, width, freePrefix: freePrefix(parts, main) };
}

/** All of Word, WPS and LibreOffice write this prefix; another would not be found where the report is put in. */
function checkMarkup(parts: Parts, part: string): void {
  const text = textOfPart(parts, part);
  const [root] = tagsOf(text);
  const space = root === undefined ? null : attributeOf(text.slice(root.start, root.end), 'w');
  if (space !== 'http://schemas.openxmlformats.org/wordprocessingml/2006/main')
    throw new TemplateRefusal('not_a_docx', part);
}

function checkPlaceholders(parts: Parts, main: string, headers: readonly string[], footers: readonly string[]): void {
  const all = new Map([main, ...headers, ...footers].map((part) => [part, placeholdersIn(textOfPart(parts, part))]));
  for (const [part, names] of all) checkNumber(part, names);
  const own = new Map([...all].map(([part, names]) => [part, [...new Set(names)]]));
  const unknown = [...own.values()].flat().filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) throw new TemplateRefusal('unknown_placeholder', unknown.map(written).join(' '));
  const missing = [
    ...NEEDED.main.filter((name) => !own.get(main)!.includes(name)),
    ...lacking(NEEDED.header, headers, own),
    ...lacking(NEEDED.footer, footers, own),
  ];
  if (missing.length > 0) throw new TemplateRefusal('missing_placeholder', missing.map(written).join(' '));
  checkPlaces(textOfPart(parts, main), new Map(BLOCKS.map((name) => [name, ''])));
  for (const part of [...headers, ...footers]) {
    const misplaced = own.get(part)!.find((name) => BLOCKS.includes(name));
    if (misplaced !== undefined) throw new TemplateRefusal('misplaced_placeholder', written(misplaced));
  }
}

/** Of one part. */
const MAX_PLACEHOLDERS = 100;

/** Each is written out where it stands, and the whole report is large. */
function checkNumber(part: string, names: readonly string[]): void {
  if (names.length > MAX_PLACEHOLDERS)
    throw new TemplateRefusal('template_too_large', `${part}: {{ }} × ${names.length}`);
  const again = BLOCKS.find((block) => names.indexOf(block) !== names.lastIndexOf(block));
  if (again !== undefined) throw new TemplateRefusal('misplaced_placeholder', written(again));
}

/** Filling it with nothing says whether each stands where it can. */
function checkPlaces(text: string, blocks: ReadonlyMap<string, string>): void {
  filled(text, { blocks, words: new Map([...KNOWN].map((name) => [name, ''])) });
}

/** Every page needs them, so every header or footer does, and there has to be one. */
const lacking = (names: readonly string[], of: readonly string[], own: ReadonlyMap<string, readonly string[]>) =>
  names.filter((name) => of.length === 0 || of.some((part) => !own.get(part)!.includes(name)));

const written = (name: string) => `{{${name}}}`;

/** A4 with the margins of GB/T 9704, unless the template says otherwise. */
const DEFAULT_WIDTH = 8844;

function textWidth(document: string): number {
  const last = (name: string) => [...tagsOf(document)].filter((tag) => tag.name === name && !tag.isClosing).at(-1);
  const [size, margins] = [last('w:pgSz'), last('w:pgMar')];
  if (size === undefined || margins === undefined) return DEFAULT_WIDTH;
  const value = ({ start, end }: { readonly start: number; readonly end: number }, name: string) =>
    Number(attributeOf(document.slice(start, end), name) ?? NaN);
  const width = value(size, 'w') - value(margins, 'left') - value(margins, 'right');
  return Number.isInteger(width) && width > 0 ? width : DEFAULT_WIDTH;
}

const PREFIX = 'synergy';
/** Nobody names a picture so; a longer name would be no name of a part. */
const MAX_MARKS = 100;

/** With one mark more than the longest that is taken. @throws TemplateRefusal */
function freePrefix(parts: Parts, main: string): string {
  const taken = `${textOfPart(parts, relationsPart(main))}${[...parts.keys()].join(' ')}`.toLowerCase();
  let marks = 0;
  for (const [found] of taken.matchAll(/synergy_*/g)) marks = Math.max(marks, found.length - PREFIX.length + 1);
  if (marks > MAX_MARKS) throw new TemplateRefusal('not_a_docx', PREFIX);
  return PREFIX + '_'.repeat(marks);
}
