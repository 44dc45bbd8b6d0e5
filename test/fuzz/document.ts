import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** A schema of OpenAPI 3.0, as far as ours uses them. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface DescribedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  /** What any address can answer, whatever it is for: codes of problems by status. */
  readonly 'x-any-address': Readonly<Record<string, readonly string[]>>;
}

/** What checks a body of one media type; null where there is nothing to check but the type. */
type Media = Readonly<Record<string, ValidateFunction | null>>;

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The media type that it takes, and its schema; null for no body. */
  readonly body: { readonly media: string; readonly schema: Schema } | null;
  /** By status; an answer without a body has no media. */
  readonly responses: Readonly<Record<string, Media>>;
}

/** What the description promises, in a form that requests can be made from and answers judged by. */
export class Description {
  readonly operations: readonly Operation[];
  private readonly ajv = addFormats.default(new Ajv({ strict: true, strictTypes: false, allErrors: false }));
  private readonly patterns: readonly (readonly [RegExp, Operation])[];

  constructor(readonly document: OpenApi) {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      this.ajv.addSchema(strict(schema), `#/components/schemas/${name}`);
    }
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, described]) => this.operation(method.toUpperCase(), path, described)),
    );
    // Literal segments go before parameters, as in the router: /records/submit is no record.
    this.patterns = [...this.operations]
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)
      .map((operation) => [patternOf(operation.path), operation]);
  }

  /** The operation that an address belongs to; HEAD is answered where GET is. */
  at(method: string, target: string): Operation | undefined {
    const path = asRouted(target.split('?')[0]!);
    const wanted = method === 'HEAD' ? 'GET' : method;
    return this.patterns.find(([pattern, operation]) => operation.method === wanted && pattern.test(path))?.[1];
  }

  /** The schema itself, a reference followed. */
  resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : this.document.components.schemas[name]!;
  }

  private operation(method: string, path: string, described: DescribedOperation): Operation {
    const [[media, { schema }] = ['', { schema: {} }]] = Object.entries(described.requestBody?.content ?? {});
    return {
      ...{ id: described.operationId, method, path, parameters: described.parameters ?? [] },
      body: described.requestBody === undefined ? null : { media, schema },
      responses: Object.fromEntries(
        Object.entries(described.responses).map(([status, { content = {} }]) => [status, this.media(content)]),
      ),
    };
  }

  private media(content: Content): Media {
    return Object.fromEntries(
      Object.entries(content).map(([type, { schema }]) => [
        type,
        /^application\/([\w.-]+\+)?json$/.test(type) ? this.ajv.compile(strict(schema)) : null,
      ]),
    );
  }
}

/** The router compares what stands for a path, signs that need no encoding decoded: `%2e` is a point. */
function asRouted(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

export const errorsText = (errors: readonly ErrorObject[] | null | undefined): string =>
  (errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('; ');

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path.replace(/\{\w+\}|[.+?^$()|[\]\\]/g, (part) => (part.startsWith('{') ? '[^/]+' : `\\${part}`))}/?$`,
  );

/** Words that describe and do not decide. */
const ANNOTATIONS = new Set(['description', 'example', 'title', 'default', 'nullable']);

/** As JSON Schema, and with no property but those that it names: what is answered is a whitelist. */
function strict(schema: Schema): object {
  const kept = Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
  const inner: Record<string, unknown> = Object.fromEntries(kept);
  if (schema.properties !== undefined) {
    inner['properties'] = mapped(schema.properties);
    inner['additionalProperties'] = false;
  }
  if (typeof schema.additionalProperties === 'object') {
    inner['additionalProperties'] = strict(schema.additionalProperties);
  }
  if (schema.items !== undefined) inner['items'] = strict(schema.items);
  if (schema.allOf !== undefined) inner['allOf'] = schema.allOf.map(strict);
  return schema.nullable === true ? { anyOf: [{ type: 'null' }, inner] } : inner;
}

const mapped = (properties: Readonly<Record<string, Schema>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, strict(schema)]));
