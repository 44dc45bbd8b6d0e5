import { CATEGORIES, NATURES } from '../../../../analytics/synergy/types.js';
import type { Finding } from '../../../platform/errors/app-error.js';
import { MAX_CODE_LENGTH, MAX_TEXT_LENGTH } from '../../rules/columns.js';
import { TABLE_KINDS, columnsOf, type TableKind } from '../../rules/tables.js';
import type { AccountRule, IndicatorRule, Profile, ServiceRule } from './profile.js';

/** The codes of a mine that a profile may name. */
export interface KnownCodes {
  readonly items: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly projects: ReadonlySet<string>;
}

/** Entries of any one list; a profile is read for every import. */
const MAX_ENTRIES = 5_000;
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const NAME = /^[A-Za-z0-9_.\u3400-\u9fff-]{1,64}$/;
const RATE = /^0(\.[0-9]{1,6})?$/;

/** Everything a profile says that a mine cannot mean; `column` is the path of the property. */
export function profileFindings(profile: Profile, known: KnownCodes): Finding[] {
  const found = new Findings(known);
  if (!NAME.test(profile.name)) found.add('name', 'invalid_profile_name');
  found.text('title', profile.title);
  found.code('source', profile.source);
  if (profile.source === 'direct') found.add('source', 'reserved_source');
  if (profile.taxRate !== null && !RATE.test(profile.taxRate)) found.add('taxRate', 'tax_rate_range');
  if (profile.taxBasis === 'incl' && profile.taxRate === null) found.add('taxRate', 'tax_rate_missing');
  found.headers(profile.headers);
  found.list('totals', profile.totals, (path, text) => found.text(path, text));
  found.list('accounts', profile.accounts, (path, rule) => found.accountRule(path, rule));
  found.list('services', profile.services, (path, rule) => found.serviceRule(path, rule));
  found.list('indicators', profile.indicators, (path, rule) => found.indicatorRule(path, rule));
  found.map('departments', profile.departments, 'departments');
  found.map('projects', profile.projects, 'projects');
  found.list('internal.counterparties', profile.internal.counterparties, (path, text) => found.text(path, text));
  found.list('internal.accounts', profile.internal.accounts, (path, prefix) => found.code(path, prefix));
  return found.all;
}

class Findings {
  readonly all: Finding[] = [];

  constructor(private readonly known: KnownCodes) {}

  add(column: string, code: string, params: Readonly<Record<string, string>> = {}): void {
    this.all.push({ row: 1, column, code, params });
  }

  text(path: string, text: string, min = 1): void {
    if (text.length < min || text.length > MAX_TEXT_LENGTH) {
      this.add(path, 'wrong_length', { min: String(min), max: String(MAX_TEXT_LENGTH) });
    } else if (HIDDEN.test(text)) this.add(path, 'hidden_character');
  }

  code(path: string, text: string, min = 1): void {
    if (text.length > MAX_CODE_LENGTH)
      this.add(path, 'wrong_length', { min: String(min), max: String(MAX_CODE_LENGTH) });
    else this.text(path, text, min);
  }

  oneOf(path: string, value: string | undefined, allowed: readonly string[]): void {
    if (value !== undefined && !allowed.includes(value)) {
      this.add(path, 'not_allowed_value', { allowed: allowed.join(', ') });
    }
  }

  refers(path: string, code: string | undefined, to: keyof KnownCodes): void {
    if (code === undefined || this.known[to].has(code)) return;
    this.add(path, `unknown_${{ items: 'item', departments: 'department', projects: 'project' }[to]}`);
  }

  list<Entry>(path: string, entries: readonly Entry[], check: (path: string, entry: Entry) => void): void {
    if (entries.length > MAX_ENTRIES) this.add(path, 'wrong_length', { min: '0', max: String(MAX_ENTRIES) });
    else entries.forEach((entry, i) => check(`${path}.${i}`, entry));
  }

  /** `''` names what the books leave blank, and as a value: none. */
  map(path: string, map: Readonly<Record<string, string>>, to: 'departments' | 'projects'): void {
    this.list(path, Object.entries(map), (_, [text, code]) => {
      const at = `${path}.${text.slice(0, MAX_CODE_LENGTH)}`;
      this.text(at, text, 0);
      if (!(to === 'projects' && code === '')) this.refers(at, code, to);
    });
  }

  headers(headers: Profile['headers']): void {
    for (const [kind, columns] of Object.entries(headers)) {
      if (!(TABLE_KINDS as readonly string[]).includes(kind)) {
        this.add(`headers.${kind}`, 'not_allowed_value', { allowed: TABLE_KINDS.join(', ') });
        continue;
      }
      const names = columnsOf(kind as TableKind).map(({ name }) => name);
      for (const [column, synonyms] of Object.entries(columns)) {
        const path = `headers.${kind}.${column}`;
        this.oneOf(path, column, names);
        this.list(path, synonyms, (at, text) => this.text(at, text));
      }
    }
  }

  accountRule(path: string, rule: AccountRule): void {
    this.code(`${path}.account`, rule.account, 0);
    for (const name of ['name', 'department', 'project', 'reason'] as const) {
      if (rule[name] !== undefined) this.text(`${path}.${name}`, rule[name]);
    }
    if (rule.account === '' && rule.name === undefined && rule.department === undefined && rule.project === undefined) {
      this.add(`${path}.account`, 'rule_without_condition');
    }
    if (rule.is === 'cost' && rule.item === undefined) this.add(`${path}.item`, 'missing_property');
    if (rule.item !== '@rest' && rule.item !== '@name') this.refers(`${path}.item`, rule.item, 'items');
    this.oneOf(`${path}.category`, rule.category, CATEGORIES);
    this.oneOf(`${path}.nature`, rule.nature, NATURES);
    this.refers(`${path}.toDepartment`, rule.toDepartment, 'departments');
    this.refers(`${path}.toProject`, rule.toProject, 'projects');
  }

  serviceRule(path: string, rule: ServiceRule): void {
    this.text(`${path}.contains`, rule.contains);
    this.refers(`${path}.item`, rule.item, 'items');
    this.oneOf(`${path}.category`, rule.category, CATEGORIES);
  }

  indicatorRule(path: string, rule: IndicatorRule): void {
    this.text(`${path}.indicator`, rule.indicator);
    this.refers(`${path}.item`, rule.item, 'items');
    this.oneOf(`${path}.category`, rule.category, CATEGORIES);
    const isBaseline = rule.becomes === 'price_baseline' || rule.becomes === 'amount_baseline';
    if (isBaseline && rule.item === undefined) this.add(`${path}.item`, 'missing_property');
    if (rule.driver !== undefined) this.code(`${path}.driver`, rule.driver);
  }
}
