import type { LedgerKind } from '../../rules/ledger-columns.js';
import { columnsOf, type TableKind } from '../../rules/tables.js';
import type { NearHeader } from './layout/find-header.js';
import { columnFedBy } from './layout/layout.js';
import type { FileRefusal, OpenRequest } from './opened-file.js';
import { refusal } from './refusals.js';

/** Enough headers for a person to recognise the file by. */
const MAX_HEADERS = 15;
const MAX_HEADER_LENGTH = 20;

/** As people call them. */
const TITLES: Readonly<Record<LedgerKind, string>> = {
  ...{ vouchers: '序时账、凭证', balances: '科目余额表', accounts: '会计科目表', settlements: '结算单' },
  ...{ coal_settlements: '各煤种结算汇总表', management: '生产经营情况月报' },
};

/** No row is the header of a known table: what was found, and what the nearest layout lacks. */
export function unknownLayout({ names, match }: NearHeader, sheet: string | null): FileRefusal {
  const shown = names.filter((name) => name !== '').map((name) => [...name].slice(0, MAX_HEADER_LENGTH).join(''));
  const headers = shown.slice(0, MAX_HEADERS).join('、') + (shown.length > MAX_HEADERS ? '…' : '');
  const at = sheet === null ? {} : { sheet };
  if (match === null || match.fields.size === 0) return refusal('unknown_layout', at, { headers });
  const { layout, lacking } = match;
  const chinese = (field: string) =>
    columnsOf(layout.document).find(({ name }) => name === columnFedBy(layout, field))?.chinese ?? field;
  const params = { headers, closest: TITLES[layout.document], lacking: lacking.map(chinese).join('、') };
  return refusal('unknown_layout', at, params);
}

/** @throws FileRefusal kind_mismatch where the sender said that the file holds something else */
export function checkKind({ kind }: OpenRequest, documents: readonly TableKind[]): void {
  if (kind === null || documents.includes(kind)) return;
  throw refusal('kind_mismatch', {}, { stated: kind, found: documents.join('、') });
}
