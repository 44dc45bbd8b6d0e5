/** Roles and states in the words of those who read about them. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  reviewer: '部门审核',
  finance: '财务',
  quality: '信息质量监督',
  committee: '党委（综合办）',
  supervisor: '监督考核',
};

export const STATE_WORDS: Readonly<Record<string, string>> = {
  submitted: '待审',
  reviewed: '审核中',
  posting: '正在入账',
  posted: '已入账',
  returned: '已退回',
  withdrawn: '已撤回',
};

/** What people read about what waits for approval. */
export const APPROVAL_SENTENCES = {
  unknown_submission: {
    zh: '没有编号为 {id} 的审批事项；可用 GET /api/v1/worklist 查看待办。',
    en: 'There is no submission {id}; GET /api/v1/worklist lists what waits for you.',
  },
  already_decided: {
    zh: '此事项已不在审批中（{state_zh}），请刷新待办后再看。',
    en: 'This is not on its path any more ({state}); please look at the work list again.',
  },
  already_submitted: {
    zh: '“{title}”已在审批中；请等审批结束，或先撤回原来的。',
    en: '“{title}” is on its path already; please wait for its end, or withdraw it first.',
  },
  step_moved: {
    zh: '此事项已到第 {step} 步，与您看到的不同；请刷新后再办。',
    en: 'This has come to step {step} meanwhile; please look again before you decide.',
  },
  own_work: {
    zh: '录入（提交）人不能审批自己的事项，代他人审批也不行；请由别人审批。',
    en: 'Nobody approves what they made themselves, nor for or through somebody else; please leave it to another.',
  },
  approved_before: {
    zh: '您在本轮已办过此事项的前一步（本人办理、代人办理或由人代办），一人一轮只办一步；请由别人办这一步。',
    en: 'You took a step of this round already, yourself or for or through somebody else; please leave this one to another.',
  },
  not_your_step: {
    zh: '第 {step} 步须由对其全部部门有“{role_zh}”角色的人办理。',
    en: 'Step {step} is for who holds the role {role} over all its departments.',
  },
  reason_missing: { zh: '退回须写明原因，录入人会看到。', en: 'Say why you return it: its maker reads it.' },
  evidence_missing: {
    zh: '金额达到本矿规定的数额而没有凭据：请先上传发票、合同等凭据，再办理。',
    en: 'The amount is one that needs evidence, and there is none; please add the invoice or contract first.',
  },
  kind_without_step: {
    zh: '类别 {kind} 没有从 0 万元起的步骤：任何数额都须有人审批，请补上。',
    en: 'The kind {kind} has no step from 0 on: every amount needs somebody who approves; please add one.',
  },
  role_twice: {
    zh: '类别 {kind} 从 {from} 万元起的步骤中“{role_zh}”出现两次，请去掉一次：一人一轮只办一步。',
    en: 'The steps of {kind} from {from} (10,000 yuan) on name {role} twice; please leave one out.',
  },
  nothing_changes: {
    zh: '提议的审批路径与现行的相同，无须审批。',
    en: 'The path proposed is the one that holds; there is nothing to approve.',
  },
  no_proposal: { zh: '没有您提出的、仍在审批中的路径提议。', en: 'There is no proposal of yours on its way.' },
  unknown_evidence: { zh: '没有编号为 {id} 的凭据。', en: 'There is no evidence {id}.' },
  evidence_not_kept: {
    zh: '凭据 {id} 的原件不在文件库中，请联系管理员从备份恢复。',
    en: 'The file of evidence {id} is not in the store; please ask your administrator to restore it.',
  },
  evidence_name: {
    zh: '凭据的文件名应为 1 到 200 个字，不含控制字符；请改名后再上传。',
    en: 'The name of the file must have 1 to 200 characters and no control characters; please rename it.',
  },
  evidence_type: {
    zh: '凭据只收 PDF、PNG、JPEG、XLSX、DOCX、OFD，内容须与文件名后缀一致；请另存为其中一种再上传。',
    en: 'Evidence is taken as PDF, PNG, JPEG, XLSX, DOCX or OFD, named as its content is; please save it as one of them.',
  },
  evidence_not_yours: {
    zh: '凭据由录入（提交）人或审核人补充；您两者都不是。',
    en: 'Evidence is added by who made the thing or who checks it; you are neither.',
  },
} as const;
