import { open } from 'node:fs/promises';
import { zipNames } from '../../../platform/files/zip-names.js';

/** A kind of paper, and how files of it are named. */
interface EvidenceType {
  readonly mediaType: string;
  readonly extensions: readonly string[];
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const PDF: EvidenceType = { mediaType: 'application/pdf', extensions: ['pdf'] };
const PNG: EvidenceType = { mediaType: 'image/png', extensions: ['png'] };
const JPEG: EvidenceType = { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] };
const XLSX: EvidenceType = { mediaType: `${OFFICE}.spreadsheetml.sheet`, extensions: ['xlsx'] };
const DOCX: EvidenceType = { mediaType: `${OFFICE}.wordprocessingml.document`, extensions: ['docx'] };
/** GB/T 33190, the format of electronic invoices. */
const OFD: EvidenceType = { mediaType: 'application/ofd', extensions: ['ofd'] };

/** How files begin: at their first byte, for what stands before it could make another program of them. */
const BEGINNINGS = [
  ['%PDF-', PDF],
  ['\x89PNG\r\n\x1a\n', PNG],
  ['\xff\xd8\xff', JPEG],
] as const;
const ZIP = 'PK\x03\x04';
const ZIPPED = [
  [['OFD.xml'], OFD],
  [['[Content_Types].xml', 'xl/workbook.xml'], XLSX],
  [['[Content_Types].xml', 'word/document.xml'], DOCX],
] as const;
const LONGEST = 8;
const MAX_NAMES = 2000;

/**
 * What a stored file is by its content, if that is a kind of paper that is taken as evidence and its name says the same;
 * else null. Nothing is unpacked.
 */
export async function evidenceType(path: string, name: string): Promise<string | null> {
  const type = await typeOf(path);
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return type?.extensions.includes(extension) ? type.mediaType : null;
}

async function typeOf(path: string): Promise<EvidenceType | null> {
  const beginning = await readBeginning(path);
  const [, type] = BEGINNINGS.find(([bytes]) => beginning.startsWith(bytes)) ?? [];
  if (type !== undefined || !beginning.startsWith(ZIP)) return type ?? null;
  const names = await zipNames(path, MAX_NAMES);
  const [, zipped] = ZIPPED.find(([parts]) => parts.every((part) => names?.includes(part))) ?? [];
  return zipped ?? null;
}

/** One character a byte. */
async function readBeginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
