/**
 * A PNG without transparency. Of one with it, pdfmake takes colours and transparency apart, pixel by pixel and in no fixed
 * order: slow, and other bytes each time.
 */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [BITS, TRUECOLOUR] = [8, 2];
/** Each line as differences from the one above it. */
const UP = 2;

/** `rgba`: four bytes a pixel, all opaque, line by line. */
export function opaquePng(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS, TRUECOLOUR, 0, 0, 0], 8);
  const data = deflateSync(filtered(rgba, width, height));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function filtered(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const lines = new Uint8Array(height * (1 + width * 3));
  const lineAbove = width * 4;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    lines[to++] = UP;
    // Above the first line there is nothing: the differences are its own colours.
    const above = y === 0 ? new Uint8Array(lineAbove) : rgba.subarray((y - 1) * lineAbove, y * lineAbove);
    const line = rgba.subarray(y * lineAbove, (y + 1) * lineAbove);
    for (let from = 0; from < lineAbove; from += 4, to += 3) {
      lines[to] = line[from]! - above[from]!;
      lines[to + 1] = line[from + 1]! - above[from + 1]!;
      lines[to + 2] = line[from + 2]! - above[from + 2]!;
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
