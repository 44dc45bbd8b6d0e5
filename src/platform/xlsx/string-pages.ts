import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Strings are kept in pages of so many, so that finding one takes a division and reading one back is cheap. */
const PAGE = 64;
/** Between the strings of a page; no string holds it. */
const SEPARATOR = '\0';
/** Bounds of what lies in memory, packed and unpacked. */
const DEFAULT_BOUNDS = { packedBytes: 16 * 1024 * 1024, unpackedBytes: 8 * 1024 * 1024 };

/**
 * A list of strings that may be larger than memory: packed in memory up to a bound, beyond it in a temporary file; pages
 * in use are kept unpacked, up to another. Strings must not hold U+0000 or halves of surrogate pairs.
 */
export class StringPages {
  length = 0;
  private filling: string[] = [];
  /** The pages in memory, which come first; the others are in the file. */
  private readonly packed: Buffer[] = [];
  private readonly unpacked: (readonly string[] | null)[] = [];
  /** 1: used since the hand of the clock last passed. */
  private readonly isUsed: number[] = [];
  private hand = 0;
  private packedBytes = 0;
  private unpackedBytes = 0;
  private file: SpillFile | null = null;

  constructor(private readonly bounds = DEFAULT_BOUNDS) {}

  add(text: string): void {
    this.filling.push(text);
    this.length++;
    if (this.filling.length === PAGE) this.pack();
  }

  /** To be called once, before the first `at`. */
  seal(): void {
    if (this.filling.length > 0) this.pack();
  }

  /** The string at an index within the length. */
  at(index: number): string {
    const page = Math.floor(index / PAGE);
    const strings = this.unpacked[page] ?? this.unpack(page);
    this.isUsed[page] = 1;
    return strings[index % PAGE] as string;
  }

  close(): void {
    this.file?.close();
    this.file = null;
  }

  private pack(): void {
    const bytes = Buffer.from(this.filling.join(SEPARATOR), 'utf8');
    this.filling = [];
    this.unpacked.push(null);
    this.isUsed.push(0);
    if (this.file === null && this.packedBytes + bytes.length <= this.bounds.packedBytes) {
      this.packedBytes += bytes.length;
      this.packed.push(bytes);
    } else {
      this.file ??= new SpillFile();
      this.file.append(bytes);
    }
  }

  private unpack(page: number): readonly string[] {
    const bytes = this.packed[page] ?? (this.file as SpillFile).read(page - this.packed.length);
    const cost = unpackedBytesOf(bytes.length);
    while (this.unpackedBytes > 0 && this.unpackedBytes + cost > this.bounds.unpackedBytes) this.evict();
    const strings = bytes.toString('utf8').split(SEPARATOR);
    this.unpacked[page] = strings;
    this.unpackedBytes += cost;
    return strings;
  }

  /** Second chance: the hand goes round and takes the first page that was not used since it last came by. */
  private evict(): void {
    for (;;) {
      const page = this.hand;
      this.hand = (page + 1) % this.unpacked.length;
      if (this.unpacked[page] !== null && this.isUsed[page] === 0) {
        this.unpacked[page] = null;
        const packedBytes = this.packed[page]?.length ?? (this.file as SpillFile).sizeOf(page - this.packed.length);
        this.unpackedBytes -= unpackedBytesOf(packedBytes);
        return;
      }
      this.isUsed[page] = 0;
    }
  }
}

/** A string takes about 32 bytes beside its characters, which take two bytes each where one is not Latin. */
const unpackedBytesOf = (packedBytes: number) => 2 * packedBytes + 32 * PAGE;

/** Pages one behind the other in a file that nobody else can open and that is gone with the process. */
class SpillFile {
  private readonly fd: number;
  /** Where each page ends. */
  private readonly ends: number[] = [];

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'strings-'));
    try {
      this.fd = openSync(join(folder, 'pages'), 'wx+', 0o600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  append(bytes: Buffer): void {
    const start = this.ends.at(-1) ?? 0;
    for (let done = 0; done < bytes.length;) done += writeSync(this.fd, bytes, done, bytes.length - done, start + done);
    this.ends.push(start + bytes.length);
  }

  read(page: number): Buffer {
    const start = this.ends[page - 1] ?? 0;
    const bytes = Buffer.allocUnsafe(this.sizeOf(page));
    for (let done = 0; done < bytes.length;) {
      const count = readSync(this.fd, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw new Error('the temporary file of strings was cut short');
      done += count;
    }
    return bytes;
  }

  sizeOf(page: number): number {
    return (this.ends[page] as number) - (this.ends[page - 1] ?? 0);
  }

  close(): void {
    closeSync(this.fd);
  }
}
