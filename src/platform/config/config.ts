import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { fileLimits, loadLimits, type FileLimits, type LoadLimits } from './limits.js';
import { invalid, networks, origins, text, wholeNumber } from './read-env.js';
import { StartError } from './start-error.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  /** NODE_ENV=production: real books. What is for trying out is refused. */
  readonly isProduction: boolean;
  /** Absolute. Holds the embedded database, the uploaded files and nothing else. */
  readonly dataDir: string;
  readonly filesDir: string;
  /** URL of a role that owns the schema; undefined means the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** URL of the role that serves requests, neither owner nor superuser; only beside `databaseUrl`. */
  readonly appDatabaseUrl: string | undefined;
  /** The address that is listened on. The service speaks plain HTTP: beyond this machine, put HTTPS before it. */
  readonly host: string;
  /** Proxies before it (addresses or networks), whose word on who asks is believed; failed sign-ins count by address. */
  readonly trustedProxies: readonly string[];
  /** Pages from elsewhere that browsers let call this service; none: only its own. */
  readonly corsOrigins: readonly string[];
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly maxUploadBytes: number;
  readonly fileLimits: FileLimits;
  readonly loadLimits: LoadLimits;
  readonly inbox: InboxConfig;
  /** Signs access tokens, 32 bytes or more; undefined: the one in the data folder. */
  readonly tokenKey: Uint8Array | undefined;
  /** Single sign-on; undefined: there is none. */
  readonly oidc: OidcConfig | undefined;
  readonly logLevel: LogLevel;
}

/** A folder whose files are taken in unattended. */
export interface InboxConfig {
  /** Absolute; undefined: there is none. */
  readonly dir: string | undefined;
  /** Whose files they are; undefined: those of the only mine. */
  readonly mine: string | undefined;
  /** How often the folder is looked at. */
  readonly scanMs: number;
}

/** A client of an OpenID provider. URLs are HTTPS, or HTTP on the loopback. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back: the address of the callback as browsers see it. */
  readonly redirectUrl: string;
}

const DEFAULT_PORT = 3000;
const DEFAULT_MAX_UPLOAD_BYTES = 2 ** 31 - 1;

/**
 * Reads the settings of one process; pure, touches no disk.
 * @throws StartError `config_invalid` naming the variable; the value itself is shown only where it cannot be a secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv, cwd: string): Config {
  const dataDir = resolve(cwd, text(env, 'DATA_DIR') ?? '.data');
  const databaseUrl = postgresUrl(env, 'DATABASE_URL');
  const appDatabaseUrl = postgresUrl(env, 'APP_DATABASE_URL');
  if (appDatabaseUrl !== undefined && databaseUrl === undefined) {
    // Ignoring it would quietly start an empty embedded database beside the real one.
    throw invalid('APP_DATABASE_URL', '只能与 DATABASE_URL 一起设置', 'may only be set together with DATABASE_URL');
  }
  const isProduction = text(env, 'NODE_ENV') === 'production';
  if (isProduction) refuseKnownPasswords({ DATABASE_URL: databaseUrl, APP_DATABASE_URL: appDatabaseUrl });
  return {
    isProduction,
    dataDir,
    filesDir: join(dataDir, 'files'),
    databaseUrl,
    appDatabaseUrl,
    host: host(env),
    trustedProxies: networks(env, 'TRUSTED_PROXIES'),
    corsOrigins: origins(env, 'CORS_ORIGINS'),
    port: wholeNumber(env, 'PORT', DEFAULT_PORT, 0, 65_535),
    maxUploadBytes: wholeNumber(env, 'MAX_UPLOAD_BYTES', DEFAULT_MAX_UPLOAD_BYTES, 1, Number.MAX_SAFE_INTEGER),
    fileLimits: fileLimits(env),
    loadLimits: loadLimits(env),
    inbox: {
      dir: absolutePath(env, 'INBOX_DIR'),
      mine: text(env, 'INBOX_MINE'),
      scanMs: wholeNumber(env, 'INBOX_SCAN_MS', 2_000, 100, 3_600_000),
    },
    tokenKey: tokenKey(env),
    oidc: oidc(env),
    logLevel: logLevel(env),
  };
}

function host(env: NodeJS.ProcessEnv): string {
  const value = text(env, 'HOST') ?? '127.0.0.1';
  if (isIP(value) === 0) {
    const shown = JSON.stringify(value);
    throw invalid('HOST', `应为 IP 地址，现为 ${shown}`, `must be an IP address, but is ${shown}`);
  }
  return value;
}

/** A service is started in folders that nobody thinks of, so a relative path would be a surprise. */
function absolutePath(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = text(env, name);
  if (value !== undefined && !isAbsolute(value)) throw invalid(name, '应为绝对路径', 'must be an absolute path');
  return value;
}

function postgresUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  // The value may hold a password, so the sentence never repeats it.
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw invalid(
      name,
      '应形如 postgres://用户:口令@主机:端口/库',
      'must look like postgres://user:password@host:port/db',
    );
  }
  return value;
}

/** Of images, templates and manuals. */
const KNOWN_PASSWORDS = new Set(['postgres', 'password', 'passw0rd', 'admin', 'secret', 'changeme', 'root', 'test']);

/** @throws StartError `known_password` */
function refuseKnownPasswords(urls: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(urls)) {
    if (value === undefined) continue;
    const { username, password: inHead, searchParams } = new URL(value);
    const password = decodeURIComponent(inHead) || (searchParams.get('password') ?? '');
    const isKnown = KNOWN_PASSWORDS.has(password.toLowerCase()) || (password !== '' && password === username);
    if (!isKnown) continue;
    throw new StartError(
      'known_password',
      `${name} 中的口令是众所周知的默认值：正式运行（NODE_ENV=production）请换一个。`,
      `The password in ${name} is one that everybody knows: choose another one for production (NODE_ENV=production).`,
    );
  }
}

const MIN_TOKEN_KEY_BYTES = 32;
/** 32 random bytes hold fewer different ones less than once in 10^15 times; a key that was typed or copied may. */
const MIN_DIFFERENT_BYTES = 16;

function tokenKey(env: NodeJS.ProcessEnv): Uint8Array | undefined {
  const value = text(env, 'TOKEN_KEY');
  if (value === undefined) return undefined;
  const key = /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (key.length < MIN_TOKEN_KEY_BYTES || new Set(key).size < MIN_DIFFERENT_BYTES) {
    throw invalid(
      'TOKEN_KEY',
      `应为 ${MIN_TOKEN_KEY_BYTES} 个以上随机字节的 base64（如 openssl rand -base64 32）`,
      `must be the base64 of ${MIN_TOKEN_KEY_BYTES} or more random bytes (such as openssl rand -base64 32)`,
    );
  }
  return key;
}

const OIDC_NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_REDIRECT_URL'] as const;

function oidc(env: NodeJS.ProcessEnv): OidcConfig | undefined {
  const [issuer, clientId, clientSecret, redirectUrl] = OIDC_NAMES.map((name) => text(env, name));
  if ([issuer, clientId, clientSecret, redirectUrl].every((value) => value === undefined)) return undefined;
  const missing = OIDC_NAMES.find((name) => text(env, name) === undefined);
  if (missing !== undefined) {
    throw invalid(
      missing,
      `未设置；单点登录须同时设置 ${OIDC_NAMES.join('、')}`,
      `is not set; single sign-on needs all of ${OIDC_NAMES.join(', ')}`,
    );
  }
  for (const name of ['OIDC_ISSUER', 'OIDC_REDIRECT_URL'] as const) {
    if (!isSecureUrl(text(env, name)!)) {
      throw invalid(name, '应为 https 地址（仅本机可用 http）', 'must be an https address (http on the loopback only)');
    }
  }
  return { issuer: issuer!, clientId: clientId!, clientSecret: clientSecret!, redirectUrl: redirectUrl! };
}

function isSecureUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

function logLevel(env: NodeJS.ProcessEnv): LogLevel {
  const value = text(env, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === value);
  if (level === undefined) {
    throw invalid('LOG_LEVEL', `应为 ${LOG_LEVELS.join('、')} 之一`, `must be one of ${LOG_LEVELS.join(', ')}`);
  }
  return level;
}
