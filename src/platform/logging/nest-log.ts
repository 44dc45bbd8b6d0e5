import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** What Nest tells about its own start is of interest to nobody but its developers. */
const CHATTY = /^(Nest|Instance|Routes|Router|TypeOrm|WebSockets)/;

/** Errors that these log they throw as well, and who catches them says it better. */
const RETHROWN = new Set(['NestApplication', 'ExceptionHandler']);

/** Hands pino to Nest as its logger: `new Logger('Name').log(...)` ends up here with the name last. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.write(context !== undefined && CHATTY.test(context) ? 'debug' : 'info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write(RETHROWN.has(contextOf(rest) ?? '') ? 'debug' : 'error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = contextOf(rest);
    const from = context === undefined ? {} : { from: context };
    if (types.isNativeError(message)) this.sink[level]({ ...from, err: message }, message.message);
    else if (typeof message === 'string') this.sink[level](from, message);
    else this.sink[level]({ ...from, ...(message as object) });
  }
}

function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}
