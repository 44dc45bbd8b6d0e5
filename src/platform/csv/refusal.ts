/** Why a whole CSV file is refused: nothing can be said about the rows behind such a place. */
export type CsvRefusalCode =
  | 'unsupported_encoding'
  | 'invalid_encoding'
  | 'invalid_character'
  | 'unclosed_quote'
  | 'row_too_long'
  | 'too_many_columns'
  | 'empty_file'
  | 'bad_header';

const SENTENCES: Record<CsvRefusalCode, string> = {
  unsupported_encoding: '不支持 UTF-32 编码，请存为 UTF-8 / UTF-32 is not supported, save as UTF-8',
  invalid_encoding:
    '不合 UTF-8、GB18030 或字节顺序标记所示的编码 / not in UTF-8, in GB18030, or in what the byte order mark says',
  invalid_character: '含有空字符 U+0000 / contains the character U+0000',
  unclosed_quote: '引号未闭合或字段过长 / the quote opened here is not closed within the longest field allowed',
  row_too_long: '行过长 / the row is too long',
  too_many_columns: '列数过多 / too many columns',
  empty_file: '文件没有表头 / the file has no header',
  bad_header: '表头的引号有误或列名过长 / a stray quote or an over-long name in the header',
};

/** The file is refused as a whole. `row` and `column` count from 1 as a spreadsheet shows them; null where there is none. */
export class CsvRefusal extends Error {
  override readonly name = 'CsvRefusal';

  constructor(
    readonly code: CsvRefusalCode,
    readonly row: number | null = null,
    readonly column: number | null = null,
  ) {
    const place = row === null ? '' : `第 ${row} 行 / row ${row}: `;
    super(place + SENTENCES[code]);
  }
}

/** What is wrong with the quotes or the length of a field. Rows and columns count from 1. */
export interface CsvFieldError {
  readonly code: 'stray_quote' | 'field_too_long';
  readonly row: number;
  readonly column: number;
}

/** A row that cannot be taken as it stands; the rows behind it still can. */
export type CsvRowError =
  | CsvFieldError
  | { readonly code: 'column_count'; readonly row: number; readonly expected: number; readonly found: number };
