import type { Sentence } from '../../platform/http/language.js';

/** What is wrong with a chain, as auditors read it. */
export const AUDIT_SENTENCES: Readonly<Record<string, Sentence>> = {
  entry_changed: {
    zh: '第 {seq} 条与其哈希不符：这一条被改动过。请用备份或导出核对这一条。',
    en: 'Entry {seq} is not what was hashed: it was changed. Compare it with a backup or an export.',
  },
  entry_missing: {
    zh: '缺少第 {from} 至 {to} 条：被删除。请从备份或导出找回。',
    en: 'Entries {from} to {to} are missing: they were deleted. Find them in a backup or an export.',
  },
  entry_out_of_place: {
    zh: '第 {seq} 条不在自己的位置（此处应为第 {due} 条）：次序被调换或插入过。',
    en: 'Entry {seq} is out of place (entry {due} is due here): entries were swapped or inserted.',
  },
  entry_unreadable: {
    zh: '第 {seq} 条之后有一行不是记录：文件不完整或被改动过。',
    en: 'After entry {seq} a line is no entry: the file is cut or was changed.',
  },
  link_broken: {
    zh: '第 {seq} 条没有接在前一条之后：这一条或它的前一条被改动后重算过哈希。',
    en: 'Entry {seq} does not follow the one before it: one of the two was changed and hashed anew.',
  },
  tail_missing: {
    zh: '链到第 {seq} 条为止，但链头记有 {kept} 条：末尾被截去。',
    en: 'The chain ends at entry {seq}, but its head says {kept}: its tail was cut off.',
  },
  head_differs: {
    zh: '链到第 {seq} 条为止，与所记的链头（{kept} 条）不符：末尾被改动或添加过。',
    en: 'The chain ends at entry {seq} otherwise than its head ({kept} entries) says: its end was changed or added to.',
  },
  anchor_differs: {
    zh: '第 {seq} 条的哈希与 {occasion} 时留在库外的不符：此前的链被整体改写过。',
    en: 'The hash of entry {seq} is not the one left outside at {occasion}: the chain up to there was rewritten.',
  },
  closed_figures_changed: {
    zh: '{period} 第 {version} 次结账封存的数被改动过，请用备份恢复。',
    en: 'The figures sealed by closing {version} of {period} were changed; restore them from a backup.',
  },
  audit_export_unreadable: {
    zh: '读不到文件 {file}，请核对路径和权限。',
    en: 'The file {file} cannot be read; please check its path and rights.',
  },
  no_audit_export: {
    zh: '{file} 不是审计链的导出（GET /api/v1/audit/export），或第一行已被改动。',
    en: '{file} is no export of an audit chain (GET /api/v1/audit/export), or its first line was changed.',
  },
};
