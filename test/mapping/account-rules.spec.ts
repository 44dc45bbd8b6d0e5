import { describe, expect, it } from '@jest/globals';
import { bySpecificity, itemOf, ruleOf } from '../../src/modules/mapping/app/account-rules.js';
import { BUILT_IN_PROFILES } from '../../src/modules/mapping/app/built-in-profiles.js';
import { isCostAccount } from '../../src/modules/mapping/app/cost-accounts.js';
import { Names, readings } from '../../src/modules/mapping/app/directory.js';
import type { AccountRule } from '../../src/modules/mapping/app/profile.js';
import { BUILT_IN_ITEMS } from '../../src/modules/rules/built-in-items.js';

const ITEMS = new Map(BUILT_IN_ITEMS.map((item) => [item.code, item]));
const LEDGER = bySpecificity(BUILT_IN_PROFILES.find(({ name }) => name === 'ledger')!.accounts);

const ruled = (account: string, path: string | null) =>
  ruleOf(LEDGER, { account, path, departments: [], projects: [] });

describe('what the built-in ledger profile makes of an account', () => {
  it.each([
    ['5001010104', '生产成本_材料_配件', '0104'],
    ['5001010104', null, '0104'],
    // 010402 is a kind of 0104.
    ['500101010402', null, '0104'],
    ['50010102', '生产成本_电力', '02'],
    ['50010102', '生产成本_直接人工', null],
    ['500102', '辅助生产成本_修理费', '05'],
    ['500109', '生产成本_其他', null],
    ['510101', '制造费用_折旧费', '15'],
    ['6403', '税金及附加', '20'],
    ['6601', '销售费用', '30'],
    ['660201', '差旅费', '31'],
    ['6603', '财务费用', '32'],
    // 企业会计制度 and 小企业会计准则 number them otherwise.
    ['410101', '生产成本_材料_坑木支护', '0101'],
    ['4105', '制造费用', '15'],
    ['5502', '管理费用', '31'],
    ['5602', '管理费用', '31'],
  ])('%s %s → item %s', (account, path, item) => {
    const rule = ruled(account, path);
    expect(rule?.is).toBe('cost');
    expect(itemOf(rule!, account, path, ITEMS)).toBe(item);
  });

  it.each([
    ['430101', null, 'fund', undefined],
    ['3201', '专项储备_安全生产费', 'fund', undefined],
    ['6401', '主营业务成本', 'left_out', 'carry_over'],
    ['5401', '主营业务成本', 'left_out', 'carry_over'],
    ['5001', '主营业务收入', 'left_out', 'not_cost'],
    ['5101', '主营业务收入', 'left_out', 'not_cost'],
  ])('%s %s is %s', (account, path, is, reason) => {
    expect(ruled(account, path)).toMatchObject(reason === undefined ? { is } : { is, reason });
  });

  it.each(['1002', '2202', '4103', '6001'])('says nothing of %s', (account) => {
    expect(ruled(account, null)).toBeNull();
  });
});

describe('the most specific rule', () => {
  it('is the longest account, then the most conditions, then the first', () => {
    const rule = (account: string, item: string, more: Partial<AccountRule> = {}): AccountRule => ({
      ...{ account, is: 'cost', item, ...more },
    });
    const rules = bySpecificity([
      rule('66', 'a', { department: 'CM1', project: 'P01' }),
      rule('6602', 'b'),
      rule('6602', 'c', { department: 'CM1' }),
      rule('6602', 'd', { department: 'CM1' }),
    ]);
    const item = (account: string, department: string) =>
      ruleOf(rules, { account, path: null, departments: [department], projects: ['P01'] })?.item;
    expect([item('660201', 'CM1'), item('660201', 'JD'), item('6601', 'CM1'), item('6601', 'JD')]).toEqual([
      ...['c', 'b', 'a', undefined],
    ]);
  });
});

describe('a cost account by the standard tables', () => {
  it.each([
    ['5001', '生产成本', null, true],
    ['4101', '生产成本', null, true],
    ['6602', null, null, true],
    ['7001', '勘探费用', null, true],
    ['8001', '采掘', '成本类', true],
    ['224101', '其他应付款_管理费用', null, false],
    ['5401', '主营业务成本', null, false],
    ['5001', '主营业务收入', null, false],
    ['1002', '银行存款', null, false],
    ['6401', null, null, false],
  ])('%s %s %s: %s', (account, name, type, isCost) => {
    expect(isCostAccount(account, name, type)).toBe(isCost);
  });
});

describe('whom the books mean', () => {
  const names = new Names([
    { code: 'CM1', name: '采煤一区' },
    { code: '01', name: '机电区' },
    { code: 'A', name: '同名' },
    { code: 'B', name: '同名' },
  ]);
  const meant = (text: string) => readings(text).flatMap((reading) => names.find(reading) ?? [])[0] ?? null;

  it.each([
    ['CM1', 'CM1'],
    ['采煤一区', 'CM1'],
    ['采煤 一区', 'CM1'],
    ['CM1(采煤一区)', 'CM1'],
    ['[CM1]采煤一区', 'CM1'],
    ['CM1 采煤一区', 'CM1'],
    // The books' own number, with a name that the mine knows.
    ['0203(采煤一区)', 'CM1'],
    // The books' 01 is not the mine's 01.
    ['01(运输区)', null],
    ['同名', null],
    ['安监处', null],
  ])('%s → %s', (text, code) => {
    expect(meant(text)).toBe(code);
  });
});
