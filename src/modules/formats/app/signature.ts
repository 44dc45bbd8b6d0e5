import { open } from 'node:fs/promises';

/** What the first bytes say: how to read on, or what the file seems to be when that is nothing read here. */
export type Signature =
  | { readonly container: 'workbook' | 'xml' | 'html' | 'text' | 'empty' }
  | { readonly container: 'other'; readonly seems: string };

const HEAD_BYTES = 4096;

/** By leading bytes in hexadecimal. */
const MAGIC: readonly (readonly [prefix: string, seems: string])[] = [
  ['25504446', 'PDF'],
  ['89504e47', 'PNG'],
  ['ffd8ff', 'JPEG'],
  ['47494638', 'GIF'],
  ['424d', 'BMP'],
  ['49492a00', 'TIFF'],
  ['4d4d002a', 'TIFF'],
  ['52617221', 'RAR'],
  ['377abcaf271c', '7z'],
  ['1f8b', 'gzip'],
  ['7b5c727466', 'RTF'],
  ['4d5a', 'EXE'],
];
const ZIP = ['504b0304', '504b0506', '504b0708'];
const OLE = 'd0cf11e0';

/** Many systems name a table of HTML .xls; browsers save one as a web archive, which begins as a mail does. */
const HTML =
  /^\s*(?:mime-version:|(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|script|div|center)\b)/i;
/** No header of a table begins with a bracket and a quote. */
const JSON_START = /^\s*(?:\{\s*["}]|\[\s*[[{"\]])/;

/** Told from the content alone, never from the name. */
export async function signatureOf(path: string): Promise<Signature> {
  const head = await headOf(path);
  if (head.length === 0) return { container: 'empty' };
  const hex = head.subarray(0, 8).toString('hex');
  if (ZIP.some((prefix) => hex.startsWith(prefix)) || hex.startsWith(OLE)) return { container: 'workbook' };
  const magic = MAGIC.find(([prefix]) => hex.startsWith(prefix));
  // BM are also letters; a bitmap has zeros in its header.
  if (magic !== undefined && (magic[1] !== 'BMP' || head.subarray(0, 14).includes(0))) {
    return { container: 'other', seems: magic[1] };
  }
  const text = textOf(head);
  if (HTML.test(text)) return { container: 'html' };
  if (JSON_START.test(text)) return other('JSON');
  if (!/^\s*</.test(text)) return { container: 'text' };
  if (/urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(text)) return other('Excel 2003 XML');
  return { container: 'xml' };
}

const other = (seems: string): Signature => ({ container: 'other', seems });

/** Enough of the head to see markup, whatever the encoding; every one read here has ASCII in ASCII's place. */
function textOf(head: Buffer): string {
  const mark = head.subarray(0, 2).toString('hex');
  const isWide = mark === 'fffe' || mark === 'feff';
  if (isWide) return head.toString('latin1', 2).replaceAll('\0', '');
  return head.toString('latin1').replace(/^(?:\xef\xbb\xbf|\x84\x31\x95\x33)/, '');
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
