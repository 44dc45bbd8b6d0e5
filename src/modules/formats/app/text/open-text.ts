import { detectEncoding, utf8Chunks } from '../../../../platform/csv/decode.js';
import { DELIMITERS, type Delimiter } from '../../../../platform/csv/tokenizer.js';
import { isLedgerKind } from '../../../rules/tables.js';
import { knownContractHeader } from '../contract-table.js';
import { checkHeader, formatOf, partUnder } from '../found-table.js';
import { findHeader, isFound, type FoundHeader, type NearHeader } from '../layout/find-header.js';
import type { OpenedFile, OpenRequest, Part, DocumentLines } from '../opened-file.js';
import { Reading } from '../reading.js';
import { asRefusal } from '../refusals.js';
import { checkKind, unknownLayout } from '../refuse-layout.js';
import { shapeUnder } from '../row-shape.js';
import { contractHeaderIn } from './contract-header.js';
import { headsOf, type Heads } from './heads.js';
import { readShaped, type ShapedText } from './read-shaped.js';
import { readTable, tablePart, type TextTable } from './read-table.js';
import { refuseUnread } from './refuse-unread.js';
import { isU8Head, U8_COLUMNS, U8_FEWEST_FIELDS, U8_SHAPE } from './u8.js';

/** Everything about a text that is told before it is read. */
interface TextPlan {
  readonly format: OpenedFile['format'];
  readonly delimiter: Delimiter;
  readonly part: Part;
  readonly lines: (reading: Reading, onRows: (rows: number) => void) => AsyncGenerator<DocumentLines, void, undefined>;
}

/** Delimited text of any known layout, or U8's. @throws FileRefusal */
export async function openText(request: OpenRequest): Promise<OpenedFile> {
  const detected = await asRefusal(detectEncoding(request.path));
  const heads = await headsOf(() => utf8Chunks(request.path, detected));
  const { format, delimiter, part, lines } = await planOf(request, heads);
  const reading = new Reading(request.limits);
  return {
    ...{ format, container: format === 'u8' ? 'text' : 'csv', encoding: detected.encoding, delimiter },
    ...{ documents: [part.document], parts: [part], result: reading },
    read: (onRows) => lines(reading, onRows),
    close: () => Promise.resolve(),
  };
}

async function planOf(request: OpenRequest, heads: Heads): Promise<TextPlan> {
  const { kind, limits } = request;
  if (heads.rows.get(',')?.some(isU8Head)) {
    checkKind(request, ['vouchers']);
    return u8Plan(heads);
  }
  if (kind !== null && !isLedgerKind(kind)) {
    return tablePlan(heads, await contractHeaderIn(kind, request.headers, heads));
  }
  const table = kind === null ? contractTableIn(request, heads) : null;
  if (table !== null) return tablePlan(heads, table);
  const { delimiter, found } = layoutIn(request, heads) ?? (await refuseUnread(heads));
  if (!isFound(found)) throw unknownLayout(found, null);
  checkKind(request, [found.match.layout.document]);
  checkHeader(found, null, limits);
  return shapedPlan(heads, delimiter, found);
}

function contractTableIn(request: OpenRequest, heads: Heads): TextTable | null {
  for (const delimiter of DELIMITERS) {
    const first = heads.rows.get(delimiter)![0];
    const names = first?.fields.map((name) => name ?? '') ?? [];
    const table = knownContractHeader(names, request.headers);
    if (table === null) continue;
    return { table, columns: names.length, delimiter, headerRow: first!.row, isHeaderStated: heads.sepRows > 0 };
  }
  return null;
}

/** Under each delimiter: the one that shows most columns of a layout wins, else the one that comes nearest; null without any row. */
function layoutIn(
  request: OpenRequest,
  heads: Heads,
): { delimiter: Delimiter; found: FoundHeader | NearHeader } | null {
  let best: { delimiter: Delimiter; found: FoundHeader | NearHeader; worth: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const rows = heads.rows.get(delimiter)!;
    const found = findHeader(rows, request.headers);
    const columns = found.match?.fields.size ?? 0;
    const worth = (isFound(found) ? 1_000_000 : 0) + columns * 1000 + Math.min(999, found.names.length);
    if (rows.length > 0 && worth > (best?.worth ?? -1)) best = { delimiter, found, worth };
  }
  return best;
}

function u8Plan(heads: Heads): TextPlan {
  const text: ShapedText = {
    ...{ shape: U8_SHAPE, delimiter: ',', headerRow: 1, fewest: U8_FEWEST_FIELDS, most: Number.MAX_SAFE_INTEGER },
  };
  return {
    ...{ format: 'u8', delimiter: ',' },
    part: { sheet: null, sheetIndex: 0, document: 'vouchers', headerRow: 0, columns: U8_COLUMNS, ignored: [] },
    lines: (reading, onRows) => readShaped(heads.chunks(), text, reading, onRows),
  };
}

function tablePlan(heads: Heads, table: TextTable): TextPlan {
  return {
    ...{ format: 'table', delimiter: table.delimiter, part: tablePart(table) },
    lines: (reading, onRows) => readTable(heads.chunks(), table, reading, onRows),
  };
}

function shapedPlan(heads: Heads, delimiter: Delimiter, found: FoundHeader): TextPlan {
  const { names, headerRow } = found;
  // Columns without a name at the end are left-overs of a spreadsheet; rows need not have them.
  const fewest = names.findLastIndex((name) => name !== '') + 1;
  const text = { shape: shapeUnder(found), delimiter, headerRow, fewest, most: names.length };
  return {
    ...{ format: formatOf(found), delimiter, part: partUnder(found, null, 0) },
    lines: (reading, onRows) => readShaped(heads.chunks(), text, reading, onRows),
  };
}
