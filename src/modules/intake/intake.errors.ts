/** What people read when something cannot be taken in at all. */
export const INTAKE_SENTENCES = {
  row_refused: {
    zh: '这一行没有入账，请按下面每一条改正后重新提交。',
    en: 'The row was not taken in; please correct every point below and send it again.',
  },
  unknown_import: { zh: '没有编号为 {id} 的导入。', en: 'There is no import {id}.' },
  not_multipart: {
    zh: '请以 multipart/form-data 提交，字段 kind 和 file。',
    en: 'Send multipart/form-data with the fields kind and file.',
  },
  unknown_import_kind: { zh: '字段 kind 应为下列之一：{kinds}。', en: 'The field kind must be one of: {kinds}.' },
  invalid_field: {
    zh: '字段 {field} 填写有误，请按接口说明改正。',
    en: 'The field {field} is not written as described; please correct it.',
  },
  not_to_be_superseded: {
    zh: '导入 {import_id} 不能被替换：它不存在、没有入账单据，或已被替换。请核对编号。',
    en: 'Import {import_id} cannot be superseded: it does not exist, posted no records, or is superseded already. Please check its number.',
  },
  imported_by_other_profile: {
    zh: '同样的内容已由导入 {import_id} 按方案「{profile}」收入；要换一个方案，请在 supersedes 中填 {import_id}，由这次导入替换它。',
    en: 'Import {import_id} took the same content in by the profile “{profile}”; to use another one, please give supersedes={import_id}, so that this import replaces it.',
  },
  same_content_elsewhere: {
    zh: '同样的内容已由别人交入，您的部门范围看不到那一次导入，没有再收；请与财务核对。',
    en: 'Somebody else handed the same content in, in an import that is beyond your departments; it was not taken again. Please ask finance.',
  },
  nothing_to_compare: {
    zh: '导入 {id} 没有替换别的导入，没有可比的内容。',
    en: 'Import {id} superseded no other import; there is nothing to compare it with.',
  },
  nothing_to_mark: {
    zh: '导入 {id} 没有需要改正的地方，没有标注的工作簿。',
    en: 'Import {id} has nothing to be corrected, and so no marked workbook.',
  },
  unknown_import_file: {
    zh: '导入 {id} 中没有名为 {file} 的文件，请核对文件名。',
    en: 'Import {id} has no file named {file}; please check the name.',
  },
  file_not_kept: {
    zh: '导入 {id} 不是以文件交入的，没有可下载的原件。',
    en: 'Import {id} did not come as a file; there is no original to give back.',
  },
  marking_busy: {
    zh: '正在标注别的工作簿，请过几秒再试。',
    en: 'Other workbooks are being marked; please try again in a few seconds.',
  },
  file_missing: { zh: '没有收到文件，请在字段 file 中附上。', en: 'No file arrived; attach it in the field file.' },
} as const;
