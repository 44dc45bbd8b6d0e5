/** Who wrote it and when: the day of the closing, so that the same report is the same bytes. */
import type { PrintedReport } from '../printed-report.js';
import { CONTENT_TYPES, addTo, relationsOf, relationsPart, type Parts } from './docx-package.js';
import { oneLine } from './elements.js';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'core-properties';
const PART = 'docProps/core.xml';
/** A draft has no day. */
const NO_DAY = '2000-01-01';

/** Puts the properties of the report in the place of the template's. */
export function withProperties(parts: Parts, report: PrintedReport): void {
  const known = relationsOf(parts, '').find(({ kind }) => kind === KIND);
  if (known === undefined) {
    const relation = `<Relationship xmlns="${PACKAGE}/relationships" Id="synergyCore" Type="${PACKAGE}/relationships/metadata/${KIND}" Target="${PART}"/>`;
    const type = `<Override xmlns="${PACKAGE}/content-types" PartName="/${PART}" ContentType="application/vnd.openxmlformats-package.${KIND}+xml"/>`;
    addTo(parts, relationsPart(''), 'Relationships', relation);
    addTo(parts, CONTENT_TYPES, 'Types', type);
  }
  parts.set(known?.part ?? PART, Buffer.from(coreXml(report)));
}

function coreXml({ model, language }: PrintedReport): string {
  const time = `${model.date ?? NO_DAY}T00:00:00Z`;
  const stamp = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/${KIND}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${oneLine(model.title[language])}</dc:title><dc:creator>${oneLine(model.mine.name)}</dc:creator><dc:language>${language === 'zh' ? 'zh-CN' : 'en'}</dc:language><cp:revision>1</cp:revision>${stamp('created')}${stamp('modified')}</cp:coreProperties>`;
}
