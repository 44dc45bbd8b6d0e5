import { applyDecorators, type INestApplication } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, DocumentBuilder, getSchemaPath, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_TITLES } from './http-sentences.js';
import { PROBLEM_MEDIA_TYPE, Problem, ProblemError } from './problem.js';

const DOCS_PATH = 'api/docs';
const DOCUMENT_PATH = 'api/openapi.json';

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
    .addApiKey({ type: 'apiKey', name: 'X-Api-Key', in: 'header' }, 'apiKey');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_, method) => method,
    extraModels: [Problem, ProblemError],
  });
  nameOperations(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of operationsOf(item)) addProblems(path, operation);
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
    ...(path.includes('{') ? [404] : []),
    ...(requestBody !== undefined ? [413, 415] : []),
    ...(path.startsWith('/api/') ? [429] : []),
    500,
    503,
  ];
}
