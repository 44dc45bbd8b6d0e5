/**
 * The template that a report is written into where the office has sent none, and the one that it begins with: everything
 * about the look is in it, and every {{placeholder}} may be moved, or overwritten with words of the office's own.
 */
import { writeParts, CONTENT_TYPES } from './docx-package.js';
import { FONTS, LATIN_FONT, LOOKS, withStyles, type StyleKey } from './styles.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPACES = `xmlns:w="${MAIN}" xmlns:r="${OFFICE}"`;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export function defaultTemplate(): Promise<Uint8Array> {
  const parts: Readonly<Record<string, string>> = {
    [CONTENT_TYPES]: contentTypes(),
    '_rels/.rels': relationships([['officeDocument', 'word/document.xml']]),
    'word/document.xml': documentXml(),
    'word/_rels/document.xml.rels': relationships(RELATED.map(([kind, name]) => [kind, `${name}.xml`])),
    'word/styles.xml': DECLARATION + withStyles(BASE_STYLES).styles,
    'word/settings.xml': SETTINGS,
    'word/fontTable.xml': fontTable(),
    'word/header1.xml': part('hdr', paragraph('state', '{{状态}}')),
    'word/header2.xml': part('hdr', paragraph('state', '{{状态}}')),
    'word/footer1.xml': part('ftr', pageNumber('oddPage') + paragraph('code', '{{溯源}}')),
    'word/footer2.xml': part('ftr', pageNumber('evenPage') + paragraph('code', '{{溯源}}')),
  };
  return writeParts(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

/** rId1 and on, in this order. */
const RELATED = [
  ...([
    ['styles', 'styles'],
    ['settings', 'settings'],
    ['fontTable', 'fontTable'],
  ] as const),
  ...([
    ['header', 'header1'],
    ['header', 'header2'],
    ['footer', 'footer1'],
    ['footer', 'footer2'],
  ] as const),
] as const;

function contentTypes(): string {
  const overrides = [['document.main', 'document'] as const, ...RELATED].map(
    ([kind, name]) => `<Override PartName="/word/${name}.xml" ContentType="${WORD}.${kind}+xml"/>`,
  );
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function relationships(related: readonly (readonly [kind: string, target: string])[]): string {
  const each = related.map(
    ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

const part = (root: 'hdr' | 'ftr', content: string): string =>
  `${DECLARATION}<w:${root} ${SPACES}>${content}</w:${root}>`;

const paragraph = (style: StyleKey & keyof typeof LOOKS, text: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${LOOKS[style].id}"/></w:pPr>${text === '' ? '' : `<w:r><w:t>${text}</w:t></w:r>`}</w:p>`;

/** — 1 — (GB/T 9704 7.5) */
function pageNumber(style: 'oddPage' | 'evenPage'): string {
  const dash = (text: string) =>
    `<w:r><w:rPr><w:rFonts w:eastAsia="${FONTS.song}" w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const field = `${mark('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${mark('separate')}<w:r><w:t>1</w:t></w:r>${mark('end')}`;
  return `<w:p><w:pPr><w:pStyle w:val="${LOOKS[style].id}"/></w:pPr>${dash('— ')}${field}${dash(' —')}</w:p>`;
}

/** A4; margins of 37, 35, 28 and 26 mm; the page number 7 mm below the text (GB/T 9704 6.1, 7.5). In twips. */
const SECTION =
  '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="even" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="1134" w:footer="992" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>';

function documentXml(): string {
  const content = [
    paragraph('head', '{{红头}}'),
    paragraph('number', '{{发文字号}}'),
    paragraph('rule', ''),
    paragraph('title', '{{标题}}'),
    paragraph('body', '{{正文}}'),
    paragraph('signer', '{{署名}}'),
    paragraph('signer', '{{成文日期}}'),
    paragraph('body', '{{附件}}'),
    paragraph('copies', '{{抄送}}'),
  ];
  return `${DECLARATION}<w:document ${SPACES}><w:body>${content.join('')}${SECTION}</w:body></w:document>`;
}

const FONT_PROPERTIES = `<w:rFonts w:ascii="${LATIN_FONT}" w:hAnsi="${LATIN_FONT}" w:eastAsia="${FONTS.body}" w:cs="${LATIN_FONT}"/>`;
const BASE_STYLES = `<w:styles ${SPACES}><w:docDefaults><w:rPrDefault><w:rPr>${FONT_PROPERTIES}<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;

const SETTINGS = `${DECLARATION}<w:settings ${SPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`;

/** Each font with those that may stand in for it, and what kind it is for programs that know none of them. */
const STAND_INS: readonly (readonly [font: string, others: string, kind: string, panose: string])[] = [
  [FONTS.title, '方正小标宋_GBK,华文中宋,宋体,SimSun,Noto Serif CJK SC', 'auto', '02010601030101010101'],
  [FONTS.body, '仿宋,FangSong,华文仿宋,Noto Serif CJK SC', 'modern', '02010609030101010101'],
  [FONTS.black, 'SimHei,微软雅黑,Noto Sans CJK SC', 'modern', '02010609060101010101'],
  [FONTS.script, '楷体,KaiTi,华文楷体,Noto Serif CJK SC', 'modern', '02010609030101010101'],
  [FONTS.song, 'SimSun,新宋体,Noto Serif CJK SC', 'auto', '02010600030101010101'],
];

function fontTable(): string {
  const chinese = STAND_INS.map(
    ([font, others, family, panose]) =>
      `<w:font w:name="${font}"><w:altName w:val="${others}"/><w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  );
  const latin = `<w:font w:name="${LATIN_FONT}"><w:altName w:val="Liberation Serif"/><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`;
  return `${DECLARATION}<w:fonts ${SPACES}>${chinese.join('')}${latin}</w:fonts>`;
}
