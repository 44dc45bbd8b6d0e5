import fc from 'fast-check';
import { OPERATIONS } from '../authorization/operations.js';
import type { Description, Operation, Parameter } from './document.js';
import { fileForm, formBody, GOOD_FORM, ODD_FORM, type Body } from './forms.js';
import { encoded, HOSTILE_HEADER, HOSTILE_JSON, HOSTILE_QUERY, HOSTILE_TEXT, HOSTILE_VALUE } from './hostile.js';
import { Plausible, type Known } from './values.js';
import { WELL_ASKED } from './well.js';
import type { Sent } from './wire.js';

/** Who asks: two programs with every right, one clerk of one department, a person who signed in, and nobody. */
export const CALLERS = ['first', 'second', 'clerk', 'person', 'nobody', 'forger'] as const;
export type CallerName = (typeof CALLERS)[number];

/** One request, but for the secret of its caller. */
export interface Drawn extends Sent {
  readonly caller: CallerName;
}

interface Address {
  readonly target: string;
  readonly body: Body | null;
  readonly headers?: readonly (readonly [string, string])[];
}

const CALLER: fc.Arbitrary<CallerName> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('first' as const) },
  { weight: 4, arbitrary: fc.constant('second' as const) },
  { weight: 2, arbitrary: fc.constant('clerk' as const) },
  { weight: 4, arbitrary: fc.constant('person' as const) },
  { weight: 1, arbitrary: fc.constantFrom('nobody' as const, 'forger' as const) },
);

/** These hash a password, pack a workbook or write the documents of a report, on purpose slowly. */
const SLOW = new Set([
  'loginAuth',
  'changeAuth',
  'createUsers',
  'oneTimePasswordUsers',
  'createMines',
  'workbookImports',
  'makeReports',
  'documentReports',
]);

/** Requests to all operations: good by the matrix of authorization, good by schema, nearly good, and hostile. */
export function requests(description: Description, things: Known): fc.Arbitrary<Drawn> {
  const plausible = new Plausible(description, things);
  return fc.oneof(
    ...description.operations.map((operation) => ({
      weight: SLOW.has(operation.id) ? 1 : 4,
      arbitrary: requestTo(operation, description, plausible, things),
    })),
  );
}

function requestTo(
  operation: Operation,
  description: Description,
  plausible: Plausible,
  things: Known,
): fc.Arbitrary<Drawn> {
  const bySchema: fc.Arbitrary<Address> = fc.record({
    target: target(operation, plausible),
    body: body(operation, description, plausible),
  });
  const address = fc.oneof(
    ...[...byMatrix(operation, things), ...wellAsked(operation)].map((arbitrary) => ({ weight: 3, arbitrary })),
    { weight: 5, arbitrary: bySchema },
  );
  const method = fc.oneof(
    { weight: 40, arbitrary: fc.constant(operation.method) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PURGE'),
    },
  );
  const as = fc.oneof(
    { weight: 40, arbitrary: fc.constant('whole' as const) },
    { weight: 2, arbitrary: fc.constant('chunked' as const) },
    { weight: 1, arbitrary: fc.constant('cut' as const) },
  );
  return fc
    .record({ caller: CALLER, address, method, as, odd: oddHeaders(), type: contentType() })
    .map(({ caller, address: { target: at, body: sent, headers = [] }, method: how, as: way, odd, type }) => ({
      ...{ caller, method: how, target: at, as: way, body: sent?.bytes ?? null },
      headers: [
        ...headers,
        ...(sent?.contentType == null ? [] : [['Content-Type', type ?? sent.contentType] as const]),
        ...odd,
      ],
    }));
}

const oddHeaders = () =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom<readonly (readonly [string, string])[]>([], [], [['Accept-Language', 'en']]),
    },
    { weight: 1, arbitrary: fc.array(HOSTILE_HEADER, { minLength: 1, maxLength: 3 }) },
  );

const contentType = () =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['text/plain', 'application/json; charset=gbk', 'application/json;charset="utf-8"', 'APPLICATION/JSON', 'x'],
        ...[
          'application/x-www-form-urlencoded',
          'application/json, text/plain',
          '',
          'application/vnd.api+json',
          'a/b; c',
        ],
      ),
    },
  );

/** What the matrix asks when it wants to be answered; none for what it does not know. */
function byMatrix(operation: Operation, things: Known): fc.Arbitrary<Address>[] {
  const name = `${operation.method} ${operation.path.replace(/^\/api\/v1/, '')}`;
  const known = OPERATIONS.find((each) => each.name === name);
  if (name === 'POST /report-template')
    return [fc.constant({ target: operation.path, body: fileForm(things.template) })];
  if (known === undefined) return [];
  const wish = fc.tuple(fc.constantFrom(...known.places), fc.integer({ min: 1, max: 5_000 })).map(([place, nth]) => {
    const { path, json, form } = known.wish(place, things, nth);
    const text = json === undefined ? null : jsonBody(json);
    return {
      target: path,
      body: form === undefined ? text : formBody(form.fields, form.name, form.content.toString()),
    };
  });
  return [wish];
}

const wellAsked = ({ id }: Operation): fc.Arbitrary<Address>[] =>
  WELL_ASKED[id] === undefined
    ? []
    : [WELL_ASKED[id].map(({ json, ...address }) => ({ ...address, body: jsonBody(json) }))];

const jsonBody = (json: unknown): Body => ({
  contentType: 'application/json',
  bytes: Buffer.from(JSON.stringify(json)),
});

function target(operation: Operation, plausible: Plausible): fc.Arbitrary<string> {
  const segments = fc.tuple(
    ...operation.path.split('/').map((segment) => {
      const names = [...segment.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      if (names.length === 0) return fc.constant(segment);
      const schemaOf = (name: string) => operation.parameters.find((parameter) => parameter.name === name)!.schema;
      const values = names.map((name) => plausible.parameter(operation, name, schemaOf(name)).map(encoded));
      return fc.oneof(
        // `{id}.{format}` is one segment.
        { weight: 6, arbitrary: fc.tuple(...values).map((of) => of.reduce(withValue, segment)) },
        { weight: 1, arbitrary: HOSTILE_TEXT.map(encoded) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('..', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '%zz', '%', '%C0%AF', 'é', '*', ';a'),
        },
      );
    }),
  );
  return fc.tuple(segments, query(operation, plausible)).map(([parts, text]) => parts.join('/') + text);
}

const withValue = (segment: string, value: string): string => segment.replace(/\{\w+\}/, () => value);

function query(operation: Operation, plausible: Plausible): fc.Arbitrary<string> {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query');
  const parts = fc.tuple(...declared.map((parameter) => queryPart(operation, plausible, parameter)));
  const odd = fc.oneof({ weight: 8, arbitrary: fc.constant('') }, { weight: 1, arbitrary: HOSTILE_QUERY });
  return fc.tuple(parts, odd).map(([said, more]) => {
    const text = [...said, more].filter((part) => part !== '').join('&');
    return text === '' ? '' : `?${text}`;
  });
}

const queryPart = (operation: Operation, plausible: Plausible, { name, schema }: Parameter): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: plausible.parameter(operation, name, schema).map((value) => `${name}=${encoded(value)}`) },
    { weight: 1, arbitrary: HOSTILE_TEXT.map((text) => `${name}=${encoded(text)}`) },
  );

function body(operation: Operation, description: Description, plausible: Plausible): fc.Arbitrary<Body | null> {
  if (operation.body === null) return bodyOfNone(operation);
  if (operation.body.media === 'multipart/form-data') {
    return fc.oneof({ weight: 2, arbitrary: GOOD_FORM }, { weight: 1, arbitrary: ODD_FORM });
  }
  const good = plausible.value(operation.path, '', description.resolved(operation.body.schema));
  return fc
    .oneof(
      { weight: 5, arbitrary: good.map((value) => JSON.stringify(value)) },
      { weight: 4, arbitrary: fc.tuple(good, HOSTILE_VALUE, fc.nat()).map(spoiled) },
      { weight: 1, arbitrary: HOSTILE_JSON },
    )
    .chain((text) =>
      fc.oneof(
        { weight: 30, arbitrary: fc.constant(Buffer.from(text)) },
        { weight: 1, arbitrary: fc.constantFrom(Buffer.from(text, 'utf16le'), Buffer.from(text, 'latin1')) },
        { weight: 1, arbitrary: fc.nat(text.length).map((length) => Buffer.from(text.slice(0, length))) },
      ),
    )
    .map((bytes) => ({ contentType: 'application/json', bytes }));
}

const bodyOfNone = ({ method }: Operation): fc.Arbitrary<Body | null> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    {
      weight: method === 'GET' ? 1 : 3,
      arbitrary: HOSTILE_JSON.map((text) => ({ contentType: 'application/json', bytes: Buffer.from(text) })),
    },
  );

/** One member left out, added, or of another kind. */
function spoiled([good, odd, at]: [unknown, unknown, number]): string {
  const members = Object.entries(good as Record<string, unknown>);
  const name = members[at % Math.max(1, members.length)]?.[0] ?? 'x';
  if (at % 5 === 0) return JSON.stringify(Object.fromEntries(members.filter(([key]) => key !== name)));
  if (at % 5 === 1) return JSON.stringify({ ...(good as object), [typeof odd === 'string' ? odd : 'x']: odd });
  return JSON.stringify({ ...(good as object), [name]: odd });
}
