import type { ValidateFunction } from 'ajv';
import { errorsText, type Description, type Operation } from './document.js';
import type { Drawn } from './requests.js';
import type { Answer, NoAnswer } from './wire.js';

const PROBLEM = 'application/problem+json';

/** What no answer may hold, unless the request said it: our stack, our queries, our folders. */
const LEAKS: readonly RegExp[] = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules|\w\.(js|ts):\d+/,
  /QueryFailedError|TypeError|syntax error at or near|duplicate key value|invalid input syntax|out of range for type/i,
  /violates (unique|foreign|check|not-null|row-level)|SQLSTATE|pg_catalog|relation "|\bSELECT .+ FROM\b/i,
  /root:x:0/,
  /\[object Object\]|\bundefined\b/,
];

/** Judges answers by what the description promises. */
export class Judge {
  private readonly problem: ValidateFunction;

  constructor(
    private readonly description: Description,
    /** Folders whose names nobody outside may learn. */
    private readonly folders: readonly string[],
  ) {
    const [any] = description.operations;
    this.problem = any!.responses['500']![PROBLEM]!;
  }

  /** Everything wrong with an answer; empty where nothing is. */
  complaints(drawn: Drawn, answer: Answer | NoAnswer): string[] {
    if (answer === 'silent') return ['no answer in time'];
    if (answer === 'closed') return drawn.as === 'cut' ? [] : ['the connection was closed without an answer'];
    const operation = this.description.at(drawn.method, drawn.target);
    const text = answer.body.toString('utf8');
    return [
      ...(answer.status >= 500 ? [`status ${answer.status} ${codeIn(text)}`] : []),
      ...(answer.status >= 400 ? this.problemComplaints(drawn, answer, text) : []),
      ...this.statusComplaints(operation, answer, text),
      ...(drawn.method === 'HEAD' || operation === undefined ? [] : bodyComplaints(operation, answer, text)),
      ...this.leaks(drawn, answer, text),
    ];
  }

  private statusComplaints(operation: Operation | undefined, { status }: Answer, text: string): string[] {
    const anywhere = this.description.document['x-any-address'][status] ?? [];
    if (operation?.responses[status] !== undefined || anywhere.includes(codeIn(text))) return [];
    return text === '' && anywhere.length > 0 ? [] : [`status ${status} ${codeIn(text)} is not declared`];
  }

  private problemComplaints({ method }: Drawn, { status, headers }: Answer, text: string): string[] {
    const type = typeOf(headers);
    if (type !== PROBLEM) return [`status ${status} is answered as ${type}`];
    if (method === 'HEAD') return [];
    const body = parsed(text);
    if (!this.problem(body)) return [`no problem: ${errorsText(this.problem.errors)}`];
    const problem = body as { status: number; code: string; title: string; detail: string; requestId: string };
    return [
      ...(problem.status === status ? [] : [`says status ${problem.status} in ${status}`]),
      ...(/^[a-z][a-z0-9_]*$/.test(problem.code) ? [] : [`the code ${problem.code}`]),
      // So ends what no sentence was written for.
      ...(problem.detail.includes(`(${problem.code})`) ? [`no sentence for ${problem.code}`] : []),
      ...((headers['x-request-id'] ?? problem.requestId) === problem.requestId ? [] : ['two request ids']),
    ];
  }

  private leaks({ target, headers, body }: Drawn, answer: Answer, text: string): string[] {
    if (!/json|html/.test(answer.headers['content-type'] ?? '')) return [];
    const said = `${decoded(target)} ${JSON.stringify(headers)} ${body?.toString('utf8') ?? ''}`;
    const found = LEAKS.map((pattern) => pattern.exec(text)?.[0]).filter((leak) => leak !== undefined);
    const paths = this.folders.filter((folder) => text.includes(folder));
    return [...found, ...paths].filter((leak) => !said.includes(leak)).map((leak) => `tells of ${leak}`);
  }
}

function bodyComplaints({ responses }: Operation, { status, headers }: Answer, text: string): string[] {
  const media = responses[status];
  if (media === undefined || status >= 400) return [];
  const types = Object.keys(media);
  const type = typeOf(headers);
  if (types.length === 0) return text === '' ? [] : [`a body where none is declared: ${text.slice(0, 80)}`];
  if (type === undefined || !types.includes(type)) return [`status ${status} is answered as ${type}`];
  const validate = media[type];
  if (validate == null) return [];
  return validate(parsed(text)) ? [] : [`outside its schema: ${errorsText(validate.errors)}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const typeOf = (headers: Answer['headers']): string | undefined => headers['content-type']?.split(';')[0];

const codeIn = (text: string): string => /"code":"(\w+)"/.exec(text)?.[1] ?? '';
