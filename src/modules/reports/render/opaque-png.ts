/**
 * A PNG without transparency. Of one with it, pdfmake takes colours and transparency apart, pixel by pixel and in no fixed
 * order: slow, and other bytes each time.
 */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [BITS, TRUECOLOUR] = [8, 2];
/** Drawings are flat: their lines pack best as they are, and at this level in half the time. */
const PACKING = { level: 3 } as const;

/** `rgba`: four bytes a pixel, all opaque, line by line. */
export function opaquePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS, TRUECOLOUR, 0, 0, 0], 8);
  const data = deflateSync(unfiltered(rgba, width, height), PACKING);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** Each line begins with the byte that says so. */
function unfiltered(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const lines = new Uint8Array(height * (1 + width * 3));
  for (let y = 0, from = 0, to = 1; y < height; y += 1, to += 1) {
    for (let x = 0; x < width; x += 1, from += 4, to += 3) {
      lines[to] = rgba[from]!;
      lines[to + 1] = rgba[from + 1]!;
      lines[to + 2] = rgba[from + 2]!;
    }
  }
  return lines;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
