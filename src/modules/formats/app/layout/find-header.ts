import type { HeaderSynonyms } from '../opened-file.js';
import { LAYOUTS } from './layouts.js';
import { matchHeader, RowKeys, type HeaderMatch } from './match-header.js';
import { titleFacts, type TitleFacts } from './title-facts.js';

/** How far down a header may stand, titles and notes being above it. */
export const HEAD_ROWS = 30;

export interface HeadRow {
  /** From 1. */
  readonly row: number;
  readonly fields: readonly (string | null)[];
}

export interface FoundHeader {
  readonly match: HeaderMatch;
  /** The header's row, or its second where it has two. */
  readonly headerRow: number;
  /** As the header has them; '' where a column has none. */
  readonly names: readonly string[];
  readonly facts: TitleFacts;
  /** All rows down to the header's last: pages of a printed table begin with them again. */
  readonly above: readonly (readonly (string | null)[])[];
}

/** The nearest to a header that was found where no row is one. */
export interface NearHeader {
  readonly names: readonly string[];
  readonly match: HeaderMatch | null;
}

interface Candidate {
  readonly match: HeaderMatch;
  readonly names: readonly (string | null)[];
  /** Index among the rows of the header's last row. */
  readonly last: number;
  readonly rows: number;
}

/** The header of a known layout among the first rows of a table: one row, or two under one another. */
export function findHeader(rows: readonly HeadRow[], synonyms: HeaderSynonyms): FoundHeader | NearHeader {
  const candidates = candidatesIn(rows, synonyms);
  const best = bestOf(candidates.filter(({ match }) => match.lacking.length === 0));
  if (best === null) {
    const near = bestOf(candidates);
    const fullest = [...rows].sort((a, b) => filled(b) - filled(a))[0];
    return { names: texts(near?.names ?? fullest?.fields ?? []), match: near?.match ?? null };
  }
  const last = isTitledAgain(candidates, best) ? best.last + 1 : best.last;
  const fields = rows.map((row) => row.fields);
  return {
    match: best.match,
    headerRow: rows[last]!.row,
    names: texts(best.names),
    facts: titleFacts([...fields.slice(0, best.last - best.rows + 1), ...yearsOver(fields, best)]),
    above: fields.slice(0, last + 1),
  };
}

export const isFound = (found: FoundHeader | NearHeader): found is FoundHeader => 'headerRow' in found;

const texts = (names: readonly (string | null)[]) => names.map((name) => name ?? '');
const filled = ({ fields }: HeadRow) => fields.filter((field) => field !== null).length;

function candidatesIn(rows: readonly HeadRow[], synonyms: HeaderSynonyms): Candidate[] {
  return rows.flatMap(({ fields }, last) => {
    const two = last > 0 ? twoRows(rows[last - 1]!.fields, fields) : null;
    return [
      ...readAs({ names: fields, last, rows: 1 }, synonyms),
      ...(two === null ? [] : readAs({ names: two, last, rows: 2 }, synonyms)),
    ];
  });
}

/** A row as the header of every layout. */
function readAs(row: Omit<Candidate, 'match'>, synonyms: HeaderSynonyms): Candidate[] {
  const keys = new RowKeys(row.names);
  return LAYOUTS.map((layout) => ({ ...row, match: matchHeader(layout, keys, synonyms[layout.document]) }));
}

/** Columns of a header in two rows: 期初余额 stands over 借方 and 贷方, in a merged cell of which only the first is filled. */
function twoRows(upper: readonly (string | null)[], lower: readonly (string | null)[]): (string | null)[] | null {
  if (lower.every((name) => name === null)) return null;
  let group: string | null = null;
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
    const [top, bottom] = [upper[i] ?? null, lower[i] ?? null];
    group = top ?? (bottom === null ? null : group);
    return bottom === null ? top : `${group === null || YEAR.test(group) ? '' : group}${bottom}`;
  });
}

/** Books of paper head 月 and 日 with their year. */
const YEAR = /^\s*\d{4}\s*年度?\s*$/;

/** The years in the upper row of a header of two. */
const yearsOver = (rows: readonly (readonly (string | null)[])[], { last, rows: count }: Candidate) =>
  count === 2 ? [rows[last - 1]!.filter((name) => name !== null && YEAR.test(name))] : [];

/** Most columns wins; of equals the one with fewer rows, then the first. */
function bestOf(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    const more = candidate.match.fields.size - (best?.match.fields.size ?? 0);
    if (more > 0 || (more === 0 && best !== null && candidate.rows < best.rows)) best = candidate;
  }
  return best;
}

/** Some systems write field names and titles under one another: the second row heads the same columns once more. */
function isTitledAgain(candidates: readonly Candidate[], best: Candidate): boolean {
  return candidates.some(
    ({ match, last, rows }) =>
      last === best.last + 1 &&
      rows === 1 &&
      match.lacking.length === 0 &&
      match.layout === best.match.layout &&
      [...match.fields].every(([field, place]) => best.match.fields.get(field) === place),
  );
}
