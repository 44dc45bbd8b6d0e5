import { types } from 'node:util';
import { HttpException } from '@nestjs/common';
import { AppError, type Finding, type Trouble } from '../errors/app-error.js';
import { isStorageFull } from '../errors/storage-full.js';
import { isDatabaseGone } from '../database/database-gone.js';
import { sqlState } from '../database/unit-of-work.js';

/** What an error means to the caller. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

const STATUS_OF: Readonly<Record<Trouble, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  refused: 422,
  too_large: 413,
  unsupported: 415,
  throttled: 429,
  unavailable: 503,
};

/** Codes for bare statuses, as Nest and its guards throw them. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  409: 'conflict',
  413: 'body_too_large',
  414: 'url_too_long',
  415: 'unsupported_media_type',
  422: 'refused',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** What Fastify and its multipart plugin find wrong; their own statuses are not always ours. */
const FASTIFY: Readonly<Record<string, readonly [status: number, code: string]>> = {
  FST_ERR_BAD_URL: [400, 'invalid_url'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'url_too_long'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body_too_large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'unsupported_media_type'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'incomplete_body'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'unsupported_media_type'],
  FST_REQ_FILE_TOO_LARGE: [413, 'file_too_large'],
  FST_PARTS_LIMIT: [413, 'too_many_parts'],
  FST_FILES_LIMIT: [413, 'too_many_parts'],
  FST_FIELDS_LIMIT: [413, 'too_many_parts'],
  FST_PROTO_VIOLATION: [400, 'forbidden_property'],
  FST_INVALID_JSON_FIELD_ERROR: [400, 'malformed_multipart'],
  FST_MP_PREMATURE_CLOSE: [400, 'incomplete_body'],
  // The caller went away in the middle: nobody reads the answer, and it is no fault of ours.
  ERR_STREAM_PREMATURE_CLOSE: [400, 'incomplete_body'],
};

/** busboy throws bare errors for what a caller sent. */
const MULTIPART_MESSAGES = /^(Multipart: Boundary not found|Unexpected end of multipart data|Part terminated early)/;

/** Undone for the sake of others, or waited for them in vain (lock_timeout). */
const UNDONE_FOR_OTHERS = new Set(['40001', '40P01', '55P03']);
/** statement_timeout. */
const TOOK_TOO_LONG = '57014';

// `instanceof` knows only the errors of one realm, and tests run in another than Node's own modules.
const { isNativeError } = types;

/** Null for what is our own fault. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof AppError) {
    const { trouble, code, params, findings } = error;
    return { status: STATUS_OF[trouble], code, params, findings };
  }
  const fastify = FASTIFY[codeOf(error) ?? ''] ?? (isNativeError(error) ? FASTIFY[codeOf(error.cause) ?? ''] : null);
  if (fastify) return bare(...fastify);
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const code = CODE_OF_STATUS[status];
    return code === undefined ? null : bare(status, code);
  }
  if (!isNativeError(error)) return null;
  if (error.message === 'aborted' && codeOf(error) === 'ECONNRESET') return bare(400, 'incomplete_body');
  if (MULTIPART_MESSAGES.test(error.message)) return bare(400, 'malformed_multipart');
  const state = sqlState(error) ?? '';
  if (UNDONE_FOR_OTHERS.has(state)) return bare(503, 'busy');
  if (state === TOOK_TOO_LONG) return bare(503, 'took_too_long');
  if (isStorageFull(error)) return bare(503, 'storage_full');
  if (isDatabaseGone(error)) return bare(503, 'database_unavailable');
  return null;
}

const bare = (status: number, code: string): Failure => ({ status, code, params: {}, findings: [] });

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : null;
}
