import { MAX_COLUMNS } from '../../../../platform/csv/header.js';
import { CsvTokenizer } from '../../../../platform/csv/tokenizer.js';
import { refusal, refusalOf } from '../refusals.js';
import { unknownLayout } from '../refuse-layout.js';
import type { Heads } from './heads.js';

/**
 * Why not one of a text's first rows can be read: it has none, or there is something wrong with the first.
 * @throws FileRefusal empty_file, row_too_long, field_too_long, too_many_columns, unclosed_quote, invalid_character,
 *   unknown_layout
 */
export async function refuseUnread({ chunks, sepRows }: Heads): Promise<never> {
  const tokenizer = new CsvTokenizer();
  try {
    for await (const chunk of chunks()) {
      tokenizer.push(chunk);
      refuseFirstRow(tokenizer, sepRows);
    }
    tokenizer.end();
    refuseFirstRow(tokenizer, sepRows);
  } catch (error) {
    throw refusalOf(error);
  }
  throw refusal('empty_file');
}

function refuseFirstRow(tokenizer: CsvTokenizer, sepRows: number): void {
  while (tokenizer.next()) {
    const { row, problem, fieldCount, bytes, starts, ends } = tokenizer;
    if (row <= sepRows || tokenizer.isBlank()) continue;
    if (problem?.code === 'field_too_long') throw refusal(problem.code, { row, column: String(problem.column) });
    if (fieldCount > MAX_COLUMNS) throw refusal('too_many_columns', { row });
    throw unknownLayout({ names: [bytes.toString('utf8', starts[0], ends[fieldCount - 1])], match: null }, null);
  }
}
