/** What GB18030 means, asked of the platform's decoder once, so that this reading and that one never differ. */

/** Trail bytes 0x40 to 0xfe. */
export const TRAILS = 0xbf;
/** How many four-byte forms there are in front of those that stand for U+10000 and on, as far as they are in use. */
export const FOUR_BYTE_BMP = 39_420;
/** 0x84 0x31 0xa4 0x37 */
const FORM_OF_FFFD = 39_417;

/** Code points of the two-byte forms by (lead - 0x81) * TRAILS + (trail - 0x40); 0 where there is none. */
let twoBytes: Uint16Array | null = null;
/** Code points of the four-byte forms below U+10000 in their order; 0 where there is none. */
let fourBytes: Uint16Array | null = null;

export function twoByteTable(): Uint16Array {
  twoBytes ??= meanings(126 * TRAILS, 2, (form, bytes, at) => {
    bytes[at] = 0x81 + Math.floor(form / TRAILS);
    bytes[at + 1] = 0x40 + (form % TRAILS);
  });
  return twoBytes;
}

export function fourByteTable(): Uint16Array {
  fourBytes ??= meanings(FOUR_BYTE_BMP, 4, (form, bytes, at) => {
    bytes[at] = 0x81 + Math.floor(form / 12_600);
    bytes[at + 1] = 0x30 + (Math.floor(form / 1260) % 10);
    bytes[at + 2] = 0x81 + (Math.floor(form / 10) % 126);
    bytes[at + 3] = 0x30 + (form % 10);
  });
  return fourBytes;
}

/** Each form is decoded between line ends, which are part of no longer character, so a bad one cannot spoil the next. */
function meanings(forms: number, size: number, write: (form: number, bytes: Buffer, at: number) => void): Uint16Array {
  const bytes = Buffer.alloc(forms * (size + 1), 0x0a);
  for (let form = 0; form < forms; form++) write(form, bytes, form * (size + 1));
  const decoded = new TextDecoder('gb18030').decode(bytes).split('\n');
  return Uint16Array.from({ length: forms }, (_, form) => {
    const text = decoded[form] as string;
    // U+FFFD is what the decoder puts for no character; it has a form of its own, of four bytes.
    const isCharacter = text.length === 1 && (text !== '\ufffd' || (size === 4 && form === FORM_OF_FFFD));
    return isCharacter ? text.charCodeAt(0) : 0;
  });
}
