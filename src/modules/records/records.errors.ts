export const RECORD_SENTENCES = {
  unknown_record: { zh: '没有单据号为 {id} 的记录。', en: 'There is no record {id}.' },
  not_the_maker: {
    zh: '记录 {id} 由别人录入，只有录入人可以修改、提交或撤回。',
    en: 'Record {id} was entered by somebody else; only who entered it can change it, hand it in or take it back.',
  },
  not_a_draft: {
    zh: '记录 {id} 不是草稿（{status}），不能这样处理；已提交的可先撤回或请审核人退回，已入账的请冲销。',
    en: 'Record {id} is no draft ({status}); take it back or have it returned if it was handed in, reverse it if it is posted.',
  },
  not_submitted: {
    zh: '记录 {id} 还没有提交，请等录入人提交后再处理。',
    en: 'Record {id} was not handed in yet; please wait until its maker does.',
  },
  not_posted: {
    zh: '记录 {id} 没有入账（{status}），不需要冲销；草稿可以修改或撤回。',
    en: 'Record {id} is not posted ({status}) and needs no reversal; a draft can be changed or taken back.',
  },
  already_posted: {
    zh: '记录 {id} 已经入账，不能撤回；如有错误请冲销。',
    en: 'Record {id} is posted and cannot be taken back; please reverse it if it is wrong.',
  },
  already_reversed: {
    zh: '记录 {id} 已由记录 {by} 冲销（或正在审批），不能再冲销一次。',
    en: 'Record {id} is reversed by record {by} already, or about to be; it cannot be reversed again.',
  },
  is_a_reversal: {
    zh: '记录 {id} 是记录 {reverses} 的冲销，不能再冲销；需要恢复时请重新录入一条记录。',
    en: 'Record {id} reverses record {reverses} and cannot be reversed itself; please enter the record anew instead.',
  },
  reversal_id_taken: {
    zh: '单据号 {id} 已被使用，请为冲销记录另给一个单据号（id）。',
    en: 'The record id {id} is taken; please give the reversing record another one (id).',
  },
  id_differs: {
    zh: '内容中的单据号与地址中的 {id} 不同；单据号不能改，需要时请撤回后重新录入。',
    en: 'The id in the body is not {id}, that of the address; an id cannot change: take the draft back and enter it anew.',
  },
} as const;
