export type TemplateRefusalCode =
  | 'template_too_large'
  | 'too_many_parts'
  | 'encrypted'
  | 'not_a_docx'
  | 'malformed_xml'
  | 'macros'
  | 'external_link'
  | 'forbidden_part'
  | 'forbidden_field'
  | 'missing_placeholder'
  | 'unknown_placeholder'
  | 'misplaced_placeholder';

/** A template that the report is not written into. `what` names the part, the field or the placeholders. */
export class TemplateRefusal extends Error {
  override readonly name = 'TemplateRefusal';

  constructor(
    readonly code: TemplateRefusalCode,
    readonly what = '',
  ) {
    super(what === '' ? code : `${code}: ${what}`);
  }
}
