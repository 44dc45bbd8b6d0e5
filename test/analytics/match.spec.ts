import { describe, expect, it } from '@jest/globals';
import { exact } from '../../analytics/kernel/exact.js';
import { BaselineIndex, isApproved, isValidOn } from '../../analytics/synergy/match.js';
import type { Baseline, CostRecord, Project } from '../../analytics/synergy/types.js';

const project = (code: string, approvedOn: string | null, closedOn: string | null = null): Project => ({
  code,
  approvedOn,
  closedOn,
});

const price = (code: string, places: Partial<Baseline> = {}): Baseline => ({
  code,
  kind: 'price',
  department: null,
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  project: null,
  validFrom: null,
  validTo: null,
  unit: null,
  unitPrice: exact('108'),
  norm: null,
  driver: null,
  quantity: null,
  amount: null,
  plannedVolume: null,
  fixedAmount: null,
  ...places,
});

type Subject = Pick<CostRecord, 'category' | 'item' | 'nature' | 'department' | 'project'>;
const record = (places: Partial<Subject> = {}): Subject => ({
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  department: 'CM1',
  project: null,
  ...places,
});

describe('PRJ-1: approved when approved_on ≤ date ≤ closed_on', () => {
  it.each<[string | null, string | null, string, boolean]>([
    // Approved mid-month, closed mid-month; both days count.
    ['2023-03-15', '2023-05-10', '2023-03-14', false],
    ['2023-03-15', '2023-05-10', '2023-03-15', true],
    ['2023-03-15', '2023-05-10', '2023-05-10', true],
    ['2023-03-15', '2023-05-10', '2023-05-11', false],
    ['2023-03-15', '2023-03-15', '2023-03-15', true],
    // Without closed_on from approved_on on; without approved_on never.
    ['2023-03-15', null, '2199-12-31', true],
    ['2023-03-15', null, '2023-03-14', false],
    [null, null, '2023-03-15', false],
    [null, '2023-05-10', '2023-03-15', false],
  ])('approved %s, closed %s: on %s %s', (approvedOn, closedOn, date, expected) => {
    expect(isApproved(project('P', approvedOn, closedOn), date)).toBe(expected);
  });

  it('a project that nobody knows is not approved', () => {
    expect(isApproved(undefined, '2023-03-15')).toBe(false);
  });
});

describe('validity includes its first and its last day', () => {
  it.each<[string | null, string | null, string, boolean]>([
    [null, null, '2023-03-15', true],
    ['2023-03-15', null, '2023-03-14', false],
    ['2023-03-15', null, '2023-03-15', true],
    [null, '2023-03-15', '2023-03-15', true],
    [null, '2023-03-15', '2023-03-16', false],
    ['2023-03-15', '2023-03-15', '2023-03-15', true],
  ])('from %s to %s: on %s %s', (validFrom, validTo, date, expected) => {
    expect(isValidOn({ validFrom, validTo }, date)).toBe(expected);
  });
});

describe('BAS-2: the most specific baseline valid on the day', () => {
  const projects = new Map([
    ['P1', project('P1', '2023-03-15', '2023-03-20')],
    ['P2', project('P2', null)],
  ]);
  const all = [
    price('none'),
    price('dept', { department: 'CM1' }),
    price('proj', { project: 'P1' }),
    price('both', { project: 'P1', department: 'CM1' }),
    price('never', { project: 'P2' }),
  ];
  const matched = (baselines: readonly Baseline[], of: Partial<Subject>, day: string) =>
    new BaselineIndex(baselines, projects).match(record(of), day)?.code ?? null;

  it.each<[Partial<Subject>, string, string[], string | null]>([
    // Project and department, project, department, neither: each takes over when those before it are gone.
    [{ project: 'P1' }, '2023-03-15', [], 'both'],
    [{ project: 'P1' }, '2023-03-15', ['both'], 'proj'],
    [{ project: 'P1' }, '2023-03-15', ['both', 'proj'], 'dept'],
    [{ project: 'P1' }, '2023-03-15', ['both', 'proj', 'dept'], 'none'],
    [{ project: 'P1' }, '2023-03-15', ['both', 'proj', 'dept', 'none'], null],
    // Another department has none of its own.
    [{ project: 'P1', department: 'JD' }, '2023-03-15', [], 'proj'],
    [{ department: 'JD' }, '2023-03-15', [], 'none'],
    // Outside the approval the project's baselines do not stand.
    [{ project: 'P1' }, '2023-03-14', [], 'dept'],
    [{ project: 'P1' }, '2023-03-20', [], 'both'],
    [{ project: 'P1' }, '2023-03-21', [], 'dept'],
    [{ project: 'P2' }, '2023-03-15', [], 'dept'],
    // Nor does a project's baseline measure a record without it, or with another.
    [{}, '2023-03-15', ['dept', 'none'], null],
    [{ project: 'P2' }, '2023-03-15', ['dept', 'none', 'never'], null],
    // Everything else must be the same.
    [{ item: '0105' }, '2023-03-15', [], null],
    [{ item: '01' }, '2023-03-15', [], null],
    [{ category: 'market' }, '2023-03-15', [], null],
    [{ nature: 'implicit_booked' }, '2023-03-15', [], null],
  ])('%j on %s without %j takes %s', (of, day, gone, code) => {
    const left = all.filter((baseline) => !gone.includes(baseline.code));
    expect(matched(left, of, day)).toBe(code);
    expect(matched([...left].reverse(), of, day)).toBe(code);
  });

  it('a price may change on any day (BAS-3)', () => {
    const turning = [price('old', { validTo: '2023-03-17' }), price('new', { validFrom: '2023-03-18' })];
    expect(['2023-03-17', '2023-03-18'].map((day) => matched(turning, {}, day))).toEqual(['old', 'new']);
  });

  it('a more specific one that is not valid on the day leaves the day to the next', () => {
    const baselines = [price('dept', { department: 'CM1', validTo: '2023-03-10' }), price('none')];
    expect(['2023-03-10', '2023-03-11'].map((day) => matched(baselines, {}, day))).toEqual(['dept', 'none']);
  });
});
