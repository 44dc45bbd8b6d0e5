import { inflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;

/** The texts of all parts of an archive whose local headers hold their sizes or whose parts end where the next begins. */
export function unzipSync(archive: Buffer): string {
  const texts: string[] = [];
  for (let at = archive.indexOf('PK\u0003\u0004'); at >= 0; at = archive.indexOf('PK\u0003\u0004', at + 4)) {
    if (archive.readUInt32LE(at) !== LOCAL_HEADER) continue;
    const method = archive.readUInt16LE(at + 8);
    const nameLength = archive.readUInt16LE(at + 26);
    const begin = at + 30 + nameLength + archive.readUInt16LE(at + 28);
    texts.push(archive.subarray(at + 30, at + 30 + nameLength).toString('utf8'));
    // Raw deflate knows its own end, whatever the header says of it.
    texts.push(method === 8 ? inflateRawSync(archive.subarray(begin)).toString('utf8') : '');
  }
  return texts.join('\n');
}
