const HEADERS = ['Authorization', 'X-Api-Key', 'X-Mine', 'Content-Type', 'Accept-Language', 'Idempotency-Key'];
/** What a page may read of an answer beside its body. */
const SHOWN = ['X-Request-Id', 'Retry-After', 'Content-Disposition', 'ETag', 'Allow'];
const PREFLIGHT_HOLDS_S = 600;

/**
 * Lets pages of exactly these origins call the service (Fetch Standard, 3.2). Not with cookies: who asks is said by a
 * header that no foreign page can make a browser add.
 */
export const corsOptions = (origins: readonly string[]) => ({
  origin: [...origins],
  methods: ['GET', 'HEAD', 'POST', 'PUT'],
  allowedHeaders: [...HEADERS, 'If-None-Match', 'X-Request-Id'],
  exposedHeaders: SHOWN,
  credentials: false,
  maxAge: PREFLIGHT_HOLDS_S,
});
