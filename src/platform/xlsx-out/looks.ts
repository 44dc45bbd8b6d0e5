/** How cells of our workbooks look: a fixed list, so that the styles are known before the first row is written. */

export interface Look {
  readonly font: keyof typeof FONTS;
  readonly format: keyof typeof FORMATS;
  readonly align?: 'left' | 'center' | 'right';
  readonly border?: keyof typeof BORDERS;
  readonly isFilled?: true;
  readonly isWrapped?: true;
}

/** 宋体 is on every office machine; others put a face of their own for it. */
const FACE = '<name val="宋体"/><charset val="134"/>';
const FONTS = {
  normal: `<sz val="11"/>${FACE}`,
  bold: `<b/><sz val="11"/>${FACE}`,
  italic: `<i/><sz val="11"/>${FACE}`,
  title: `<b/><sz val="14"/>${FACE}`,
  link: `<u/><sz val="9"/><color rgb="FF1F3864"/>${FACE}`,
} as const;

/** Numbers of Excel’s own formats; from 164 on they are ours. `text` keeps what is typed into it from becoming a formula. */
const FORMATS = { general: 0, count: 3, money: 4, text: 49, ratio: 164 } as const;
const OWN_FORMATS = '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.000000"/></numFmts>';

const FILLS =
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>';

const side = (name: string, style: string) => `<${name} style="${style}"><color auto="1"/></${name}>`;
const BORDERS = {
  none: '<left/><right/><top/><bottom/><diagonal/>',
  all: `${side('left', 'thin')}${side('right', 'thin')}${side('top', 'thin')}${side('bottom', 'thin')}<diagonal/>`,
  left: `${side('left', 'thick')}<right/><top/><bottom/><diagonal/>`,
  allAndLeft: `${side('left', 'thick')}${side('right', 'thin')}${side('top', 'thin')}${side('bottom', 'thin')}<diagonal/>`,
} as const;

/** The cells of a table's row, in the font of its kind. */
const rowLooks = <Kind extends string>(kind: Kind, font: Look['font']) => {
  const cell = { font, border: 'all' } as const;
  const looks = {
    words: { ...cell, format: 'text', align: 'left', isWrapped: true },
    code: { ...cell, format: 'text', align: 'center' },
    absent: { ...cell, format: 'text', align: 'right' },
    money: { ...cell, format: 'money', align: 'right' },
    count: { ...cell, format: 'count', align: 'right' },
    ratio: { ...cell, format: 'ratio', align: 'right' },
    exact: { ...cell, format: 'general', align: 'right' },
  } as const satisfies Readonly<Record<string, Look>>;
  return Object.fromEntries(Object.entries(looks).map(([name, look]) => [`${kind}.${name}`, look])) as Readonly<
    Record<`${Kind}.${keyof typeof looks}`, Look>
  >;
};

export const LOOKS = {
  /** Excel’s first is what cells without any have. */
  plain: { font: 'normal', format: 'general' },
  title: { font: 'title', format: 'general' },
  heading: { font: 'bold', format: 'general' },
  words: { font: 'normal', format: 'general', align: 'left', isWrapped: true },
  /** Words of people among computed ones. */
  marked: { font: 'normal', format: 'general', align: 'left', border: 'left', isWrapped: true },
  /** The same in a table. */
  ownWords: { font: 'normal', format: 'text', align: 'left', border: 'allAndLeft', isWrapped: true },
  /** Beside a text, to where it comes from. */
  trace: { font: 'link', format: 'general', align: 'center' },
  caption: { font: 'bold', format: 'general', align: 'center' },
  unit: { font: 'normal', format: 'general', align: 'right' },
  header: { font: 'bold', format: 'general', align: 'center', border: 'all', isFilled: true, isWrapped: true },
  ...rowLooks('body', 'normal'),
  ...rowLooks('total', 'bold'),
  ...rowLooks('tail', 'italic'),
} as const satisfies Readonly<Record<string, Look>>;
export type LookName = keyof typeof LOOKS;

const NAMES = Object.keys(LOOKS) as LookName[];
const NUMBERS = new Map(NAMES.map((name, at) => [name, at]));

/** What the attribute `s` of a cell says. */
export const lookNumber = (name: LookName): number => NUMBERS.get(name)!;

/** `xl/styles.xml` */
export function stylesXml(): string {
  const list = (name: string, parts: readonly string[]) =>
    `<${name}s count="${parts.length}">${parts.map((part) => `<${name}>${part}</${name}>`).join('')}</${name}s>`;
  return (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `${OWN_FORMATS}${list('font', Object.values(FONTS))}${FILLS}${list('border', Object.values(BORDERS))}` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${NAMES.length}">${Object.values(LOOKS).map(formatXml).join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

const place = (of: object, name: string) => Object.keys(of).indexOf(name);

function formatXml({ font, format, align, border = 'none', isFilled, isWrapped }: Look): string {
  const alignment = [
    ...(align === undefined ? [] : [`horizontal="${align}"`]),
    'vertical="center"',
    ...(isWrapped ? ['wrapText="1"'] : []),
  ].join(' ');
  return (
    `<xf numFmtId="${FORMATS[format]}" fontId="${place(FONTS, font)}" fillId="${isFilled ? 2 : 0}" ` +
    `borderId="${place(BORDERS, border)}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" ` +
    `applyBorder="1" applyAlignment="1"><alignment ${alignment}/></xf>`
  );
}
