import type { Language, Paragraph, ReportModel, Run, Section } from '../../../analytics/report/model.js';

/** Runs as they are printed. */
export function readOut({ figures }: Pick<ReportModel, 'figures'>, runs: readonly Run[]): string {
  const shown = new Map(figures.map((figure) => [figure.id, figure.shown]));
  return runs.map((run) => (typeof run === 'string' ? run : shown.get(run.figure)!)).join('');
}

export function sentencesOf(report: ReportModel, id: string, language: Language = 'zh'): string[] {
  const section = report.sections.find((each: Section) => each.id === id)!;
  const paragraphs = section.blocks.filter((block): block is Paragraph => block.kind === 'paragraph');
  return paragraphs.map(({ text }) => readOut(report, text[language]));
}
