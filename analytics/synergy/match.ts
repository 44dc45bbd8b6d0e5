/** Which baseline measures a record (BAS-2, PRJ-1). The door repeats this in SQL for a million records; a parity test holds both together. */
import type { Baseline, CostRecord, Project } from './types.js';

/** PRJ-1: approved on a date when approved_on ≤ date ≤ closed_on. */
export function isApproved(project: Project | undefined, date: string): boolean {
  if (!project?.approvedOn || project.approvedOn > date) return false;
  return project.closedOn === null || date <= project.closedOn;
}

export function isValidOn(range: { validFrom: string | null; validTo: string | null }, date: string): boolean {
  return (range.validFrom === null || range.validFrom <= date) && (range.validTo === null || date <= range.validTo);
}

const keyOf = (category: string, item: string, nature: string, department: string | null, project: string | null) =>
  [category, item, nature, department ?? '', project ?? ''].join('\u0000');

/** Finds the most specific baseline valid on the day a record is valued (COR-1). */
export class BaselineIndex {
  private readonly byKey = new Map<string, Baseline[]>();

  constructor(
    baselines: Iterable<Baseline>,
    private readonly projects: ReadonlyMap<string, Project>,
  ) {
    for (const b of baselines) {
      const key = keyOf(b.category, b.item, b.nature, b.department, b.project);
      const same = this.byKey.get(key);
      if (same) same.push(b);
      else this.byKey.set(key, [b]);
    }
  }

  match(
    record: Pick<CostRecord, 'category' | 'item' | 'nature' | 'department' | 'project'>,
    valuedOn: string,
  ): Baseline | null {
    const approved = record.project !== null && isApproved(this.projects.get(record.project), valuedOn);
    for (const project of approved ? [record.project, null] : [null]) {
      for (const department of [record.department, null]) {
        const candidates = this.byKey.get(keyOf(record.category, record.item, record.nature, department, project));
        const valid = candidates?.find((baseline) => isValidOn(baseline, valuedOn));
        if (valid) return valid;
      }
    }
    return null;
  }
}
