import { describe, expect, it } from '@jest/globals';
import type { HeldRole } from '../../src/modules/access/index.js';
import type { Submission } from '../../src/modules/approval/app/subject.js';
import { verdictOn, type Took } from '../../src/modules/approval/app/verdict.js';

const SUBMISSION: Submission = {
  ...{ id: '1', subject: 'record', key: 'R1', title: 'R1', kinds: ['records'], maker: 'li', departments: ['ZC', 'JY'] },
  ...{ periods: ['2024-01'], amountYuan: '1', state: 'submitted', steps: ['reviewer', 'finance'], stepsDone: 0 },
  ...{ round: 1, reason: null },
};
/** After the first step, which zhao took. */
const REVIEWED: Submission = { ...SUBMISSION, state: 'reviewed', stepsDone: 1 };
const BY_ZHAO: readonly Took[] = [{ actor: 'zhao', onBehalfOf: null }];

const held = (role: HeldRole['role'], departments: readonly string[] | null, onBehalfOf: string | null = null) => ({
  ...{ role, departments, onBehalfOf },
});
const wang = (...roles: readonly HeldRole[]) => ({ actor: 'wang', roles });
const codeOf = (verdict: ReturnType<typeof verdictOn>) => ('code' in verdict ? verdict.code : verdict);
const OWN = { role: 'reviewer', onBehalfOf: null };

describe('who takes the next step', () => {
  it('who holds its role over all departments of the submission, or over the whole mine', () => {
    expect(verdictOn(SUBMISSION, [], wang(held('reviewer', ['JY', 'ZC', 'AA'])))).toEqual(OWN);
    expect(verdictOn(SUBMISSION, [], wang(held('reviewer', null)))).toEqual(OWN);
    expect(codeOf(verdictOn(SUBMISSION, [], wang(held('reviewer', ['ZC']))))).toBe('not_your_step');
    expect(codeOf(verdictOn({ ...SUBMISSION, departments: null }, [], wang(held('reviewer', ['ZC', 'JY']))))).toBe(
      'not_your_step',
    );
    expect(verdictOn({ ...SUBMISSION, departments: null }, [], wang(held('reviewer', null)))).toEqual(OWN);
  });

  it('only of the step that is due', () => {
    expect(verdictOn(SUBMISSION, [], wang(held('finance', null)))).toEqual({
      ...{ code: 'not_your_step', params: { role: 'reviewer', step: '1' } },
    });
    expect(verdictOn(REVIEWED, BY_ZHAO, wang(held('finance', null)))).toEqual({ role: 'finance', onBehalfOf: null });
    expect(verdictOn(REVIEWED, BY_ZHAO, wang(held('reviewer', null)))).toEqual({
      ...{ code: 'not_your_step', params: { role: 'finance', step: '2' } },
    });
  });

  it('as it was when they looked', () => {
    const finance = wang(held('finance', null));
    expect(verdictOn(REVIEWED, BY_ZHAO, finance, 2)).toEqual({ role: 'finance', onBehalfOf: null });
    expect(verdictOn(REVIEWED, BY_ZHAO, finance, 1)).toEqual({ code: 'step_moved', params: { step: '2' } });
  });

  it.each(['posting', 'posted', 'returned', 'withdrawn'] as const)('nobody once it is %s', (state) => {
    expect(verdictOn({ ...SUBMISSION, state }, [], wang(held('reviewer', null)))).toEqual({
      ...{ code: 'already_decided', params: { state } },
    });
  });
});

describe('four eyes', () => {
  it('not the maker, and nobody twice', () => {
    expect(codeOf(verdictOn(SUBMISSION, [], { actor: 'li', roles: [held('reviewer', null)] }))).toBe('own_work');
    const zhao = { actor: 'zhao', roles: [held('finance', null)] };
    expect(codeOf(verdictOn(REVIEWED, BY_ZHAO, zhao))).toBe('approved_before');
  });

  it('nor through somebody else: a role held for another is that person’s', () => {
    expect(codeOf(verdictOn(SUBMISSION, [], wang(held('reviewer', null, 'li'))))).toBe('own_work');
    expect(codeOf(verdictOn(REVIEWED, BY_ZHAO, wang(held('finance', null, 'zhao'))))).toBe('approved_before');
    // qian decided for zhao: neither of them decides again.
    const byQian = [{ actor: 'qian', onBehalfOf: 'zhao' }];
    expect(codeOf(verdictOn(REVIEWED, byQian, { actor: 'zhao', roles: [held('finance', null)] }))).toBe(
      'approved_before',
    );
    expect(codeOf(verdictOn(REVIEWED, byQian, wang(held('finance', null, 'qian'))))).toBe('approved_before');
    expect(verdictOn(REVIEWED, byQian, wang(held('finance', null, 'sun')))).toEqual({
      ...{ role: 'finance', onBehalfOf: 'sun' },
    });
  });

  it('by one’s own role where one has it, and by another’s that can be used', () => {
    const both = [held('reviewer', null, 'sun'), held('reviewer', null)];
    expect(verdictOn(SUBMISSION, [], wang(...both))).toEqual(OWN);
    expect(verdictOn(SUBMISSION, [], wang(held('reviewer', null, 'li'), held('reviewer', null, 'sun')))).toEqual({
      ...{ role: 'reviewer', onBehalfOf: 'sun' },
    });
  });
});
