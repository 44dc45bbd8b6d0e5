/** Whose rows somebody may hand in, and what becomes of an import that must be approved. */
import type { Sentences } from './sentence.js';

export const SCOPE_SENTENCES: Sentences = {
  department_outside_scope: {
    zh: '{column}不在您的部门范围内，请删去这一行，或请有此部门权限的人交入。',
    en: '{column} is not among your departments; please delete the row, or have somebody of that department hand it in.',
  },
  whole_mine_only: {
    zh: '不属于某个部门的资料关系到全矿，只有权限为全矿的人可以交入，请交财务办理。',
    en: 'What is of no department concerns the whole mine; please have somebody hand it in whose rights are for the whole mine, such as finance.',
  },
  key_of_other_department: {
    zh: '此编码已是别的部门或全矿的资料，不能改动，请改用新的编码。',
    en: 'This code is that of a row of another department or of the whole mine and cannot be changed; please use a new code.',
  },
  changed_since_check: {
    zh: '审核通过时的内容与现在入账的结果不同（期间有别的数据入账或改动），没有入账，请重新交入再审。',
    en: 'What would be posted now is not what was checked and approved, because other data came in meanwhile; nothing was posted, please send it again.',
  },
  returned: {
    zh: '审核人退回，原因见审批记录；改正后请重新交入。',
    en: 'Returned by a checker, the reason is with the submission; please correct it and send it again.',
  },
  withdrawn: {
    zh: '交件人已撤回；需要时请重新交入。',
    en: 'Withdrawn by the sender; please send it again when it is needed.',
  },
};
