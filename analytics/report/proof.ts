/**
 * 核验页: what proves a report. It stands outside the model, since the model's own hash stands in it, and so it has no
 * figures: only hashes and versions, as text.
 */
import { periodWords } from '../synergy/headline.js';
import { said, sentence } from './blocks.js';
import type { ReportModel, Row, Said, SealedClosing, Section, Table } from './model.js';
import { named } from './say.js';

const NOT_SEALED = said('没有封存', 'not sealed');
const NOT_ANCHORED = said('没有锚定', 'not anchored');

/** `sha256`: of the model's canonical JSON, in hex. */
export function proofOf(model: ReportModel, sha256: string): Section {
  const blocks = [sentence(statement(model)), proofTable(model, sha256), ...HOW_TO_VERIFY.map(sentence)];
  return { id: 'proof', title: said('核验页', 'Page of proof'), absent: null, blocks };
}

function statement({ state, basis }: ReportModel): Said {
  if (state === 'draft') {
    return said(
      '本报告是草稿，期间未结账，没有结账可核对；以下哈希只证明这一份草稿。',
      'This report is a draft of a period that is not closed, so there is no closing to check it against; the hash proves this draft alone.',
    );
  }
  return basis.closings.length === 0
    ? said('本报告没有附结账的记录。', 'No closing is recorded with this report.')
    : said('本报告取自下列各次结账封存的数。', 'This report was made from what the closings below sealed.');
}

const HOW_TO_VERIFY: readonly Said[] = [
  said(
    '核验方法：取本报告的JSON模型，按规范格式写出，计算SHA-256，与上列报告哈希相同，报告即未被改动；签字不改动报告。',
    'To verify: take the JSON model of this report in its canonical form and compute its SHA-256; if it equals the hash above, the report was not changed. Signing does not change it.',
  ),
  said(
    '结账封存的数和审计链，由服务的核对命令（verify）查对；上列链头另行保存，可与导出的审计链核对。',
    'The service’s verify command checks the sealed figures and the audit chain; the heads above, kept elsewhere, check an exported chain.',
  ),
];

function proofTable(model: ReportModel, sha256: string): Table {
  const { state, version, basis } = model;
  const lines: readonly (readonly [Said, Said])[] = [
    [said('报告哈希（SHA-256）', 'Hash of the report (SHA-256)'), named(sha256)],
    [said('报告版本', 'Version of the report'), state === 'draft' ? said('草稿', 'draft') : named(String(version))],
    [said('方法版本', 'Method version'), named(String(basis.methodVersion))],
    [said('数据版本', 'Data version'), named(basis.dataVersion)],
    ...basis.closings.flatMap(closingLines),
  ];
  const first = lastRowOf(model) + 1;
  return {
    ...{ kind: 'table', id: 'proof', title: said('报告与结账', 'Report and closings'), unit: null },
    columns: [
      { title: said('项目', 'What'), unit: null },
      { title: said('内容', 'Value'), unit: null },
    ],
    rows: lines.map(([what, value], at): Row => ({
      ...{ no: first + at, kind: 'body', cells: [{ text: what }, { text: value }] },
    })),
  };
}

function closingLines({ period, version, cellsSha256, auditEntries, auditHash }: SealedClosing): [Said, Said][] {
  const month = periodWords([period]);
  const of = (zh: string, en: string): Said =>
    said(`${month.zh}第${version}次结账${zh}`, `${month.en}, closing ${version}: ${en}`);
  return [
    [of('单元的SHA-256', 'SHA-256 of its cells'), cellsSha256 === null ? NOT_SEALED : named(cellsSha256)],
    [of('时的审计条数', 'entries of the audit chain'), auditEntries === null ? NOT_ANCHORED : named(auditEntries)],
    [of('时的审计链头', 'head of the audit chain'), auditHash === null ? NOT_ANCHORED : named(auditHash)],
  ];
}

/** Numbers of rows go on where the report's end, so that each is there once. */
function lastRowOf({ restatement, sections, annexes, figures }: ReportModel): number {
  const all = [...(restatement === null ? [] : [restatement]), ...sections, ...annexes];
  const rows = all.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])));
  const numbers = [...rows.map(({ no }) => no), ...figures.map(({ id }) => Number(id.split('.')[0]))];
  return numbers.reduce((last, no) => Math.max(last, no), 0);
}
