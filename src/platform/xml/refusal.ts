/** Why an XML file is refused: after such a place nothing in it means anything. */
export type XmlRefusalCode =
  | 'doctype_forbidden'
  | 'malformed_xml'
  | 'too_deep'
  | 'element_too_long'
  | 'too_many_names'
  | 'mixed_content'
  | 'unsupported_encoding'
  | 'invalid_encoding'
  | 'empty_file';

/** The file is refused as a whole. */
export class XmlRefusal extends Error {
  override readonly name = 'XmlRefusal';

  constructor(
    readonly code: XmlRefusalCode,
    /** Line and column (in characters) of the place, from 1; 0: the whole file, or the whole line. */
    readonly line = 0,
    readonly column = 0,
    /** The innermost element that is open there, without its prefix; '' for none. */
    readonly element = '',
    /** What the parser says, for the log. */
    detail = '',
  ) {
    super(`${code} ${line}:${column}${detail === '' ? '' : ` (${detail})`}`);
  }
}
