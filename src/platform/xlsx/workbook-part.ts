import { localName, readXml, type Attributes, type XmlRules } from './xml-part.js';

export interface SheetEntry {
  readonly name: string;
  readonly state: 'visible' | 'hidden' | 'veryHidden';
  /** Relation under which the workbook names the sheet's part. */
  readonly relation: string;
}

export interface WorkbookPart {
  readonly sheets: readonly SheetEntry[];
  readonly isDate1904: boolean;
}

/** Reads the part that lists the sheets. */
export async function readWorkbookPart(bytes: AsyncIterable<Buffer>, rules: XmlRules): Promise<WorkbookPart> {
  const sheets: SheetEntry[] = [];
  const path: string[] = [];
  let isDate1904 = false;
  const open = (name: string, attributes: Attributes) => {
    const local = localName(name);
    if (path.length === 0 && local !== 'workbook') throw rules.refusal('broken_workbook');
    if (path.length === 1 && local === 'workbookPr') isDate1904 = isTrue(attributes.date1904);
    if (path.length === 2 && path[1] === 'sheets' && local === 'sheet') sheets.push(sheetEntry(attributes, rules));
    path.push(local);
  };
  await readXml(bytes, { open, text: () => undefined, close: () => void path.pop() }, rules);
  return { sheets, isDate1904 };
}

function sheetEntry(attributes: Attributes, rules: XmlRules): SheetEntry {
  const { name, state = 'visible' } = attributes;
  // The prefix of the relationships' namespace is any; the sheet's own `sheetId` has none.
  const key = Object.keys(attributes).find((attribute) => /^[^:]+:id$/.test(attribute));
  if (name === undefined || key === undefined) throw rules.refusal('broken_workbook');
  if (state !== 'visible' && state !== 'hidden' && state !== 'veryHidden') throw rules.refusal('broken_workbook');
  return { name, state, relation: attributes[key] as string };
}

/** A boolean of XML Schema; `on` is that of older editions. */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on';
