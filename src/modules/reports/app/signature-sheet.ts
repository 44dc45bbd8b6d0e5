import type { Language, Said } from '../../../../analytics/report/model.js';
import { dayInChina } from '../../../platform/clock/clock.js';
import { escaped, page, type Html } from '../../../platform/html/page.js';
import type { StoredDocument } from '../db/report-file-queries.js';
import type { StoredReport } from '../db/report-queries.js';
import { SIGNING_ROLES, type Signature } from '../db/signature-queries.js';
import { SIGNING_WORDS } from '../reports.errors.js';

/** What a sheet says: which report, by hash, the documents that were written of it, and who signed. */
export interface SheetContent {
  readonly report: StoredReport;
  readonly files: readonly StoredDocument[];
  readonly signatures: readonly Signature[];
}

/** null: a draft, or all of them signed. */
export const dueRole = ({ report, signatures }: SheetContent) =>
  report.state === 'draft' ? null : (SIGNING_ROLES[signatures.length] ?? null);

const WORDS = {
  sheet: { zh: '签署页', en: 'Signature sheet' },
  report: { zh: '报告', en: 'Report' },
  version: { zh: '第{version}版', en: 'version {version}' },
  draft: { zh: '草稿（未结账），不能签署', en: 'draft, not to be signed' },
  signed: {
    zh: '签署的是报告模型的 SHA-256：',
    en: 'What is signed is the SHA-256 of the report’s model:',
  },
  files: { zh: '文件', en: 'Document' },
  hash: { zh: 'SHA-256', en: 'SHA-256' },
  place: { zh: '栏目', en: 'As' },
  name: { zh: '签署人', en: 'Name' },
  day: { zh: '日期', en: 'Date' },
} satisfies Readonly<Record<string, Said>>;

/**
 * The sheet as a page to print. It is a document of its own, so that signing rewrites nothing that was signed; places not
 * signed yet are left blank.
 */
export function signatureSheet(content: SheetContent, title: Said, language: Language): string {
  const { report, files, signatures } = content;
  const say = (word: Said) => word[language];
  const version =
    report.state === 'draft' ? say(WORDS.draft) : say(WORDS.version).replace('{version}', String(report.version));
  const places = SIGNING_ROLES.map((role) => {
    const signature = signatures.find((each) => each.role === role);
    if (signature === undefined) return [say(SIGNING_WORDS[role]), '', ''];
    const { signedBy, displayName, signedAt } = signature;
    return [say(SIGNING_WORDS[role]), displayName ?? signedBy, dayInChina(signedAt)];
  });
  const names = files.map((file) => [`${file.format} (${file.language})`, file.sha256]);
  const body: Html[] = [
    { html: `<h1>${escaped(say(WORDS.sheet))}</h1>\n` },
    { html: `<p>${escaped(title[language])}　${escaped(say(WORDS.report))} ${report.id}　${escaped(version)}</p>\n` },
    { html: `<p>${escaped(say(WORDS.signed))}<br><code>${report.modelSha256}</code></p>\n` },
    table([say(WORDS.files), say(WORDS.hash)], names),
    table([say(WORDS.place), say(WORDS.name), say(WORDS.day)], places),
  ];
  return page(`${say(WORDS.sheet)} ${title[language]}`, language === 'zh' ? 'zh-CN' : 'en', body, STYLE);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  const cells = (tag: 'th' | 'td', texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>\n`).join('');
  return { html: `<table>\n<thead><tr>${cells('th', heads)}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>\n` };
}

const STYLE = `table { margin-top: 6mm; }
code { font: 9pt/1.4 monospace; overflow-wrap: anywhere; }
table:last-of-type td { height: 12mm; vertical-align: middle; }
`;
