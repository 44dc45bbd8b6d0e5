import { FOUR_BYTE_BMP, fourByteTable, TRAILS, twoByteTable } from './gb18030-tables.js';

/** Number of the four-byte form of U+10000; from there on they follow each other without a gap. */
const FOUR_BYTE_SUPPLEMENT = 189_000;
const REPLACEMENT = 0xfffd;

/**
 * By code point below U+10000: a two-byte form from 0x8140 on as it is, a four-byte form by its number from FOUR_BYTE on.
 * Where two forms mean one character the first is its own, the other is read only.
 */
let forms: Uint32Array | null = null;
const FOUR_BYTE = 0x10000;

function formTable(): Uint32Array {
  if (forms !== null) return forms;
  forms = new Uint32Array(0x10000);
  const four = fourByteTable();
  for (let form = FOUR_BYTE_BMP - 1; form >= 0; form--) if (four[form] !== 0) forms[four[form]!] = FOUR_BYTE + form;
  const two = twoByteTable();
  for (let form = two.length - 1; form >= 0; form--) {
    const bytes = (0x81 + Math.floor(form / TRAILS)) * 0x100 + 0x40 + (form % TRAILS);
    if (two[form] !== 0) forms[two[form]!] = bytes;
  }
  return forms;
}

/**
 * A text in GB18030, of which `Gb18030Reader` reads the same text. The encoding has every character of Unicode; U+FFFD
 * stands for what is none: half a surrogate pair, and 19 places for private use whose bytes mean other characters by now.
 */
export function gb18030Bytes(text: string): Buffer {
  const table = formTable();
  const out = Buffer.allocUnsafe(text.length * 4);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) out[at++] = code;
    else if (code >= 0x10000) at = writeFour(out, at, FOUR_BYTE_SUPPLEMENT + code - 0x10000);
    else {
      const form = table[code] === 0 ? table[REPLACEMENT]! : table[code]!;
      if (form >= FOUR_BYTE) at = writeFour(out, at, form - FOUR_BYTE);
      else at = out.writeUInt16BE(form, at);
    }
  }
  return out.subarray(0, at);
}

/** Says where it ends. */
function writeFour(out: Buffer, at: number, form: number): number {
  out[at] = 0x81 + Math.floor(form / 12_600);
  out[at + 1] = 0x30 + (Math.floor(form / 1260) % 10);
  out[at + 2] = 0x81 + (Math.floor(form / 10) % 126);
  out[at + 3] = 0x30 + (form % 10);
  return at + 4;
}
