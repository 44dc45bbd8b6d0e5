import fc from 'fast-check';
import type { Things } from '../authorization/fill-house.js';
import { CODE, MINE, OTHER_MINE } from '../authorization/places.js';
import type { Description, Operation, Schema } from './document.js';

/** Set in when the request is sent: the refresh token that the person holds at that moment. */
export const REFRESH_TOKEN = '{{refresh token}}';
/** The person whose sessions the run uses, and every password that they may have. */
export const PERSON = 'wang';
export const PASSWORDS = ['four words nobody ever said', 'four words nobody said again'] as const;

const texts = (...values: string[]) => fc.constantFrom(...values);
const numbered = (prefix: string, max: number) => fc.integer({ min: 1, max }).map((nth) => `${prefix}${nth}`);
const whole = (max: number) => fc.integer({ min: 1, max }).map(String);

const DATES = texts('2023-03-10', '2023-04-01', '2023-02-28', '2023-12-31', '2024-02-29', '2023-01-10', '2026-12-01');
const MONTHS = texts('2023-01', '2023-02', '2023-03', '2023-04', '2023-12', '2024-02');
/** Where one period is meant, a range is refused. */
const PERIODS = fc.oneof(
  { weight: 6, arbitrary: MONTHS },
  { weight: 1, arbitrary: texts('2023-01..2023-03', '2023-03..2023-01', '0001-01..9999-12') },
);
const DECIMALS = fc.oneof(texts('1.00', '0', '-3.50', '95.5', '0.01'), fc.integer({ min: -1e6, max: 1e9 }).map(String));
const CATEGORIES = texts('management', 'resource', 'business', 'personnel', 'market', 'industry', '资源');
const WORDS = fc.oneof(texts('漏报', '出差', '=1+1', 'kWh', '合同'), fc.string({ unit: 'grapheme', maxLength: 12 }));

/** What there is to ask for. */
export interface Known extends Things {
  /** A final report that nobody has signed at first. */
  readonly report: { readonly id: string; readonly sha256: string };
  /** A Word template that is good. */
  readonly template: { readonly name: string; readonly content: Uint8Array };
}

/** What people would send under a name, so that a part of the requests gets past the first check. */
export class Plausible {
  private readonly ids: readonly (readonly [prefix: string, fc.Arbitrary<string>])[];
  private readonly users: readonly string[];
  private readonly figures: fc.Arbitrary<string>;
  private readonly byName: Readonly<Record<string, fc.Arbitrary<unknown>>>;

  constructor(
    private readonly description: Description,
    things: Known,
  ) {
    const held = (...kinds: (keyof Things)[]) =>
      texts(...kinds.flatMap((kind) => Object.values(things[kind] as Record<string, string>)));
    const records = fc.oneof(numbered('F-', 40), held('draft', 'submitted', 'posted'));
    this.ids = [
      ['/api/v1/records', records],
      ['/api/v1/imports', fc.oneof(held('corrected', 'waiting', 'refused'), whole(90))],
      ['/api/v1/submissions', fc.oneof(held('recordSubmission', 'importSubmission'), whole(120))],
      ['/api/v1/evidence', fc.oneof(held('recordEvidence', 'importEvidence'), whole(60))],
      ['/api/v1/api-keys', texts(things.apiKey, 'key-1')],
      ['/api/v1/delegations', fc.oneof(texts(things.delegation), whole(20))],
      ['/api/v1/reports', fc.oneof(texts(things.report.id), whole(9))],
    ];
    this.users = things.users;
    this.figures = numbered(`${things.report.id}-`, 40);
    this.byName = this.names(things);
  }

  parameter({ path }: Operation, name: string, schema: Schema): fc.Arbitrary<string> {
    if (name === 'id') return this.idsAt(path);
    if (name === 'name') return path.includes('/files/') ? texts('zqx1.csv', 'zqx3.csv', 'n.csv') : texts('p1', 'p2');
    if (path.startsWith('/api/v1/lines/')) return this.figures;
    if (name === 'code') return MONTHS;
    if (name === 'period') return PERIODS;
    // The person whose sessions the run uses is left alone.
    if (name === 'username') return fc.oneof(texts(...this.users), numbered('n', 9));
    if (name === 'limit') return texts('1', '2', '50', '200');
    if (name === 'import') return whole(90);
    return this.value(path, name, schema).map(String);
  }

  /** A value of the schema; optional properties come and go. */
  value(path: string, name: string, schema: Schema): fc.Arbitrary<unknown> {
    const inner = this.description.resolved(schema.allOf?.[0] ?? schema);
    if (inner.enum !== undefined) return fc.constantFrom(...inner.enum);
    if (inner.type === 'array') return this.list(path, name, inner);
    if (inner.type === 'object') return this.object(path, inner);
    if (name === 'id') return path === '/api/v1/adjustments' ? numbered('X', 40) : this.idsAt(path);
    if (name === 'code') return this.codesAt(path);
    const named = this.byName[name];
    if (named !== undefined) return inner.type === 'integer' ? fc.integer({ min: 1, max: 3 }) : named;
    if (inner.example !== undefined) return fc.constant(inner.example);
    if (inner.type === 'integer') return fc.integer({ min: inner.minimum ?? 0, max: inner.maximum ?? 9 });
    return inner.type === 'boolean' ? fc.boolean() : WORDS;
  }

  private list(path: string, name: string, { items = {}, minItems = 0 }: Schema): fc.Arbitrary<unknown[]> {
    if (name === 'ids') return fc.array(this.idsAt(path), { minLength: minItems, maxLength: 4 });
    if (name === 'departments') return fc.array(texts(...Object.values(CODE)), { maxLength: 3 });
    return fc.array(this.value(path, '', items), { minLength: minItems, maxLength: 3 });
  }

  private object(path: string, { properties, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
    if (properties === undefined) {
      const values = typeof additionalProperties === 'object' ? additionalProperties : {};
      return fc.dictionary(texts('CM1', '采一', ''), this.value(path, '', values), { maxKeys: 2 });
    }
    const members = Object.entries(properties).map(([name, schema]) => [name, this.value(path, name, schema)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [...required], noNullPrototype: true });
  }

  private idsAt(path: string): fc.Arbitrary<string> {
    return this.ids.find(([prefix]) => path.startsWith(prefix))?.[1] ?? whole(9);
  }

  private codesAt(path: string): fc.Arbitrary<string> {
    if (path === '/api/v1/periods') return MONTHS;
    if (path === '/api/v1/mines') return numbered('m', 9);
    return fc.oneof(numbered('C', 40), texts(...Object.values(CODE), '0104', 'P1'));
  }

  private names(things: Known): Record<string, fc.Arbitrary<unknown>> {
    const department = texts(...Object.values(CODE));
    const amounts = ['quantity', 'unit_price', 'amount', 'norm', 'planned_volume', 'fixed_amount', 'actual', 'planned'];
    const dates = [
      'date',
      'valid_from',
      'valid_to',
      'approved_on',
      'closed_on',
      'start',
      'end',
      'validFrom',
      'validTo',
    ];
    return {
      ...Object.fromEntries(amounts.map((name) => [name, DECIMALS])),
      ...Object.fromEntries(dates.map((name) => [name, DATES])),
      ...{ department, parent: department, lead: department, under: department, category: CATEGORIES },
      ...{ item: texts('0104', '05', 'REWORK', 'ENERGY_LEAK'), nature: texts('explicit', 'implicit_booked', '显性') },
      ...{ project: texts('P1', ''), unit: texts('t', 'kWh', ''), rate: DECIMALS },
      ...{ period: PERIODS, corrects_period: MONTHS, tax_rate: texts('0.13', ''), tax_basis: texts('excl', 'incl') },
      ...{ basis: texts('budget', 'contract', '合同'), kind: texts('gain', 'input'), internal: texts('yes', 'no', '') },
      ...{ recognition: texts('realised', 'planned'), status: texts('confirmed', 'claimed') },
      ...{ username: fc.oneof(texts(...things.users, PERSON), numbered('n', 9)), to: texts(...things.users) },
      ...{ from: texts(...things.users, PERSON), mine: texts(MINE, OTHER_MINE), 'X-Mine': texts(MINE) },
      ...{ password: texts(...PASSWORDS), current: texts(...PASSWORDS), next: texts(...PASSWORDS) },
      ...{ sha256: texts(things.report.sha256, '0'.repeat(64)), due: DATES, driver: texts('raw_coal', 'd1') },
      ...{ refreshToken: fc.constant(REFRESH_TOKEN), fromWan: texts('0', '50'), evidenceFromWan: texts('9', '0') },
      ...{
        by: texts('department', 'period,category', 'item,nature,project'),
        compare: texts('previous,last_year,plan'),
      },
      ...{ closing: whole(3), version: whole(3), expiresAt: fc.constant(inAWeek()) },
    };
  }
}

const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();
