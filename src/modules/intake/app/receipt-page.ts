import { sentenceOf, type Language } from '../../rules/messages.js';
import { page, type Html } from '../../../platform/html/page.js';
import { element, table } from './receipt-html.js';
import type { Receipt, ReceiptComparison, ReceiptFinding } from './receipt.js';
import {
  DELIMITERS,
  FORMAT_NAMES,
  REASONS,
  STATUSES,
  TOTAL_KINDS,
  WAITING,
  wordOf,
  wordedColumn,
  wordedFinding,
} from './receipt-words.js';

/**
 * The receipt as a page of its own to look at and to print on A4: no script, nothing loaded from anywhere, every text of
 * the sender escaped. Money is in yuan, times are Beijing time.
 */
export function renderReceipt(receipt: Receipt, language: Language): string {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const title = say('导入回执', 'Receipt of an import');
  const body = [
    element('h1', title),
    element('p', say('单位：元', 'unit: yuan'), 'unit'),
    facts(receipt, language),
    section(say('行数', 'Rows'), rowsTable(receipt, language)),
    section(say('合计核对', 'Control totals'), totalsTable(receipt, language)),
    section(say('各部门单据', 'Records by department'), departmentsTable(receipt, language)),
    section(say('未入账的行', 'Left out'), leftOutTable(receipt, language)),
    section(say('科目', 'Accounts'), accountsTable(receipt, language)),
    section(say('文件', 'Files'), filesTable(receipt, language)),
    section(say('未读取的工作表和部分', 'Sheets and parts not read'), skippedPartsTable(receipt, language)),
    section(findingsTitle(receipt, language), findingsTable(receipt, language)),
  ];
  return page(title, language === 'zh' ? 'zh-CN' : 'en', body);
}

const section = (title: string, content: Html | null): Html =>
  content === null ? { html: '' } : { html: element('h2', title).html + content.html };

function facts(of: Receipt, language: Language): Html {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const version =
    of.profile?.version == null ? '' : say(`（第 ${of.profile.version} 版）`, ` (v${of.profile.version})`);
  const rows: [string, string][] = [
    [say('导入编号', 'Import'), of.importId],
    [say('结果', 'Result'), resultOf(of, language) + reasonOf(of, language)],
    [say('矿井', 'Mine'), `${of.mine.name}（${of.mine.code}）`],
    [say('交件人', 'Handed in by'), of.actor],
    [say('交件时间', 'Handed in at'), beijing(of.createdAt)],
    [say('完成时间', 'Finished at'), of.finishedAt === null ? '—' : beijing(of.finishedAt)],
    [say('文件名', 'File name'), of.fileName],
    [say('大小', 'Size'), `${grouped(String(of.sizeBytes))} ${say('字节', 'bytes')}`],
    ['SHA-256', of.sha256],
    [say('格式', 'Format'), of.format === null ? '—' : wordOf(FORMAT_NAMES, of.format, language)],
    [say('映射方案', 'Mapping profile'), of.profile === null ? '—' : of.profile.name + version],
    ...(of.supersedes === null ? [] : [[say('替换的导入', 'Supersedes import'), of.supersedes] as [string, string]]),
    ...(of.supersededBy === null
      ? []
      : [[say('已被替换，新的导入', 'Superseded by import'), of.supersededBy] as [string, string]]),
  ];
  return table([], rows, { isHeadedLeft: true });
}

const resultOf = ({ status, approval }: Receipt, language: Language): string =>
  status === 'accepted' && approval !== null && Object.hasOwn(WAITING, approval.state)
    ? wordOf(WAITING, approval.state, language)
    : wordOf(STATUSES, status, language);

const reasonOf = ({ reason }: Receipt, language: Language): string =>
  reason === null ? '' : ` · ${sentenceOf({ code: reason, column: '', params: {} }, language)}`;

function rowsTable(of: Receipt, language: Language): Html {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const skipped = of.skipped.map(({ reason, rows }): [string, string] => [
    say('跳过：', 'skipped: ') + wordOf(REASONS, reason, language),
    String(rows),
  ]);
  return table(
    [say('项目', 'What'), say('行数', 'Rows')],
    [
      [say('读取', 'read'), String(of.rows.read)],
      [say('入账', 'posted'), String(of.rows.posted)],
      [say('跳过', 'skipped'), String(of.rows.skipped)],
      ...skipped,
      [say('拒收', 'refused'), String(of.rows.refused)],
    ],
    { numbers: [1] },
  );
}

function totalsTable(of: Receipt, language: Language): Html {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const what = ({ kind, document, row, label }: ReceiptComparison) =>
    [wordOf(TOTAL_KINDS, kind, language), document, row === null ? '' : say(`第 ${row} 行`, `row ${row}`), label]
      .filter((part) => part !== '')
      .join(' · ');
  const typed = of.typedTotals;
  const stated = (text: string | number | null | undefined) => (text == null ? '—' : grouped(String(text)));
  return table(
    [say('项目', 'What'), say('写明', 'Stated'), say('实有', 'Found'), say('差额', 'Difference')],
    [
      [say('入账单据（行）', 'records posted'), stated(typed?.rows), String(of.controlTotals.rows), '—'],
      [say('入账金额', 'amount posted'), stated(typed?.amount), grouped(of.controlTotals.amount), '—'],
      ...of.comparisons.map((each) => [
        what(each),
        ...[each.stated, each.found, each.difference].map((figure) => grouped(figure)),
      ]),
    ],
    { numbers: [1, 2, 3] },
  );
}

function departmentsTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.departments.length === 0) return null;
  return table(
    [say('部门', 'Department'), say('行数', 'Rows'), say('金额', 'Amount')],
    of.departments.map(({ department, rows, amount }) => [department, String(rows), grouped(amount)]),
    { numbers: [1, 2] },
  );
}

function leftOutTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.leftOut.length === 0) return null;
  return table(
    [say('原因', 'Reason'), say('行数', 'Lines'), say('金额', 'Amount')],
    of.leftOut.map(({ reason, lines, amount }) => [wordOf(REASONS, reason, language), String(lines), grouped(amount)]),
    { numbers: [1, 2] },
  );
}

function accountsTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.accounts.length === 0) return null;
  const rows = of.accounts.map((each) => [
    ...[each.period, each.account, each.name ?? '', wordOf(REASONS, each.reason, language), String(each.lines)],
    ...[each.debit, each.credit, each.imported].map((figure) => grouped(figure)),
  ]);
  const rest = of.accountCount - of.accounts.length;
  if (rest > 0) rows.push([say(`另有 ${rest} 行`, `and ${rest} more`), '', '', '', '', '', '', '']);
  return table(
    [
      ...[say('期间', 'Period'), say('科目', 'Account'), say('名称', 'Name'), say('去向', 'What became of it')],
      ...[say('行数', 'Lines'), say('借方', 'Debit'), say('贷方', 'Credit'), say('入账', 'Imported')],
    ],
    rows,
    { numbers: [4, 5, 6, 7] },
  );
}

function filesTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.files.length === 0) return null;
  return table(
    [
      ...[say('文件', 'File'), say('格式', 'Format'), say('编码', 'Encoding'), say('读取', 'Read')],
      ...[say('新增', 'Added'), say('改动', 'Changed'), say('未变', 'Unchanged'), say('跳过', 'Skipped')],
      ...[say('金额', 'Amount'), 'SHA-256'],
    ],
    of.files.map((file) => [
      file.name,
      wordOf(FORMAT_NAMES, file.format ?? file.kind, language),
      [file.encoding ?? '—', file.delimiter === null ? '' : wordOf(DELIMITERS, file.delimiter, language)].join(' '),
      ...[file.read, file.added, file.changed, file.unchanged, file.skipped].map(String),
      ...[grouped(file.amount), file.sha256],
    ]),
    { numbers: [3, 4, 5, 6, 7, 8] },
  );
}

function skippedPartsTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.skippedParts.length === 0) return null;
  return table(
    [say('文件', 'File'), say('工作表或部分', 'Sheet or part'), say('行数', 'Rows')],
    of.skippedParts.map(({ file, name, rows }) => [file, name, String(rows)]),
    { numbers: [2] },
  );
}

function findingsTitle(of: Receipt, language: Language): string {
  const { length } = of.findings;
  const all = language === 'zh' ? `问题（共 ${of.findingCount} 处` : `Findings (${of.findingCount}`;
  const shown = language === 'zh' ? `，列出前 ${length} 处` : `, the first ${length} listed`;
  return all + (of.findingCount > length ? shown : '') + (language === 'zh' ? '）' : ')');
}

function findingsTable(of: Receipt, language: Language): Html | null {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  if (of.findings.length === 0) return null;
  const place = ({ file, sheet }: ReceiptFinding) => (sheet === null ? file : `${file} · ${sheet}`);
  return table(
    [
      ...[say('文件与工作表', 'File and sheet'), say('行', 'Row'), say('列', 'Column')],
      ...[say('哪里不对，怎么办', 'What is wrong, what to do'), say('代码', 'Code')],
    ],
    of.findings.map((finding) => [
      place(finding),
      finding.row === 0 ? say('全文', 'all') : String(finding.row),
      wordedColumn(finding, of.kind, language),
      wordedFinding(finding, of.kind, language),
      finding.code,
    ]),
    { numbers: [1] },
  );
}

/** `1234567.80` → `1,234,567.80`, on the text itself. */
const grouped = (text: string): string =>
  text.replace(/^(-?)(\d+)/, (_, sign: string, whole: string) => {
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',');
  });

/** All mines are in one time zone. */
const BEIJING = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const beijing = (iso: string): string => BEIJING.format(new Date(iso));
