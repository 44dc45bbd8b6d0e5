import type { Line } from './reading.js';

export interface Reading {
  header: string[] | null;
  lines: Line[];
  /** `code@row` */
  errors: string[];
  skipped: number;
  /** `code@row:column`, '' if there is none. */
  refusal: string;
}

interface Found {
  values: (string | null)[];
  problem: string;
  /** Where the line end begins. */
  end: number;
}

/** The same rules as the tokenizer's, written the slow way over a string: one record, or the code of a refusal and its column. */
function recordAt(text: string, start: number, maxFieldBytes: number): Found | [code: string, column: number] {
  const found: Found = { values: [], problem: '', end: start };
  for (let at = start; ; at++) {
    let raw: string;
    if (text[at] === '"') {
      const body = /^(?:[^"]|"")*/.exec(text.slice(at + 1))?.[0] as string;
      const isClosed = text[at + 1 + body.length] === '"';
      if (!isClosed || Buffer.byteLength(body) > maxFieldBytes) return ['unclosed_quote', found.values.length + 1];
      at += body.length + 2;
      const behind = /^[^,\r\n]*/.exec(text.slice(at))?.[0] as string;
      if (behind !== '') found.problem ||= 'stray_quote';
      at += behind.length;
      raw = body.replaceAll('""', '"');
    } else {
      raw = /^[^,\r\n]*/.exec(text.slice(at))?.[0] as string;
      if (raw.includes('"')) found.problem ||= 'stray_quote';
      if (Buffer.byteLength(raw) > maxFieldBytes) found.problem ||= 'field_too_long';
      at += raw.length;
    }
    found.values.push(raw.replace(/^[ \t]+|[ \t]+$/g, '') || null);
    found.end = at;
    if (text[at] !== ',') return found;
  }
}

export function readSlowly(text: string, maxFieldBytes: number): Reading {
  const reading: Reading = { header: null, lines: [], errors: [], skipped: 0, refusal: '' };
  for (let at = 0, row = 1; at < text.length; row++) {
    const found = recordAt(text, at, maxFieldBytes);
    if (Array.isArray(found)) return { ...reading, refusal: `${found[0]}@${row}:${found[1]}` };
    at = found.end + (text.startsWith('\r\n', found.end) ? 2 : 1);
    const { values, problem } = found;
    if (problem === '' && values.every((value) => value === null)) reading.skipped++;
    else if (reading.header === null) {
      if (problem !== '') return { ...reading, refusal: `bad_header@${row}` };
      reading.header = values.map((value) => value ?? '');
    } else if (problem !== '') reading.errors.push(`${problem}@${row}`);
    else if (values.length !== reading.header.length) reading.errors.push(`column_count@${row}`);
    else reading.lines.push([row, ...values]);
  }
  return reading.header === null ? { ...reading, refusal: 'empty_file@-:-' } : reading;
}
