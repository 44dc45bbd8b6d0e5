import type { CellComment } from './comments-part.js';

/** The boxes of comments are VML, which the office formats keep for them alone (ECMA-376 part 4, 19.1). */
const SHAPE_TYPE = '_x0000_t202';
/** A drawing numbers its shapes from here. */
const FIRST_SHAPE = 1025;

export const NO_DRAWING =
  '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"' +
  ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>' +
  '</o:shapelayout></xml>';

const NAMESPACES =
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"' +
  ' xmlns:x="urn:schemas-microsoft-com:office:excel"';

/**
 * The drawing with a hidden box for each comment, shown when the cell is pointed at. Text is added before the end: such
 * parts need not be well-formed XML. Null where it has no end.
 */
export function withBoxes(drawing: string, comments: readonly CellComment[]): string | null {
  const end = /<\/xml\s*>\s*$/.exec(drawing);
  if (end === null) return null;
  const first = highestShape(drawing) + 1;
  const type = drawing.includes(`id="${SHAPE_TYPE}"`) ? '' : shapeType();
  const boxes = comments.map((comment, index) => box(comment, first + index));
  return drawing.slice(0, end.index) + type + boxes.join('') + drawing.slice(end.index);
}

function highestShape(drawing: string): number {
  let highest = FIRST_SHAPE - 1;
  for (const [, number] of drawing.matchAll(/_x0000_s(\d{1,9})\b/g)) highest = Math.max(highest, Number(number));
  return highest;
}

const shapeType = (): string =>
  `<v:shapetype ${NAMESPACES} id="${SHAPE_TYPE}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
  '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';

function box({ row, column, text }: CellComment, number: number): string {
  // A line holds some twenty Chinese characters at this width.
  const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 20), 0);
  const top = Math.max(row - 2, 0);
  const anchor = [column + 1, 15, top, 4, column + 5, 15, top + Math.min(lines + 1, 20), 4].join(', ');
  return (
    `<v:shape ${NAMESPACES} id="_x0000_s${number}" type="#${SHAPE_TYPE}" style="position:absolute;visibility:hidden"` +
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>' +
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor>` +
    `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
  );
}
