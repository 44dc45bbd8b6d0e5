import { applyDecorators, type INestApplication } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, DocumentBuilder, getSchemaPath, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeKeys } from '../idempotency/describe-keys.js';
import { STATUS_TITLES } from './http-sentences.js';
import { PROBLEM_MEDIA_TYPE, Problem, ProblemError } from './problem.js';

const DOCS_PATH = 'api/docs';
const DOCUMENT_PATH = 'api/openapi.json';

/**
 * Codes of problems that any address can answer, by status, before it is known what it is for: it is not said again at
 * each operation. `x-any-address` of the document.
 */
const ANY_ADDRESS: Readonly<Record<number, readonly string[]>> = {
  400: [
    ...['malformed_http', 'invalid_url', 'invalid_character', 'incomplete_body', 'malformed_json', 'invalid_encoding'],
    ...[
      'too_deep',
      'too_many_properties',
      'duplicate_property',
      'forbidden_property',
      'inexact_number',
      'malformed_multipart',
    ],
  ],
  404: ['route_not_found'],
  405: ['method_not_allowed'],
  408: ['request_timeout'],
  413: ['body_too_large', 'file_too_large', 'too_many_parts'],
  414: ['url_too_long'],
  415: ['unsupported_media_type', 'unsupported_charset'],
  431: ['headers_too_large'],
};

const PROBLEM_CONTENT = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } };

/**
 * The problems of an operation beside those that every operation of its shape has (see `defaultStatuses`), by status:
 * `@ApiProblems({ 409: ['mine_exists'] })`.
 */
export function ApiProblems(codesOfStatus: Readonly<Record<number, readonly string[]>>): MethodDecorator {
  const responses = Object.entries(codesOfStatus).map(([status, codes]) =>
    ApiResponse({ status: Number(status), description: codes.join(', '), content: PROBLEM_CONTENT }),
  );
  return applyDecorators(ApiExtraModels(Problem, ProblemError), ...responses);
}

/**
 * The description of all operations.
 * @throws Error for an operation without a tag, and for two of one name
 */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('六大协同成本模型 / Six synergies')
    .setDescription(
      '金额、单价、数量、费率均为十进制字符串。错误为 application/problem+json。\n\n' +
        'Money, prices, quantities and rates are decimal strings. Errors are application/problem+json.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addApiKey({ type: 'apiKey', name: 'X-Api-Key', in: 'header' }, 'apiKey')
    .addExtension('x-any-address', ANY_ADDRESS);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_, method) => method,
    extraModels: [Problem, ProblemError],
  });
  nameOperations(document);
  describeKeys(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of operationsOf(item)) {
      operation.parameters = tidyParameters(operation.parameters ?? []);
      addProblems(path, operation);
    }
  }
  return document;
}

/** Serves the document and a page that shows it, from this machine alone. Both are made when first asked for. */
export function serveApiDocs(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: DOCUMENT_PATH,
    raw: ['json'],
    customSiteTitle: '六大协同成本模型 API',
    swaggerOptions: { validatorUrl: null },
  });
}

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

const operationsOf = (item: PathItem): Operation[] => METHODS.flatMap((method) => item[method] ?? []);

/** A name is the handler's and the tag's: `listMines`. Generated clients call their functions so. */
function nameOperations(document: OpenAPIObject): void {
  const names = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of operationsOf(item)) {
      const [tag] = operation.tags ?? [];
      if (tag === undefined) throw new Error(`an operation of ${path} has no tag`);
      const name = `${operation.operationId ?? ''}${tag.replace(/(^|[^A-Za-z0-9]+)(\w)/g, (_, __, first: string) => first.toUpperCase())}`;
      if (names.has(name)) throw new Error(`two operations are named ${name}, one of them at ${path}`);
      names.add(name);
      operation.operationId = name;
    }
  }
}

const isMine = (parameter: Parameters[number]): boolean => 'name' in parameter && parameter.name === 'X-Mine';

type Parameters = NonNullable<Operation['parameters']>;

/** A header that both a class and its handler take is one; and those that HTTP itself defines are nobody's duty. */
function tidyParameters(parameters: Parameters): Parameters {
  const byPlace = new Map<string, Parameters[number]>();
  for (const parameter of parameters) {
    if ('$ref' in parameter) throw new Error('parameters are not shared');
    const isHttps = parameter.in === 'header' && !parameter.name.startsWith('X-');
    byPlace.set(`${parameter.in} ${parameter.name}`, isHttps ? { ...parameter, required: false } : parameter);
  }
  return [...byPlace.values()];
}

function addProblems(path: string, operation: Operation): void {
  for (const status of defaultStatuses(path, operation)) {
    operation.responses[status] ??= { description: STATUS_TITLES[status]!.en, content: PROBLEM_CONTENT };
  }
}

/** What can happen to any operation of this shape, whatever it is for. */
function defaultStatuses(path: string, { parameters, requestBody, security }: Operation): number[] {
  return [
    ...(requestBody !== undefined || (parameters ?? []).length > 0 ? [400] : []),
    ...((security ?? []).length > 0 ? [401, 403] : []),
    // Nothing of that name, or no mine of that code.
    ...(path.includes('{') || (parameters ?? []).some(isMine) ? [404] : []),
    ...(requestBody !== undefined ? [413, 415] : []),
    ...(path.startsWith('/api/') ? [429] : []),
    500,
    503,
  ];
}
