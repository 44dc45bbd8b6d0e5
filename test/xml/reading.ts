import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXml, type XmlLimits } from '../../src/platform/xml/read-xml.js';
import { readRecords, type XmlRecord } from '../../src/platform/xml/records.js';
import { XmlRefusal } from '../../src/platform/xml/refusal.js';

export const LIMITS: XmlLimits = { maxDepth: 8, maxTextBytes: 10_000 };

/** Bytes from ASCII text with \xNN for the rest. */
export const raw = (text: string) => Buffer.from(text, 'latin1');

/** Writes the content into a file of its own, and takes it away again. */
async function inFile<T>(content: string | Buffer, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'xml-'));
  try {
    const path = join(folder, 'file.xml');
    await writeFile(path, content);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a visitor is told: `<name a=b @line` and `>name text`. */
export function eventsOf(content: string | Buffer, limits = LIMITS): Promise<string[]> {
  return inFile(content, async (path) => {
    const events: string[] = [];
    const visitor = {
      open: (name: string, attributes: ReadonlyMap<string, string>, line: number) =>
        void events.push(`<${[name, ...[...attributes].map(([key, value]) => `${key}=${value}`)].join(' ')} @${line}`),
      close: (name: string, text: string) => void events.push(`>${name} ${text}`),
    };
    for await (const piece of readXml(path, limits, visitor)) void piece;
    return events;
  });
}

export type PlainRecord = Partial<Omit<XmlRecord, 'fields'>> & { fields: Record<string, string> };

/** Copies of the records, without what is empty. */
export function recordsOf(content: string | Buffer, limits = LIMITS): Promise<PlainRecord[]> {
  return inFile(content, async (path) => {
    const records: PlainRecord[] = [];
    for await (const batch of readRecords(path, limits)) {
      for (const { name, ordinal, line, fields, doubledFields, nestedFields, text } of batch) {
        records.push({
          name,
          ordinal,
          line,
          fields: Object.fromEntries(fields),
          ...(doubledFields.length > 0 && { doubledFields: [...doubledFields] }),
          ...(nestedFields.length > 0 && { nestedFields: [...nestedFields] }),
          ...(text !== '' && { text }),
        });
      }
    }
    return records;
  });
}

/** `code@line:column` of the refusal that `work` ends in, or '' when it ends well. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return '';
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    return `${error.code}@${error.line}:${error.column}`;
  }
}
