import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/platform/config/config.js';
import { StartError } from '../../src/platform/config/start-error.js';

const refusal = (env: NodeJS.ProcessEnv): StartError => {
  try {
    loadConfig(env, '/mine');
  } catch (error) {
    if (error instanceof StartError) return error;
  }
  throw new Error('was not refused');
};

describe('the settings of a process', () => {
  it('have a value where nothing is said; an empty variable says nothing', () => {
    const presets = {
      isProduction: false,
      dataDir: '/mine/.data',
      filesDir: '/mine/.data/files',
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
      host: '127.0.0.1',
      trustedProxies: [],
      corsOrigins: [],
      port: 3000,
      maxUploadBytes: 2_147_483_647,
      fileLimits: expect.objectContaining({ maxRows: 2_000_000, maxInflatedBytes: 4_294_967_296 }),
      loadLimits: {
        ...{
          requestsPerSecond: 100,
          requestBurst: 300,
          requestsAtOnce: 1_000,
          transfersAtOnce: 64,
          transfersPerMine: 32,
        },
        ...{ questionsAtOnce: 4, questionsPerCaller: 1, answerRows: 20_000, queueLagSeconds: 900 },
      },
      inbox: { dir: undefined, mine: undefined, scanMs: 2_000 },
      tokenKey: undefined,
      oidc: undefined,
      logLevel: 'info',
    };
    expect(loadConfig({}, '/mine')).toEqual(presets);
    expect(loadConfig({ DATA_DIR: '', PORT: ' ', DATABASE_URL: '', LOG_LEVEL: '' }, '/mine')).toEqual(presets);
  });

  it('are taken from the environment', () => {
    const env = {
      DATA_DIR: 'books',
      DATABASE_URL: 'postgres://owner:p@db/mine',
      APP_DATABASE_URL: 'postgresql://app:p@db/mine',
      PORT: '0',
      HOST: '0.0.0.0',
      TRUSTED_PROXIES: '127.0.0.1, 10.1.0.0/16',
      CORS_ORIGINS: 'https://caiwu.example, http://10.1.2.3:8080',
      NODE_ENV: 'production',
      RATE_PER_SECOND: '7',
      MAX_UPLOAD_BYTES: '1048576',
      INBOX_DIR: '/srv/收件箱',
      INBOX_MINE: 'chaili',
      INBOX_SCAN_MS: '500',
      LOG_LEVEL: 'debug',
    };
    expect(loadConfig(env, '/mine')).toEqual({
      isProduction: true,
      dataDir: '/mine/books',
      filesDir: '/mine/books/files',
      databaseUrl: env.DATABASE_URL,
      appDatabaseUrl: env.APP_DATABASE_URL,
      host: '0.0.0.0',
      trustedProxies: ['127.0.0.1', '10.1.0.0/16'],
      corsOrigins: ['https://caiwu.example', 'http://10.1.2.3:8080'],
      port: 0,
      maxUploadBytes: 1_048_576,
      fileLimits: expect.any(Object),
      loadLimits: expect.objectContaining({ requestsPerSecond: 7, requestBurst: 300 }),
      inbox: { dir: '/srv/收件箱', mine: 'chaili', scanMs: 500 },
      tokenKey: undefined,
      oidc: undefined,
      logLevel: 'debug',
    });
    expect(loadConfig({ DATA_DIR: '/srv/books', PORT: '65535' }, '/mine')).toMatchObject({
      dataDir: '/srv/books',
      port: 65_535,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PORT', '８０'],
    ['HOST', 'localhost'],
    ['TRUSTED_PROXIES', '127.0.0.1,proxy'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://caiwu.example/'],
    ['CORS_ORIGINS', 'caiwu.example'],
    ['RATE_PER_SECOND', '0'],
    ['MAX_UPLOAD_BYTES', '0'],
    ['MAX_UPLOAD_BYTES', '2GB'],
    ['MAX_UPLOAD_BYTES', '9007199254740992'],
    ['INBOX_DIR', 'inbox'],
    ['INBOX_SCAN_MS', '0'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'localhost/mine'],
    ['DATABASE_URL', 'mysql://owner:p@db/mine'],
    ['APP_DATABASE_URL', 'postgres://app:p@db/mine'],
  ])('refuse %s=%s', (name, value) => {
    const { code, zh, en } = refusal({ [name]: value });
    expect(code).toBe('config_invalid');
    expect(zh).toMatch(new RegExp(`^环境变量 ${name} .*。$`));
    expect(en).toMatch(new RegExp(`^Environment variable ${name} .*\\.$`));
  });

  it.each([
    ['DATABASE_URL', 'postgres://postgres:postgres@db/mine'],
    ['DATABASE_URL', 'postgres://owner:Password@db/mine'],
    ['DATABASE_URL', 'postgres://owner@db/mine?password=changeme'],
    ['APP_DATABASE_URL', 'postgres://app:app@db/mine'],
  ])('in production refuse a password that everybody knows: %s=%s', (name, value) => {
    const env = { DATABASE_URL: 'postgres://owner:p@db/mine', [name]: value };
    const { code, message } = refusal({ ...env, NODE_ENV: 'production' });
    expect([code, message]).toEqual(['known_password', expect.stringContaining(name)]);
    expect(loadConfig(env, '/mine').isProduction).toBe(false);
  });

  it('are never repeated where they may hold a password', () => {
    expect(refusal({ DATABASE_URL: 'mysql://owner:secret@db/mine' }).message).not.toContain('secret');
  });
});
