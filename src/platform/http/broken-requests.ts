import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { failureOf } from './failure.js';
import { HTTP_SENTENCES, STATUS_TITLES } from './http-sentences.js';
import { LANGUAGE_TAGS, languageOf, type Language } from './language.js';
import { sendProblem } from './problem.filter.js';
import { PROBLEM_MEDIA_TYPE, type Problem } from './problem.js';

const BROKEN_HTTP: Readonly<Record<string, readonly [status: number, code: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_timeout'],
};

/** What is no HTTP has no headers to take a language from, and no reply to answer it with. */
export function answerBrokenHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] = BROKEN_HTTP[error.code ?? ''] ?? [400, 'malformed_http'];
  const body = JSON.stringify(problemOf(status, code, 'zh', randomUUID()));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_TITLES[status]!.en}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Language: ${LANGUAGE_TAGS.zh}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** An address that the router cannot read reaches neither hooks nor the filter. */
export function answerBrokenAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code } = failureOf(error) ?? { status: 400, code: 'invalid_url' };
  const language = languageOf(request.headers['accept-language']);
  reply.header('x-content-type-options', 'nosniff');
  void sendProblem(reply, problemOf(status, code, language, request.id), language);
}

const problemOf = (status: number, code: string, language: Language, requestId: string): Problem => ({
  type: 'about:blank',
  title: STATUS_TITLES[status]![language],
  status,
  code,
  detail: HTTP_SENTENCES[code]![language],
  requestId,
});
