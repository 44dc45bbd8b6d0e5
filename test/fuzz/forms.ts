import fc from 'fast-check';
import { csv } from '../authorization/folder.js';
import { PDF, row } from '../authorization/asking.js';
import { HOSTILE_TEXT } from './hostile.js';

/** One part of a form, head and content as they go over the line. */
interface Part {
  readonly head: string;
  readonly content: string;
}

/** A body, and the header that says what it is. */
export interface Body {
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

const BOUNDARY = '----fuzz';
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;

const field = (name: string, content: string): Part => ({
  head: `Content-Disposition: form-data; name="${name}"`,
  content,
});

const file = (name: string, content: string, type = 'application/octet-stream'): Part => ({
  head: `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}`,
  content,
});

const bytesOf = (parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer =>
  Buffer.from(parts.map(({ head, content }) => `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n`).join('') + end);

const RECORDS = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 })
  .map((ids) => csv('records.csv', ...ids.map((id) => row('CM1', `U-${id}`))));

const CONTENTS = fc.oneof(
  { weight: 4, arbitrary: RECORDS },
  { weight: 1, arbitrary: fc.constant(PDF) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '\n',
        '\ufeff',
        'id',
        'id,date\n1',
        ',,,\n,,,',
        'PK\u0003\u0004rubbish',
        '<?xml version="1.0"?><a>',
        '填制凭证,V800\n',
      ],
      ...['id,date,department,category,item,nature\n"', '\u0000\u0000', 'a\tb\tc\n1\t2\t3', `a${',a'.repeat(2_000)}\n`],
      ...['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'code,name\nCM9-x,新\n', 'code,code\n1,1\n', 'x'.repeat(200_000)],
    ),
  },
  { weight: 1, arbitrary: HOSTILE_TEXT },
);

const KINDS = fc.constantFrom('records', 'departments', 'rates', 'vouchers', 'folder', 'balances', 'no such kind', '');
const NAMES = fc.oneof(
  fc.constantFrom('n.csv', '三月.xlsx', 'e.pdf', 'records.csv', 'a.zip', 'x.xml', 'no ending', '.csv'),
  HOSTILE_TEXT.map((text) => text.replace(/["\r\n]/g, '_')),
);

/** What the form of a page would send. */
export const GOOD_FORM: fc.Arbitrary<Body> = fc
  .tuple(
    fc.option(KINDS, { nil: undefined }),
    fc.option(fc.constantFrom('1', '2', 'x', ''), { nil: undefined, freq: 4 }),
    fc.constantFrom('n.csv', 'e.pdf', 'records.csv'),
    CONTENTS,
  )
  .map(([kind, rows, name, content]) => ({
    contentType: FORM,
    bytes: bytesOf([
      ...(kind === undefined ? [] : [field('kind', kind)]),
      ...(rows === undefined ? [] : [field('controlRows', rows)]),
      file(name, content),
    ]),
  }));

const ODD_PARTS: fc.Arbitrary<Part> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('kind', 'profile', 'controlRows', 'controlAmount', 'supersedes', 'foo', '__proto__', ''),
      HOSTILE_TEXT,
    )
    .map(([name, text]) => field(name, text)),
  fc.tuple(NAMES, CONTENTS).map(([name, content]) => file(name, content)),
  fc.constantFrom<Part>(
    field('file', 'no file'),
    { head: 'Content-Disposition: attachment; name="file"; filename="a.csv"', content: 'a' },
    { head: 'Content-Type: text/csv', content: 'nameless' },
    { head: '', content: '' },
    { head: `X: ${'y'.repeat(9_000)}`, content: '' },
    { head: Array.from({ length: 40 }, (_, at) => `X${at}: 1`).join('\r\n'), content: '' },
    { head: 'Content-Disposition: form-data; name="file"; filename*=UTF-8\'\'%zz.csv', content: 'a,b\n1,2\n' },
    {
      head: 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Transfer-Encoding: base64',
      content: 'YSxi',
    },
    field('kind', 'x'.repeat(5_000)),
    field('x'.repeat(200), '1'),
  ),
);

/** Forms that are odd as forms. */
export const ODD_FORM: fc.Arbitrary<Body> = fc.oneof(
  fc.array(ODD_PARTS, { maxLength: 4 }).map((parts) => ({ contentType: FORM, bytes: bytesOf(parts) })),
  fc.constant({ contentType: FORM, bytes: bytesOf(Array.from({ length: 12 }, (_, at) => field(`f${at}`, '1'))) }),
  fc
    .tuple(CONTENTS, fc.constantFrom('', `--${BOUNDARY}`, '--other--\r\n', `\r\n--${BOUNDARY}--extra`))
    .map(([content, end]) => ({
      contentType: FORM,
      bytes: bytesOf([file('n.csv', content)], end),
    })),
  fc
    .tuple(
      GOOD_FORM,
      fc.constantFrom(
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/mixed; boundary=----fuzz',
        `multipart/form-data; boundary="${BOUNDARY}"`,
        'multipart/form-data; boundary=other',
        `${FORM}; ${FORM}`,
      ),
    )
    .map(([{ bytes }, contentType]) => ({ contentType, bytes })),
  fc.constantFrom('', 'x', `--${BOUNDARY}`, `--${BOUNDARY}\r\n`, `--${BOUNDARY}\r\n\r\n`).map((text) => ({
    contentType: FORM,
    bytes: Buffer.from(text),
  })),
);

/** A form with one file of bytes that are no text. */
export const fileForm = ({ name, content }: { readonly name: string; readonly content: Uint8Array }): Body => ({
  contentType: FORM,
  bytes: Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n${file(name, '').head}\r\n\r\n`),
    content,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]),
});

/** A form as a wish of the matrix says it. */
export const formBody = (fields: Readonly<Record<string, string>>, name: string, content: string): Body => ({
  contentType: FORM,
  bytes: bytesOf([...Object.entries(fields).map(([key, value]) => field(key, value)), file(name, content)]),
});
