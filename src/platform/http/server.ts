import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { traceOrigins } from '../origin/origin.js';
import { answerBrokenAddress, answerBrokenHttp } from './broken-requests.js';
import { refuseOtherMethods } from './routes.js';
import { parseStrictJson } from './strict-json.js';

const MIB = 2 ** 20;
const JSON_LIMIT = MIB;
/** What a form may hold beside its file: boundaries, part headers and a few short fields. */
const FORM_OVERHEAD = MIB;
const MAX_FIELDS = 10;
const MAX_FIELD_BYTES = 4096;

const SECOND = 1000;
/** The largest upload over a line of 10 Mbit/s takes half an hour; headers are never slow. */
const REQUEST_TIMEOUT = 40 * 60 * SECOND;
const HEADERS_TIMEOUT = 20 * SECOND;
const IDLE_TIMEOUT = 5 * 60 * SECOND;
const KEEP_ALIVE_TIMEOUT = 65 * SECOND;
/** Percent-encoded Chinese takes nine bytes a character; the longest key is 200 characters. */
const MAX_PARAM_BYTES = 2000;

export interface ServerLimits {
  /** Bytes of one uploaded file. */
  readonly maxUploadBytes: number;
  /** Addresses or networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

/** Fastify as this service uses it; every limit has its reason here. */
export async function createServer({ maxUploadBytes, trustedProxies }: ServerLimits): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: JSON_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    connectionTimeout: IDLE_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT },
    routerOptions: { maxParamLength: MAX_PARAM_BYTES },
    // While stopping, what arrives on an open connection is answered, and the connection closed with it.
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: ({ headers }: IncomingMessage) => givenRequestId(headers['x-request-id']) ?? randomUUID(),
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: answerBrokenAddress,
    multipart: {
      limits: {
        fileSize: maxUploadBytes,
        files: 1,
        fields: MAX_FIELDS,
        parts: MAX_FIELDS + 1,
        fieldSize: MAX_FIELD_BYTES,
        fieldNameSize: 100,
        headerPairs: 20,
      },
    },
  });
  const server = adapter.getInstance<FastifyInstance>();
  // Hooks run in this order: what is refused early has the headers all the same.
  await server.register(helmet, SECURITY_HEADERS);
  await server.register(cookie);
  traceOrigins(server);
  refuseEarly(server, maxUploadBytes + FORM_OVERHEAD);
  refuseOtherMethods(server);
  closeAfterUpgrade(server);
  takeStrictJson(server);
  leaveUnusedConnections(server);
  // Node answers an Expect that it does not know by a bare 417; it is a wish, and may be passed over (RFC 9110, 10.1.1).
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  return adapter;
}

const SELF = ["'self'"];
const NOBODY = ["'none'"];

/** The page of the API description has inline styles; nothing has inline scripts, and nothing comes from elsewhere. */
const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: SELF,
      styleSrc: [...SELF, "'unsafe-inline'"],
      imgSrc: [...SELF, 'data:'],
      fontSrc: [...SELF, 'data:'],
      objectSrc: NOBODY,
      baseUri: NOBODY,
      formAction: SELF,
      frameAncestors: NOBODY,
    },
  },
  xFrameOptions: { action: 'deny' },
  // The service itself speaks plain HTTP on the loopback; whether a name is HTTPS only is for what stands before it.
  strictTransportSecurity: false,
};

function refuseEarly(server: FastifyInstance, maxFormBytes: number): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // PostgreSQL has no NUL in texts; a percent-encoded one is the only way for it to get into a parameter.
    if (request.raw.url?.includes('%00')) return done(new AppError('malformed', 'invalid_character'));
    const isForm = request.headers['content-type']?.startsWith('multipart/') === true;
    if (isForm && Number(request.headers['content-length']) > maxFormBytes) {
      // Said before gigabytes are sent for nothing.
      reply.header('connection', 'close');
      return done(new AppError('too_large', 'file_too_large'));
    }
    done();
  });
}

/**
 * An upgrade is passed over (RFC 9110, 7.8). Node then says nothing of a broken request that follows on the connection, and
 * whoever sent it would wait for an answer.
 */
function closeAfterUpgrade(server: FastifyInstance): void {
  server.addHook('onRequest', ({ headers }, reply, done) => {
    if (headers.upgrade !== undefined) reply.header('connection', 'close');
    done();
  });
}

function takeStrictJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
      return done(new AppError('unsupported', 'unsupported_charset'));
    }
    try {
      done(null, parseStrictJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
}

/**
 * Browsers and HTTP clients connect ahead of need. To Node a connection that has sent no request yet is not idle, and a
 * server that stops would wait for it until its time is out.
 */
function leaveUnusedConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  server.server
    .on('connection', (socket) => {
      unused.add(socket);
      socket.once('close', () => unused.delete(socket));
    })
    .on('request', ({ socket }) => unused.delete(socket));
  server.addHook('preClose', (done) => {
    for (const socket of unused) socket.destroy();
    done();
  });
}

const givenRequestId = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : undefined;
