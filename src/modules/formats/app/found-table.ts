import type { LedgerKind } from '../../rules/ledger-columns.js';
import { headerKey } from './layout/header-key.js';
import type { FoundHeader } from './layout/find-header.js';
import { columnFedBy } from './layout/layout.js';
import { FileRefusal, type FileProblem, type FormatId, type FormatLimits, type Part } from './opened-file.js';
import { partColumns } from './row-shape.js';

const FORMAT_OF: Readonly<Record<LedgerKind, FormatId>> = {
  ...{ vouchers: 'journal', balances: 'balance_sheet', accounts: 'balance_sheet' },
  ...{ settlements: 'settlement', coal_settlements: 'coal_settlement', management: 'management' },
};

/** Columns that only K/3's sheet of vouchers has, by title and by field name. */
const K3_TITLES = ['系统模块', '业务描述', '机制凭证', '往来业务编号', '币别代码', '数量单位', '参考信息', '凭证摘要'];
const K3_FIELDS = ['fgroupid', 'faccountnum', 'fexplanation', 'fentryid', 'fdebit', 'fcredit', 'fserialnum'];
const ENOUGH = 4;

export function formatOf({ match, names }: FoundHeader): FormatId {
  const { document } = match.layout;
  if (document !== 'vouchers') return FORMAT_OF[document];
  const keys = new Set(names.map((name) => headerKey(name).key));
  const isK3 = [K3_TITLES, K3_FIELDS].some((marks) => marks.filter((mark) => keys.has(mark)).length >= ENOUGH);
  return isK3 ? 'k3' : 'journal';
}

export function partUnder(found: FoundHeader, sheet: string | null, sheetIndex: number): Part {
  const { match, headerRow, names } = found;
  const read = new Set(match.fields.values());
  return {
    ...{ sheet, sheetIndex, document: match.layout.document, headerRow, columns: partColumns(found) },
    ignored: names.filter((name, place) => name !== '' && !read.has(place)),
  };
}

/**
 * A header of a known layout may still not be one to read under: a column twice, amounts not in yuan, no period.
 * @throws FileRefusal doubled_column, unit_not_yuan, missing_column, too_many_columns
 */
export function checkHeader(found: FoundHeader, sheet: string | null, { maxColumns }: FormatLimits): void {
  const { match, facts, names, headerRow: row } = found;
  const { layout } = match;
  const { document } = layout;
  const at = { row, document, ...(sheet === null ? {} : { sheet }) };
  const problems: FileProblem[] = match.doubled.map((field) => ({
    ...{ ...at, column: columnFedBy(layout, field), code: 'doubled_column', params: {} },
  }));
  if (document !== 'management') {
    for (const [field, unit] of match.otherUnits) {
      problems.push({ ...at, column: columnFedBy(layout, field), code: 'unit_not_yuan', params: { unit } });
    }
    if (facts.moneyUnit !== null) {
      problems.push({ ...at, column: '', code: 'unit_not_yuan', params: { unit: facts.moneyUnit } });
    }
  }
  const needsPeriod = document === 'balances' || document === 'coal_settlements' || document === 'management';
  if (needsPeriod && !match.fields.has('period') && facts.period === null) {
    problems.push({ ...at, column: 'period', code: 'missing_period', params: {} });
  }
  const needsYear = match.fields.has('day') && !match.fields.has('year') && !match.fields.has('period');
  if (needsYear && facts.year === null) {
    problems.push({ ...at, column: 'date', code: 'missing_year', params: {} });
  }
  if (names.length > maxColumns) {
    problems.push({ ...at, column: '', code: 'too_many_columns', params: { limit: String(maxColumns) } });
  }
  if (problems.length > 0) throw new FileRefusal(problems);
}
