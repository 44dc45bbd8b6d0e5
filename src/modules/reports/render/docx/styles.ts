/** The styles that a report is set in (GB/T 9704), by the names that the office sees in Word and may give another look. */
import { appended, attributeOf, localName, tagsOf } from '../../../../platform/xlsx-out/xml-edit.js';
import { TemplateRefusal } from './template-refusal.js';

/** 方正小标宋 and the _GB2312 fonts are on an office's computers; elsewhere the font table names what stands in. */
export const FONTS = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  black: '黑体',
  script: '楷体_GB2312',
  song: '宋体',
} as const;
export const LATIN_FONT = 'Times New Roman';

/** 28.95 pt, exact: 22 lines on a page. In twentieths of a point, as all lengths here. */
const LINE = '<w:spacing w:line="579" w:lineRule="exact" w:before="0" w:after="0"/>';
/** 28 characters of 16 pt in 156 mm: each 15.79 pt wide. */
const CHARACTER = '<w:spacing w:val="-5"/>';
const INDENT = '<w:ind w:firstLineChars="200" w:firstLine="630"/>';
const NO_GRID = '<w:snapToGrid w:val="0"/>';
const spaced = (before: number, after: number) => `<w:spacing w:before="${before}" w:after="${after}"/>`;
/** 35 pt: a title of several lines is set closer than the text, and a line of the text is left below it. */
const titleLine = (before: number) => `<w:spacing w:before="${before}" w:after="579" w:line="700" w:lineRule="exact"/>`;
const aligned = (to: 'center' | 'right' | 'both') => `<w:jc w:val="${to}"/>`;
const bordered = (sides: string) => `<w:pBdr>${sides}</w:pBdr>`;

interface Look {
  readonly id: string;
  readonly name: string;
  readonly font: keyof typeof FONTS;
  readonly halfPoints: number;
  /** Properties of the paragraph and of its characters, in the order of the schema. */
  readonly paragraph: string;
  readonly characters: string;
}

const look = (
  id: string,
  name: string,
  font: keyof typeof FONTS,
  halfPoints: number,
  paragraph: string,
  characters = '',
): Look => ({ id, name, font, halfPoints, paragraph, characters });

export const LOOKS = {
  head: look('SynergyHead', '协同-红头', 'title', 60, spaced(1984, 0) + aligned('center'), '<w:color w:val="FF0000"/>'),
  number: look('SynergyNumber', '协同-发文字号', 'body', 32, spaced(1158, 0) + aligned('center')),
  rule: look(
    'SynergyRule',
    '协同-红线',
    'body',
    4,
    bordered('<w:bottom w:val="single" w:sz="12" w:space="1" w:color="FF0000"/>') +
      '<w:spacing w:line="227" w:lineRule="exact"/>',
  ),
  title: look('SynergyTitle', '协同-标题', 'title', 44, titleLine(1158) + aligned('center')),
  section: look('Heading1', 'heading 1', 'black', 32, `<w:keepNext/>${LINE}${INDENT}<w:outlineLvl w:val="0"/>`),
  heading: look('Heading2', 'heading 2', 'script', 32, `<w:keepNext/>${LINE}${INDENT}<w:outlineLvl w:val="1"/>`),
  body: look('SynergyBody', '协同-正文', 'body', 32, LINE + INDENT + aligned('both'), CHARACTER),
  /** The office's own words, apart from what was computed: a bar along the side. */
  office: look(
    'SynergyOffice',
    '协同-综合办公室',
    'body',
    32,
    bordered('<w:left w:val="single" w:sz="24" w:space="8" w:color="595959"/>') + LINE + INDENT + aligned('both'),
    CHARACTER,
  ),
  annexes: look('SynergyAnnexes', '协同-附件说明', 'body', 32, `${LINE}<w:ind w:left="1600" w:hanging="960"/>`),
  annexesBelow: look('SynergyAnnexesBelow', '协同-附件说明续', 'body', 32, `${LINE}<w:ind w:left="1600"/>`),
  signer: look('SynergySigner', '协同-署名', 'body', 32, `${LINE}<w:ind w:right="640"/>${aligned('right')}`),
  annexNumber: look('SynergyAnnexNumber', '协同-附件号', 'black', 32, `<w:keepNext/><w:pageBreakBefore/>${LINE}`),
  annexTitle: look(
    'SynergyAnnexTitle',
    '协同-附件标题',
    'title',
    44,
    `<w:keepNext/>${titleLine(579)}${aligned('center')}<w:outlineLvl w:val="0"/>`,
  ),
  tableTitle: look(
    'SynergyTableTitle',
    '协同-表题',
    'black',
    24,
    `<w:keepNext/>${NO_GRID}${spaced(160, 0)}${aligned('center')}`,
  ),
  tableUnit: look(
    'SynergyTableUnit',
    '协同-表单位',
    'body',
    21,
    `<w:keepNext/>${NO_GRID}${spaced(0, 40)}${aligned('right')}`,
  ),
  tableHead: look('SynergyTableHead', '协同-表头', 'black', 21, NO_GRID + aligned('center')),
  tableWords: look('SynergyTableWords', '协同-表字', 'body', 21, NO_GRID),
  tableNumber: look('SynergyTableNumber', '协同-表数', 'body', 21, NO_GRID + aligned('right')),
  tableNote: look('SynergyTableNote', '协同-表注', 'body', 18, NO_GRID + spaced(40, 160)),
  picture: look(
    'SynergyPicture',
    '协同-图',
    'body',
    21,
    `<w:keepNext/>${NO_GRID}${spaced(160, 0)}${aligned('center')}`,
  ),
  caption: look('SynergyCaption', '协同-图题', 'black', 24, NO_GRID + spaced(40, 160) + aligned('center')),
  copies: look(
    'SynergyCopies',
    '协同-抄送',
    'body',
    28,
    bordered('<w:top w:val="single" w:sz="8" w:space="4"/><w:bottom w:val="single" w:sz="8" w:space="4"/>') +
      `${spaced(1158, 0)}<w:ind w:left="280" w:right="280"/>`,
  ),
  state: look('SynergyState', '协同-页眉', 'black', 24, NO_GRID + aligned('right')),
  oddPage: look('SynergyOddPage', '协同-单页码', 'song', 28, `${NO_GRID}<w:ind w:right="280"/>${aligned('right')}`),
  evenPage: look('SynergyEvenPage', '协同-双页码', 'song', 28, `${NO_GRID}<w:ind w:left="280"/>`),
  code: look('SynergyCode', '协同-溯源码', 'song', 15, NO_GRID + aligned('center')),
} satisfies Record<string, Look>;

/** Beside those of paragraphs: a figure's number, and the frame of a table. */
const OTHERS = {
  figure: {
    id: 'SynergyFigure',
    name: '协同-角标',
    xml: '<w:style w:type="character" w:customStyle="1" w:styleId="SynergyFigure"><w:name w:val="协同-角标"/><w:qFormat/><w:rPr><w:color w:val="595959"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
  },
  table: {
    id: 'SynergyTable',
    name: '协同-表',
    xml:
      '<w:style w:type="table" w:customStyle="1" w:styleId="SynergyTable"><w:name w:val="协同-表"/><w:qFormat/><w:tblPr><w:tblBorders>' +
      ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
        .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
        .join('') +
      '</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
  },
} as const;

export type StyleKey = keyof typeof LOOKS | keyof typeof OTHERS;
export type StyleIds = Readonly<Record<StyleKey, string>>;

interface Own {
  readonly id: string;
  readonly name: string;
  readonly xml: string;
}

const OWN: readonly (readonly [StyleKey, Own])[] = [
  ...Object.entries(LOOKS).map(([key, own]) => [key as StyleKey, { ...own, xml: styleXml(own) }] as const),
  ...Object.entries(OTHERS).map(([key, own]) => [key as StyleKey, own] as const),
];

function styleXml({ id, name, font, halfPoints, paragraph, characters }: Look): string {
  const fonts = `<w:rFonts w:ascii="${LATIN_FONT}" w:hAnsi="${LATIN_FONT}" w:eastAsia="${FONTS[font]}" w:cs="${LATIN_FONT}"/>`;
  const size = `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
  const isOwn = name.startsWith('heading') ? '' : ' w:customStyle="1"';
  return `<w:style w:type="paragraph"${isOwn} w:styleId="${id}"><w:name w:val="${name}"/><w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${fonts}${characters}${size}</w:rPr></w:style>`;
}

/**
 * The styles of a template with those of ours that it lacks, and the id of each. Word gives ids of its own when it saves, so
 * a style is found by its name; one that was renamed, by our id.
 */
export function withStyles(styles: string): { readonly styles: string; readonly ids: StyleIds } {
  const [byName, known] = stylesIn(styles);
  const ids: Partial<Record<StyleKey, string>> = {};
  let added = '';
  for (const [key, { id, name, xml }] of OWN) {
    ids[key] = byName.get(name) ?? id;
    if (!known.has(ids[key])) added += xml;
  }
  return { styles: appended(styles, 'styles', added) ?? refuse(), ids: ids as StyleIds };
}

function stylesIn(styles: string): [ReadonlyMap<string, string>, ReadonlySet<string>] {
  const [byName, known] = [new Map<string, string>(), new Set<string>()];
  let id = '';
  for (const tag of tagsOf(styles)) {
    const written = styles.slice(tag.start, tag.end);
    if (tag.isClosing) continue;
    if (localName(tag.name) === 'style') known.add((id = attributeOf(written, 'styleId') ?? ''));
    if (localName(tag.name) === 'name' && id !== '') byName.set((attributeOf(written, 'val') ?? '').toLowerCase(), id);
  }
  return [byName, known];
}

function refuse(): never {
  throw new TemplateRefusal('not_a_docx', 'styles');
}
