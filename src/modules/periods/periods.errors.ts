import type { Sentence } from '../../platform/http/language.js';

/** What people read about the status of periods, and why one cannot be closed or reopened. */
const STATUS_SENTENCES: Readonly<Record<string, Sentence>> = {
  no_such_period: { zh: '没有期间 {period}。', en: 'There is no period {period}.' },
  no_such_department: {
    zh: '没有部门 {department}，或不在您的范围内；请核对部门编码。',
    en: 'There is no department {department} within your reach; please check its code.',
  },
  period_not_open: {
    zh: '期间 {period} 不是未结账状态，不能开始结账。',
    en: 'The period {period} is not open, so its closing cannot begin.',
  },
  period_not_closing: {
    zh: '期间 {period} 不在结账中。',
    en: 'The period {period} is not being closed.',
  },
  period_already_closed: {
    zh: '期间 {period} 已经结账；要改动请先申请重开（POST /api/v1/periods/{period}/reopen）。',
    en: 'The period {period} is closed; to change it, ask for its reopening first (POST /api/v1/periods/{period}/reopen).',
  },
  period_not_closed: {
    zh: '期间 {period} 没有结账，不需要重开。',
    en: 'The period {period} is not closed, so there is nothing to reopen.',
  },
  corrected_by_closed_period: {
    zh: '已结账的期间 {periods} 报告过对 {period} 的更正，请先重开 {periods}。',
    en: 'The closed periods {periods} reported corrections of {period}; please reopen them first.',
  },
  no_such_restatement: {
    zh: '期间 {period} 没有第 {version} 次结账的重述表；重开后再次结账才有。',
    en: 'The period {period} has no restatement {version}; there is one for every closing after a reopening.',
  },
  nothing_to_waive: {
    zh: '期间 {period} 的结账清单上没有 {cause}，不需要豁免。',
    en: 'The checklist of {period} does not name {cause}, so there is nothing to waive.',
  },
  already_waived: {
    zh: '期间 {period} 的 {cause} 已经豁免。',
    en: 'The cause {cause} of {period} is waived already.',
  },
};

/** One sentence a cause of the closing checklist. */
export const CAUSE_SENTENCES = {
  not_declared: {
    zh: '{count} 个部门尚未声明报齐；请各部门声明（POST /periods/…/declarations）。',
    en: '{count} departments have not declared their reporting complete; let them declare it.',
  },
  missing_volume: {
    zh: '{count} 组缺少业务量，未能计算；请补报 activities.csv。',
    en: '{count} groups lack their volume and are not measured; please add it to activities.csv.',
  },
  pending_approvals: {
    zh: '{count} 项提交或导入还没有办完；请审批、退回或等待导入结束。',
    en: '{count} submissions or imports are not finished; please decide them or let them end.',
  },
  not_reported: {
    zh: '{count} 个基准应报未报；请补报，或写明理由豁免。',
    en: '{count} baselines have no report; please report, or waive it with a reason.',
  },
  missing_quantity: {
    zh: '{count} 组有单据没有数量，未计算价格降本；请补录，或写明理由豁免。',
    en: '{count} groups have records without a quantity; please add it, or waive it with a reason.',
  },
  not_comparable: {
    zh: '{count} 组隐性成本有单据没有数量，未计算；请补录，或写明理由豁免。',
    en: '{count} implicit groups have records without a quantity; please add it, or waive it with a reason.',
  },
  unreconciled: {
    zh: '与账簿有 {count} 处差异；请核对（GET /reconciliations/…），或写明理由豁免。',
    en: 'There are {count} differences to the books; please reconcile them, or waive it with a reason.',
  },
  possible_double_count: {
    zh: '{count} 处增收可能重复计算；请剔除，或写明理由豁免。',
    en: '{count} gains may be counted twice; please take them out, or waive it with a reason.',
  },
  draft_records: {
    zh: '{count} 张单据还是草稿，结账后只能作为更正入账。',
    en: '{count} records are drafts still; once the period is closed they can only come as corrections.',
  },
  earlier_open: {
    zh: '{count} 个更早的期间还没有结账。',
    en: '{count} earlier periods are not closed.',
  },
} satisfies Readonly<Record<string, Sentence>>;

export const PERIOD_SENTENCES: Readonly<Record<string, Sentence>> = {
  ...STATUS_SENTENCES,
  ...CAUSE_SENTENCES,
  not_ready_to_close: {
    zh: '期间 {period} 还不能结账，原因逐条列出；明细见结账清单（GET /api/v1/periods/{period}/checklist）。',
    en: 'The period {period} cannot be closed yet, for the causes listed; the checklist has their lines (GET /api/v1/periods/{period}/checklist).',
  },
};
