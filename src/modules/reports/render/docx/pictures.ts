/** Charts as pictures within a line, each with its words for those who cannot see it. */
import type { DrawnChart } from '../printed-report.js';
import { oneLine } from './elements.js';

/** English metric units. */
const PER_MILLIMETRE = 36_000;
const PER_TWIP = 635;
const WIDEST = 150 * PER_MILLIMETRE;
const HIGHEST = 190 * PER_MILLIMETRE;
/** Beyond what a template's own drawings are numbered with. */
const FIRST_ID = 100_000;

export interface Picture {
  /** Of its relation to the document. */
  readonly relation: string;
  readonly part: string;
  readonly png: Uint8Array;
}

export class Pictures {
  readonly all: Picture[] = [];

  /** @param prefix begins no relation and no picture that the template has. */
  constructor(
    private readonly prefix: string,
    /** Between the margins, in twips. */
    private readonly width: number,
  ) {}

  /** A run with the picture in it. */
  run(chart: DrawnChart, name: string, alt: string): string {
    const number = this.all.length + 1;
    const relation = `${this.prefix}${number}`;
    this.all.push({ relation, part: `media/${relation}.png`, png: chart.png });
    const { cx, cy } = sizeOf(chart, Math.min(WIDEST, this.width * PER_TWIP));
    const named = `id="${FIRST_ID + number}" name="${oneLine(name)}" descr="${oneLine(alt)}"`;
    return `<w:r><w:drawing><wp:inline ${SPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr ${named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr ${named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  }
}

const SPACES = [
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
].join(' ');

/** As wide as there is room for, unless it would be higher than a page. */
function sizeOf({ width, height }: DrawnChart, widest: number): { readonly cx: number; readonly cy: number } {
  const scale = Math.min(widest / width, HIGHEST / height);
  return { cx: Math.round(width * scale), cy: Math.round(height * scale) };
}
