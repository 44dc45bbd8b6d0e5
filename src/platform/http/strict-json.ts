import { AppError } from '../errors/app-error.js';

const MAX_DEPTH = 32;
/** Checking one object against its class takes time in the square of its properties: 70,000 of them took 9 s. */
const MAX_PROPERTIES = 2_000;
/** Any decimal number of so many significant digits survives a binary float unchanged (DBL_DIG). */
const EXACT_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads JSON as RFC 8259 and I-JSON (RFC 7493) have it: UTF-8 (a byte order mark is dropped), no name twice in one
 * object, no NUL and no half characters, nothing that would reach a prototype, no object of
 * thousands of properties, no number that a float cannot hold.
 * No bytes at all are no body.
 * @throws AppError malformed
 */
export function parseStrictJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  checkDepth(text);
  const value = parse(text);
  checkContents(text);
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('malformed', 'invalid_encoding');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('malformed', 'malformed_json');
  }
}

/** Before parsing, so that 100,000 brackets cost nothing. */
function checkDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > MAX_DEPTH) throw new AppError('malformed', 'too_deep', { max: String(MAX_DEPTH) });
  }
}

/** An object (with its names so far) or an array, and the name it stands under. */
interface Frame {
  readonly names: Set<string> | null;
  readonly under: string | null;
}

/** What JSON.parse lets pass; the text is known to be JSON. */
function checkContents(text: string): void {
  const frames: Frame[] = [];
  let name: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') {
      const end = endOfString(text, at);
      const content = checkedString(text.slice(at, end));
      if (followedByColon(text, end)) checkName(frames.at(-1)!, (name = content));
      at = end - 1;
    } else if (character === '{' || character === '[') {
      frames.push({ names: character === '{' ? new Set() : null, under: name });
      name = null;
    } else if (character === '}' || character === ']') {
      frames.pop();
    } else if (character === ',') {
      name = null;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const end = endOfNumber(text, at);
      checkNumber(text.slice(at, end));
      at = end - 1;
    }
  }
}

function checkName({ names, under }: Frame, name: string): void {
  const isPoison = name === '__proto__' || (name === 'prototype' && under === 'constructor');
  if (isPoison) throw named('forbidden_property', name);
  if (names!.has(name)) throw named('duplicate_property', name);
  if (names!.size >= MAX_PROPERTIES) {
    throw new AppError('malformed', 'too_many_properties', { max: String(MAX_PROPERTIES) });
  }
  names!.add(name);
}

function checkedString(literal: string): string {
  // Without an escape there is no NUL (JSON has no control characters) and no half character (UTF-8 has none).
  if (!literal.includes('\\')) return literal.slice(1, -1);
  const content = JSON.parse(literal) as string;
  if (/\0|\p{Surrogate}/u.test(content)) throw new AppError('malformed', 'invalid_character');
  return content;
}

function checkNumber(literal: string): void {
  const mantissa = literal.split(/[eE]/)[0]!;
  const significant = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  const value = Number(literal);
  const isExact =
    significant.length <= EXACT_DIGITS && Number.isFinite(value) && (value !== 0 || /^0*$/.test(significant));
  if (!isExact) throw new AppError('malformed', 'inexact_number', { number: shortened(literal) });
}

/** Index after the closing quote of the string that begins at `open`; the end of the text where there is none. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.eE0-9]/.test(text[at]!)) at++;
  return at;
}

function followedByColon(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return text[at] === ':';
}

function named(code: string, property: string): AppError {
  const shown = shortened(property);
  return new AppError('malformed', code, { property: shown }, [
    { row: 1, column: shown, code, params: { property: shown } },
  ]);
}

const MAX_SHOWN = 100;
const shortened = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
