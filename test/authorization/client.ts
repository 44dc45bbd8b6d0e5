import { unzipSync } from './unzip-all.js';

export type Headers = Readonly<Record<string, string>>;

/** One request: a JSON body, or a form with one file. */
export interface Wish {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly form?: { readonly fields: Headers; readonly name: string; readonly content: string | Buffer<ArrayBuffer> };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Headers and body, a workbook unpacked: where marks are looked for. */
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly body: unknown;
}

/** Sends requests as any program would; an event stream is left as soon as it is open. */
export class Client {
  constructor(private readonly url: string) {}

  async send({ method, path, json, form }: Wish, headers: Headers = {}): Promise<Answer> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}${path}`, {
      method,
      signal: abort.signal,
      headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(form === undefined ? {} : { body: formOf(form) }),
    });
    const heads = Object.fromEntries(response.headers);
    if (heads['content-type']?.startsWith('text/event-stream') === true) {
      abort.abort();
      return { status: response.status, headers: heads, text: JSON.stringify(heads), body: undefined };
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const shown = bytes.subarray(0, 2).toString() === 'PK' ? unzipSync(bytes) : bytes.toString('utf8');
    const isJson = /[/+]json\b/.test(heads['content-type'] ?? '') && bytes.length > 0;
    return {
      ...{ status: response.status, headers: heads, text: `${JSON.stringify(heads)}\n${shown}` },
      body: isJson ? JSON.parse(bytes.toString('utf8')) : undefined,
    };
  }

  /** The body of an answer that must be given. */
  async must<Body = Record<string, unknown>>(wish: Wish, headers: Headers): Promise<Body> {
    const { status, text, body } = await this.send(wish, headers);
    if (status >= 300) throw new Error(`${wish.method} ${wish.path}: ${status} ${text}`);
    return body as Body;
  }
}

function formOf({ fields, name, content }: NonNullable<Wish['form']>): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([content]), name);
  return form;
}

/** What a request says, for marks that an answer may repeat. */
export const saidIn = ({ path, json, form }: Wish): string =>
  `${decodeURIComponent(path)} ${JSON.stringify(json ?? '')} ${(form?.content ?? '').toString()}`;
