import { describe, expect, it } from '@jest/globals';
import { denialOf, reachOf, type Caller, type HeldRole } from '../../src/modules/access/app/caller.js';
import { RIGHTS, ROLES, holds, type Right } from '../../src/modules/access/app/rights.js';
import { isReached, reachKey, someDepartments, wholeMine } from '../../src/modules/mines/index.js';

const held = (role: HeldRole['role'], departments: readonly string[] | null, onBehalfOf: string | null = null) => ({
  ...{ role, departments, onBehalfOf },
});
const caller = (...roles: readonly HeldRole[]): Caller => ({
  ...{ mine: 'chaili', actor: 'li', kind: 'person', displayName: '李', session: 's', mustChangePassword: false, roles },
});
const departmentsOf = (who: Caller, right: Right) => reachOf(who, right)?.departments;

describe('where a right reaches', () => {
  const clerk = held('clerk', ['ZC', 'JY']);

  it('the departments of the grants whose role holds it, together and in order', () => {
    expect(departmentsOf(caller(clerk), 'records.write')).toEqual(['JY', 'ZC']);
    expect(departmentsOf(caller(clerk, held('finance', ['AA', 'ZC'])), 'records.write')).toEqual(['AA', 'JY', 'ZC']);
    // A reviewer reads, and does not write.
    expect(departmentsOf(caller(clerk, held('reviewer', ['AA'])), 'records.write')).toEqual(['JY', 'ZC']);
    expect(departmentsOf(caller(clerk, held('reviewer', ['AA'])), 'records.read')).toEqual(['AA', 'JY', 'ZC']);
  });

  it('the whole mine as soon as one of them is of the whole mine', () => {
    expect(departmentsOf(caller(clerk, held('finance', null)), 'records.read')).toBeNull();
    expect(departmentsOf(caller(clerk, held('committee', null)), 'records.write')).toEqual(['JY', 'ZC']);
  });

  it('nowhere, without a role that holds it', () => {
    expect(reachOf(caller(), 'records.read')).toBeNull();
    expect(reachOf(caller(held('auditor', null)), 'records.write')).toBeNull();
    expect(reachOf(caller(held('admin', null)), 'records.read')).toBeNull();
  });

  it('only the whole mine, for what a part of it does not have', () => {
    expect(reachOf(caller(held('finance', ['ZC'])), 'periods.close')).toBeNull();
    expect(departmentsOf(caller(held('finance', null)), 'periods.close')).toBeNull();
    expect(reachOf(caller(held('finance', null)), 'periods.close')).not.toBeNull();
  });

  it('of somebody away: what is needed to decide, and nothing else', () => {
    const deputy = caller(held('finance', ['ZC'], 'wang'), held('clerk', ['JY']));
    expect(departmentsOf(deputy, 'approvals.decide')).toEqual(['ZC']);
    expect(departmentsOf(deputy, 'records.read')).toEqual(['JY', 'ZC']);
    expect(departmentsOf(deputy, 'records.write')).toEqual(['JY']);
    expect(departmentsOf(deputy, 'figures.read')).toEqual(['JY']);
  });

  it('of one’s own account: nothing but oneself, whatever the roles', () => {
    expect(departmentsOf(caller(held('admin', null)), 'self')).toEqual([]);
    expect(departmentsOf(caller(), 'self')).toEqual([]);
  });

  it('says why not', () => {
    expect(denialOf(caller(held('finance', ['ZC'])), 'periods.close')).toBe('whole_mine_needed');
    expect(denialOf(caller(held('clerk', ['ZC'])), 'periods.close')).toBe('forbidden');
    expect(denialOf(caller(held('finance', ['ZC'], 'wang')), 'periods.close')).toBe('forbidden');
    expect(denialOf(caller(held('clerk', ['ZC'])), 'approvals.decide')).toBe('forbidden');
  });
});

describe('roles and rights', () => {
  const who = (right: Right) => ROLES.filter((role) => holds(role, right)).join(' ');

  it.each<[Right, string]>([
    ['figures.read', 'clerk reviewer finance quality committee supervisor integration auditor'],
    ['records.write', 'clerk finance integration'],
    ['imports.write', 'clerk finance integration'],
    ['approvals.decide', 'reviewer finance quality committee supervisor'],
    ['periods.close', 'finance'],
    ['profiles.write', 'finance'],
    ['reconciliations.read', 'finance quality supervisor auditor'],
    ['accounts.manage', 'admin'],
  ])('%s is of %s', (right, roles) => {
    expect(who(right)).toBe(roles);
  });

  it('who administers accounts reads no figures and no records, and an auditor changes nothing', () => {
    const of = (role: HeldRole['role']) => (Object.keys(RIGHTS) as Right[]).filter((right) => holds(role, right));
    expect(of('admin').filter((right) => /figures|records|imports|reconciliations/.test(right))).toEqual([]);
    expect(of('auditor').filter((right) => !right.endsWith('.read'))).toEqual(['self', 'approvals.measure']);
  });
});

describe('a reach', () => {
  const some = someDepartments('chaili', ['ZC', 'JY'], 'li');

  it('holds departments where it holds all of them', () => {
    expect([['ZC'], ['ZC', 'JY'], []].map((departments) => isReached(some, departments))).toEqual([true, true, true]);
    expect([['AA'], ['ZC', 'AA']].map((departments) => isReached(some, departments))).toEqual([false, false]);
    // What is the whole mine's only the whole mine holds.
    expect([isReached(some, null), isReached(wholeMine('chaili'), null)]).toEqual([false, true]);
    expect(isReached(wholeMine('chaili'), ['AA'])).toBe(true);
    expect(isReached(someDepartments('chaili', [], 'li'), ['ZC'])).toBe(false);
  });

  it('has the same key as another exactly where both see the same', () => {
    expect(reachKey(some)).toBe(reachKey(someDepartments('chaili', ['JY', 'ZC'], 'wang')));
    const keys = [
      some,
      wholeMine('chaili'),
      someDepartments('chaili', [], 'li'),
      someDepartments('chaili', ['ZC'], 'li'),
    ];
    expect(new Set(keys.map(reachKey)).size).toBe(4);
    expect(reachKey(someDepartments('chaili', ['A","B'], 'li'))).not.toBe(
      reachKey(someDepartments('chaili', ['A', 'B'], 'li')),
    );
  });

  it('tells row-level security what it sees', () => {
    expect(some.settings).toEqual({
      ...{ 'app.mine': 'chaili', 'app.whole': 'no', 'app.departments': '{"ZC","JY"}', 'app.actor': 'li' },
    });
    expect(wholeMine('chaili').settings).toEqual({
      ...{ 'app.mine': 'chaili', 'app.whole': 'yes', 'app.departments': '{}', 'app.actor': 'service' },
    });
    // A code is one element of the array, whatever is written in it.
    expect(someDepartments('chaili', ['a"},{"b', 'c\\'], 'li').settings['app.departments']).toBe(
      String.raw`{"a\"},{\"b","c\\"}`,
    );
  });
});
