import fc from 'fast-check';

/** Texts that nobody means well with. None of them reads like a stack trace, a query or a folder of ours. */
export const HOSTILE_TEXT: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '0', '-1', '1e400', '1E5', '0x10', '１２', '١٢', '1_000', '+1', '.5', '5.', 'NaN', 'Infinity', '-0'],
    ...['99999999999999999999', '9223372036854775808', '2147483648', '12345678901234567890.123456789', '1,000.00'],
    ...['null', 'true', '[]', '{}', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
    ...["'", '"', "' OR '1'='1", '$1', '\\', '%', '_', '%s%n', '${7*7}', '{{7*7}}', '<b>x</b>', '=cmd|1', '--', ';'],
    ...['../../../../etc/passwd', '..\\..\\x', 'file:///etc/passwd', '/etc/passwd', 'C:\\x', 'con', '.', '..', '~'],
    ...[
      '\u0000',
      'a\u0000b',
      '\ud800',
      'a\udc00',
      '\ufeff',
      '\u202eabc',
      '\u2028',
      '\u0007',
      'é',
      'e\u0301',
      '𠮷',
      '👩‍👩‍👧',
    ],
    ...['2023-02-30', '2023-13', '0000-00-00', '9999-12-31', '10000-01-01', '2023-3-1', '2023-00', '2023-02-29'],
    ...['2023-01..2023-12', '2023-12..2023-01', '..', '0001-01..9999-12', '2023-01-01T00:00:00Z', '-2023-01-01'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(100, 201, 1_001, 2_001, 5_000, 20_000).map((length) => '长'.repeat(length)),
  fc.constantFrom(64, 1_000, 9_000).map((length) => 'x'.repeat(length)),
);

/** Values of every JSON type. */
export const HOSTILE_VALUE: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: HOSTILE_TEXT },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, [], {}, [[]], [null]),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(201, 5_000).map((length) => Array.from({ length }, (_, at) => `F-${at}`)) },
);

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** JSON texts, and what only looks like JSON. */
export const HOSTILE_JSON: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '{', '}', '[', 'nul', 'null', 'true', '0', '""', '[]', '[{}]', '{"a":1,"a":2}', '{"a":1,}', "{'a':1}"],
    ...['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', '{"a":1e400}', '{"a":0.1234567890123456789}'],
    ...['{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"reason":"\\udc00"}', '{"a":-0}', '{"a":01}', '{"a":NaN}', '\ufeff{}'],
    ...['{"ids":[]}', '{"ids":[null]}', '{"ids":{"0":"a"}}', '{"ids":"F-1"}', '{"step":1e0}', '{} {}', '/**/{}'],
  ),
  fc.constantFrom(31, 32, 33, 1_000, 100_000).map((depth) => deep(depth, '[', ']')),
  fc.constantFrom(31, 33, 5_000).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.constantFrom(1_000, 100_000).map((length) => `{"ids":[${Array(length).fill('"F-1"').join(',')}]}`),
  fc
    .constantFrom(1_000, 70_000)
    .map((count) => `{${Array.from({ length: count }, (_, at) => `"p${at}":1`).join(',')}}`),
  fc.constantFrom(100_000, 1_048_000, 1_100_000).map((length) => `{"reason":"${'x'.repeat(length)}"}`),
  fc.json({ maxDepth: 4 }),
);

export const HOSTILE_HEADER: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'X-Mine',
      'Accept-Language',
      'Accept',
      'If-None-Match',
      'X-Request-Id',
      'Idempotency-Key',
      'Cookie',
    ),
    fc.oneof(
      fc.constantFrom(
        '',
        '*',
        '"',
        'no-such-mine',
        'zh;q=9',
        'en;q=0, zh;q=x',
        '*/*;q=0',
        'image/png',
        'W/"x", *',
        '=;',
      ),
      fc.constantFrom('\x80\xff', '\xe7\x9f\xbf', 'a\tb', 'x'.repeat(300), 'x'.repeat(5_000), `${'a,'.repeat(2_000)}`),
    ),
  ),
  fc.constantFrom<readonly [string, string]>(
    ...([
      ['Content-Length', '-1'],
      ['Content-Length', '1e3'],
      ['Content-Length', '99999999999999999999'],
      ['Transfer-Encoding', 'gzip, chunked'],
      ['Transfer-Encoding', 'identity'],
      ['Expect', '100-continue'],
      ['Expect', 'a miracle'],
      ['Upgrade', 'websocket'],
      ['Connection', 'close'],
      ['Connection', 'upgrade'],
      ['Host', 'other.test'],
      ['X-Forwarded-For', "1.2.3.4, '"],
      ['Origin', 'https://elsewhere.test'],
      ['Range', 'bytes=0-1'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Api-Key', 'second key'],
      ['Authorization', 'Basic YTpi'],
      ['Authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
      ['Content-Encoding', 'gzip'],
      ['Big', 'x'.repeat(20_000)],
      ['B\x80d', 'name'],
      ['Folded', 'a\r\n b'],
    ] as const),
  ),
);

export const HOSTILE_QUERY: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      'foo=bar',
      'limit=1&limit=2',
      'cursor=',
      'cursor=x',
      'cursor=W10',
      'cursor=bnVsbA',
      'cursor=WyJhIl0',
      '&&&',
      '=',
    ],
    ...[
      'limit=0',
      'limit=201',
      'limit=1e2',
      'limit=-1',
      'limit=1.0',
      'limit=%31',
      'limit[]=1',
      'limit[a]=1',
      '__proto__=1',
    ],
    ...[
      'a=%zz',
      'a=%',
      'a=%ED%A0%80',
      'a=%C0%AF',
      'a=%00',
      'a=%ff',
      'period=%E4',
      'by=department&by=period',
      'a;b',
      '?a',
    ],
    ...['constructor=1', 'toString=1', 'period=2023-01..2023-99', 'status=posted&status=draft', 'a'.repeat(3_000)],
  ),
  // Cursors of the right form that no list gave out.
  fc
    .array(fc.oneof(fc.integer().map(String), fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('2023-02-30')), {
      maxLength: 4,
    })
    .map((key) => `cursor=${Buffer.from(JSON.stringify(key)).toString('base64url')}`),
  fc
    .tuple(fc.constantFrom('cursor', 'period', 'department', 'status', 'by', 'id'), HOSTILE_TEXT)
    .map(([name, text]) => `${name}=${encoded(text)}`),
);

/** Percent-encoded, half characters as the three bytes that they would be. */
export const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\u{10ffff}')).replaceAll('%F4%8F%BF%BF', '%ED%A0%80');
