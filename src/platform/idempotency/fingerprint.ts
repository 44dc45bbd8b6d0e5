import { createHash, type Hash } from 'node:crypto';
import { pipeline, Transform, type TransformCallback } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

type FileStream = MultipartFile['file'];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Equal for settings that show the same rows. */
export const sightPrint = (settings: Readonly<Record<string, string>>): string =>
  sha256(JSON.stringify(Object.entries(settings).sort()));

/** Of method and address alone. */
export const addressPrint = ({ method, url }: FastifyRequest): string => sha256(JSON.stringify([method, url]));

/** Of method, address and a JSON body, as the handler gets it: spaces make no other request. */
export const jsonPrint = ({ method, url, body }: FastifyRequest): string =>
  sha256(JSON.stringify([method, url, 'json', body]));

/**
 * A form that is read part by part, by whoever reads it. What makes it the same form again are its fields and the name
 * and bytes of its file; not the boundary, nor the order of fields of different names.
 */
export class FormReading {
  private readonly parts: (readonly [name: string, fileName: string | null, hash: string])[] = [];
  private isRead = false;

  /** Everything that `request.parts()` yields from here on is noted on its way. */
  constructor(private readonly request: FastifyRequest) {
    const parts = request.parts.bind(request);
    request.parts = (options) => this.noted(parts(options));
  }

  /** Reads what nobody else reads. @throws what reading a form throws */
  async readThrough(): Promise<void> {
    for await (const part of this.request.parts()) {
      if (part.type === 'file') await finished(part.file.resume());
    }
  }

  /** Null until the form was read to its end. */
  get print(): string | null {
    if (!this.isRead) return null;
    const parts = [...this.parts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return sha256(JSON.stringify([this.request.method, this.request.url, 'form', parts]));
  }

  private async *noted(parts: AsyncIterableIterator<Multipart>): AsyncIterableIterator<Multipart> {
    for await (const part of parts) {
      if (part.type === 'field') {
        this.parts.push([part.fieldname, null, sha256(JSON.stringify(part.value))]);
        yield part;
      } else {
        const hash = createHash('sha256');
        part.file = new HashedFile(part.file, hash);
        yield part;
        // Whoever comes for the next part has read this one.
        this.parts.push([part.fieldname, part.filename, hash.digest('hex')]);
      }
    }
    this.isRead = true;
  }
}

/** A file on its way to whoever reads it. */
class HashedFile extends Transform implements FileStream {
  constructor(
    private readonly source: FileStream,
    private readonly hash: Hash,
  ) {
    super();
    // A failure of the source comes out of this stream, too.
    pipeline(source, this, () => undefined);
  }

  get truncated(): boolean {
    return this.source.truncated;
  }

  get bytesRead(): number {
    return this.source.bytesRead;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    done(null, chunk);
  }
}
