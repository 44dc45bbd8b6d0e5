import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidenceType } from '../../src/modules/approval/app/evidence-type.js';
import { zipOf } from '../support/zip.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'six-synergies-evidence-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function typeOf(name: string, content: Buffer): Promise<string | null> {
  const path = join(folder, 'stored');
  await writeFile(path, content);
  return evidenceType(path, name);
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const zipNamed = (...names: string[]) => zipOf(names.map((name) => ({ name, content: Buffer.from('<x/>') })));
/** An archive that unpacks itself: a program, and behind it a zip that knows where it begins. */
function behindProgram(zip: Buffer): Buffer {
  const program = latin('MZ\x90\0');
  const whole = Buffer.concat([program, zip]);
  const offsetOfNames = whole.length - 6;
  whole.writeUInt32LE(whole.readUInt32LE(offsetOfNames) + program.length, offsetOfNames);
  return whole;
}
const PDF = latin('%PDF-1.7\n');
const PNG = latin('\x89PNG\r\n\x1a\n\0\0');
const JPEG = latin('\xff\xd8\xff\xe0\0');
const XLSX = zipNamed('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml');
const DOCX = zipNamed('[Content_Types].xml', 'word/document.xml');
const OFD = zipNamed('OFD.xml', 'Doc_0/Document.xml');
const OFFICE = 'application/vnd.openxmlformats-officedocument';

describe('a paper is what its first bytes, or the names in its archive, say', () => {
  it.each([
    ['发票.pdf', PDF, 'application/pdf'],
    ['A.PDF', PDF, 'application/pdf'],
    ['a.png', PNG, 'image/png'],
    ['a.jpg', JPEG, 'image/jpeg'],
    ['a.b.jpeg', JPEG, 'image/jpeg'],
    ['a.xlsx', XLSX, `${OFFICE}.spreadsheetml.sheet`],
    ['a.docx', DOCX, `${OFFICE}.wordprocessingml.document`],
    ['a.ofd', OFD, 'application/ofd'],
  ])('%s', async (name, content, mediaType) => {
    expect(await typeOf(name, content)).toBe(mediaType);
  });

  it.each([
    ['something in front of it', 'a.pdf', Buffer.concat([latin(' '), PDF])],
    ['a program with a paper behind it', 'a.pdf', Buffer.concat([latin('MZ\x90\0'), PDF])],
    ['only the beginning of a beginning', 'a.png', PNG.subarray(0, 7)],
    ['an archive of no kind', 'a.xlsx', zipNamed('run.exe')],
    ['half of what makes a workbook', 'a.xlsx', zipNamed('[Content_Types].xml')],
    ['the other half', 'a.xlsx', zipNamed('xl/workbook.xml')],
    ['an archive that only says it is one', 'a.ofd', latin('PK\x03\x04 and nothing more')],
    ['an archive that unpacks itself', 'a.ofd', behindProgram(OFD)],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
  ])('%s is none', async (_, name, content) => {
    expect(await typeOf(name, content)).toBeNull();
  });

  it.each([
    ['another kind', 'a.png', PDF],
    ['a program', 'a.pdf.exe', PDF],
    ['nothing', 'pdf', PDF],
    ['a letter that is a workbook', 'a.docx', XLSX],
  ])('whose name says %s is none', async (_, name, content) => {
    expect(await typeOf(name, content)).toBeNull();
  });
});
