/** What we use of pdfmake 0.3, which brings no types. Lengths are points. */
declare module 'pdfmake' {
  export type Margin = readonly [left: number, top: number, right: number, bottom: number];
  export type Alignment = 'left' | 'right' | 'center' | 'justify';

  export interface Style {
    readonly fontSize?: number;
    readonly lineHeight?: number;
    readonly bold?: boolean;
    readonly color?: string;
    readonly alignment?: Alignment;
    readonly margin?: Margin;
    readonly leadingIndent?: number;
    readonly noWrap?: boolean;
    readonly sup?: boolean;
  }

  export interface Text extends Style {
    readonly text: string | readonly (string | Text)[];
    readonly id?: string;
    readonly outline?: boolean;
    readonly outlineText?: string;
    readonly outlineParentId?: string;
    readonly outlineExpanded?: boolean;
    readonly pageBreak?: 'before';
  }

  /** In a table. */
  export interface CellOptions {
    readonly colSpan?: number;
    readonly border?: readonly [left: boolean, top: boolean, right: boolean, bottom: boolean];
    readonly fillColor?: string;
  }

  export interface TableLayout {
    readonly hLineWidth: (line: number, node: TableNode) => number;
    readonly vLineWidth: (line: number, node: TableNode) => number;
    readonly hLineColor?: (line: number) => string;
    readonly paddingLeft: (column: number) => number;
    readonly paddingRight: (column: number) => number;
    readonly paddingTop: (row: number) => number;
    readonly paddingBottom: (row: number) => number;
  }

  export interface TableNode extends Style {
    readonly table: {
      readonly widths: readonly (number | '*')[];
      readonly headerRows?: number;
      readonly keepWithHeaderRows?: number;
      readonly dontBreakRows?: boolean;
      readonly body: readonly (readonly (Text & CellOptions)[])[];
    };
    readonly layout: TableLayout;
  }

  export interface ImageNode extends Style {
    /** A data URL. */
    readonly image: string;
    readonly fit: readonly [width: number, height: number];
  }

  export interface Stack extends Style {
    readonly stack: readonly Node[];
    readonly unbreakable?: boolean;
  }

  export type Node = Text | TableNode | ImageNode | Stack;

  export interface Definition {
    readonly pageSize: 'A4';
    readonly pageMargins: Margin;
    readonly language: string;
    readonly displayTitle: boolean;
    readonly info: Readonly<Record<'title' | 'author' | 'subject', string>> &
      Readonly<Record<'creationDate' | 'modDate', Date>>;
    readonly defaultStyle: Style & { readonly font: string };
    readonly header?: (page: number) => Node;
    readonly footer: (page: number) => Node;
    readonly watermark?: { readonly text: string; readonly color: string; readonly opacity: number };
    readonly content: readonly Node[];
  }

  const pdfmake: {
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    addFonts(fonts: Readonly<Record<string, { readonly normal: string; readonly bold: string }>>): void;
    setUrlAccessPolicy(mayRead: (url: string) => boolean): void;
    setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}
