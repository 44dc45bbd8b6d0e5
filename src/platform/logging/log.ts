import { types } from 'node:util';
import { pino, type Logger } from 'pino';
import { readableLine } from './readable-line.js';

export type Log = Logger;

/** Token of the log. */
export const LOG = Symbol('LOG');

export interface LogOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type LogFormat = 'json' | 'readable';

/** LOG_FORMAT=json asks for JSON lines on a terminal too. */
export const logFormat = (env: NodeJS.ProcessEnv, output: LogOutput): LogFormat =>
  output.isTTY === true && env['LOG_FORMAT'] !== 'json' ? 'readable' : 'json';

/** A secret that ends up in a log line in spite of everything is not written. */
const SECRETS = ['password', 'accessToken', 'token', 'apiKey', 'authorization', 'ownerUrl', 'url'];

/** One line per event. Lines are written at once: a process that ends has said everything. */
export function createLog(level: string, format: LogFormat, output: LogOutput): Log {
  const stream = { write: (line: string) => void output.write(format === 'json' ? line : readableLine(line)) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '***' },
    },
    stream,
  );
}

/** Type, code, sentence and stack; not the rest: errors of queries carry the query's parameters. */
function describeError(error: unknown): object {
  if (!types.isNativeError(error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(types.isNativeError(error.cause) ? { cause: describeError(error.cause) } : {}),
  };
}
