import type { Sentence } from '../../platform/http/language.js';
import type { SigningRole } from './db/signature-queries.js';
import type { TemplateRefusalCode } from './render/docx/template-refusal.js';

/** Whoever signs, in the words of the sheet. */
export const SIGNING_WORDS: Readonly<Record<SigningRole, Sentence>> = {
  prepare: { zh: '编制', en: 'Prepared by' },
  review: { zh: '审核', en: 'Reviewed by' },
  chief: { zh: '财务负责人', en: 'Head of finance' },
  committee: { zh: '党委', en: 'Party committee' },
};

/** Why a Word template is not taken: `template_` and the refusal's own code. */
const TEMPLATE_SENTENCES: Readonly<Record<`template_${TemplateRefusalCode}`, Sentence>> = {
  template_template_too_large: { zh: '模板过大（{what}）。', en: 'The template is too large ({what}).' },
  template_too_many_parts: { zh: '模板内的部件过多。', en: 'The template has too many parts.' },
  template_encrypted: {
    zh: '模板设了密码，请去掉密码后再上传。',
    en: 'The template has a password; please remove it.',
  },
  template_not_a_docx: {
    zh: '不是 Word 文档（.docx），请用 Word 另存为 .docx。',
    en: 'This is no Word document (.docx); please save it as one.',
  },
  template_malformed_xml: {
    zh: '模板的 {what} 已损坏，请用 Word 重新保存。',
    en: 'The part {what} is broken; please save it in Word again.',
  },
  template_macros: { zh: '模板带宏或程序（{what}），不收。', en: 'The template has macros or programs ({what}).' },
  template_external_link: {
    zh: '模板引用了外部内容（{what}），请改为嵌入。',
    en: 'The template refers to something outside ({what}); please embed it.',
  },
  template_forbidden_part: {
    zh: '模板中有不收的内容（{what}），请删去。',
    en: 'The template holds something that is not taken ({what}); please remove it.',
  },
  template_forbidden_field: {
    zh: '模板中有不收的域（{what}），请删去。',
    en: 'The field {what} is not taken; please remove it.',
  },
  template_missing_placeholder: { zh: '模板缺少占位符 {what}。', en: 'The template lacks the placeholders {what}.' },
  template_unknown_placeholder: {
    zh: '模板中有不认识的占位符 {what}。',
    en: 'The template has unknown placeholders {what}.',
  },
  template_misplaced_placeholder: {
    zh: '占位符 {what} 须独占正文中的一段。',
    en: 'The placeholder {what} must be a paragraph of its own in the body.',
  },
};

/** What people read about reports. */
export const REPORT_SENTENCES: Readonly<Record<string, Sentence>> = {
  ...TEMPLATE_SENTENCES,
  template_refused: {
    zh: '模板没有换上，原因见 errors；改好后请再上传。',
    en: 'The template was not put in force, for the reasons in errors; please mend it and upload it again.',
  },
  unknown_report: {
    zh: '没有编号为 {id} 的报告；GET /api/v1/reports 列出已有的报告。',
    en: 'There is no report {id}; GET /api/v1/reports lists those there are.',
  },
  report_range_too_long: {
    zh: '一份报告至多跨 {max} 个年度，请缩短起止期间。',
    en: 'A report is of {max} calendar years at most; please shorten the range.',
  },
  report_made_meanwhile: {
    zh: '同一期间的报告刚由别人生成，请再试一次。',
    en: 'Somebody else has just made a report of the same periods; please try again.',
  },
  report_file_damaged: {
    zh: '文件 {sha256} 不在文件库中，或与其哈希不符，没有给出；请管理员从备份恢复。',
    en: 'The file {sha256} is not in the store or is not what was hashed, and is not given out; have it restored from a backup.',
  },
  report_not_written: {
    zh: '文件没有写完：写报告的进程中断了。请再试一次，已写好的不会重写。',
    en: 'The documents were not finished: the process that writes reports ended. Please try again; what is written stays.',
  },
  report_is_draft: {
    zh: '报告 {id} 是草稿（未结账），不能签署；请结账后重新生成。',
    en: 'The report {id} is a draft and cannot be signed; close its periods and make it anew.',
  },
  report_hash_differs: {
    zh: '您看到的不是报告 {id}：它的哈希是 {sha256}。请重新打开再签。',
    en: 'What you read is not the report {id}, whose hash is {sha256}; please open it again before you sign.',
  },
  report_superseded: {
    zh: '报告 {id} 已有更新的版本（报告 {newer}），请签署新版本。',
    en: 'There is a newer version of the report {id}: report {newer}; please sign that one.',
  },
  report_reopened: {
    zh: '报告 {id} 的期间已重开，请再次结账后生成新版本，再签署。',
    en: 'A period of the report {id} was reopened; close it again and make the new version before signing.',
  },
  report_step_signed: {
    zh: '这一栏（{role}）已经签过，请刷新后再看。',
    en: 'This place ({role}) is signed already; please look at the sheet again.',
  },
  report_step_early: {
    zh: '还没有轮到这一栏（{role}）：先由 {due} 签署。',
    en: 'It is not the turn of {role} yet: {due} signs first.',
  },
  signed_before: {
    zh: '您已签过这份报告的另一栏，一人只签一栏；请由别人签这一栏。',
    en: 'You signed another place of this report, and nobody signs two; please leave this one to another.',
  },
  not_your_signature: {
    zh: '这一栏（{role}）须由对全矿持有相应角色的本人签署。',
    en: 'This place ({role}) is signed by who holds a role for it over the whole mine, and not on behalf of another.',
  },
  report_signed: {
    zh: '该期报告第 {version} 版（报告 {id}）已签署完毕，办公室文字不能再改；期间重开后可改。',
    en: 'Version {version} of this report (report {id}) is signed by all, so the office’s words stand; a reopened period begins anew.',
  },
  too_many_control_items: {
    zh: '“双六零”每组至多 {max} 项。',
    en: 'There are at most {max} control items of a part ({part}).',
  },
  control_item_twice: { zh: '控制项编码 {code} 重复。', en: 'The control item {code} is named twice.' },
  not_an_implicit_item: {
    zh: '{item} 不是本矿的隐性成本项目，不能用来计量控制项。',
    en: '{item} is no implicit item of the mine and cannot measure a control item.',
  },
  template_name: {
    zh: '模板的文件名应为 1 到 200 个字，不含控制字符；请改名后再上传。',
    en: 'The name of the template must have 1 to 200 characters and no control characters; please rename it.',
  },
  no_such_figure: {
    zh: '没有溯源码 {code}，或其范围超出您的权限。',
    en: 'There is no figure {code}, or it is of more than you may see.',
  },
};
