import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, Problem } from '../http/problem.js';
import { KEY_USE_EXTENSION, type KeyUse } from './key-use.js';

const METHODS = ['put', 'post', 'delete', 'patch'] as const;

const HEADER = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  schema: { type: 'string' as const, minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
};

const DONE_ONCE = '同一个键的请求只办一次，重发的应答与第一次相同（Idempotency-Replayed: true），保留 35 天';
const DESCRIPTIONS: Readonly<Record<Exclude<KeyUse, 'ignored'> | 'usual', string>> = {
  usual: DONE_ONCE,
  no_answer: '同一个键的请求只办一次；应答含只显示一次的内容，不留存：重发答 409 answer_not_kept',
  no_trace: '同一个键的请求只办一次；内容和应答都不留存：办成后重发答 409 answer_not_kept，不比较内容',
};

const CODES = {
  400: ['idempotency_key_malformed'],
  409: ['request_in_flight', 'outcome_unknown', 'answer_not_kept'],
  422: ['idempotency_key_reused'],
} as const;

const PROBLEM_CONTENT = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } };

/** Says of every operation that writes that it takes a key, and what may be answered for its sake. */
export function describeKeys({ paths }: OpenAPIObject): void {
  for (const item of Object.values(paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const use = (operation as { [KEY_USE_EXTENSION]?: KeyUse } | undefined)?.[KEY_USE_EXTENSION];
      if (operation === undefined || use === 'ignored') continue;
      operation.parameters = [
        ...(operation.parameters ?? []),
        { ...HEADER, description: DESCRIPTIONS[use ?? 'usual'] },
      ];
      for (const [status, codes] of Object.entries(CODES)) {
        const known = operation.responses[status];
        const said = known !== undefined && 'description' in known ? [known.description] : [];
        operation.responses[status] = { description: [...said, ...codes].join(', '), content: PROBLEM_CONTENT };
      }
    }
  }
}
