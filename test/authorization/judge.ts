import type { Cell, Expected } from './cells.js';
import type { Answer } from './client.js';
import { foreignMarks, holdsMarkOf, seenBy } from './places.js';

/** A question and its answer. */
export interface Asked {
  readonly cell: Cell;
  readonly expected: Expected;
  readonly answer: Answer;
  /** What the request itself says. */
  readonly said: string;
  /** What the departments within reach booked in 2023-03; undefined where nobody knows. */
  readonly actualYuan: string | undefined;
}

/** What is wrong with an answer; nothing, if it is as it must be. */
export function leaksIn(asked: Asked): string[] {
  return [wrongStatus(asked), wrongMarks(asked), wrongFigure(asked), notModified(asked), showsNothing(asked)].filter(
    (leak) => leak !== null,
  );
}

const DENIALS = [401, 403, 404];

interface Problem {
  readonly code?: string;
  readonly data?: readonly { readonly code?: string }[];
}

function wrongStatus({ cell, expected, answer }: Asked): string | null {
  const { operation } = cell;
  const { code, data } = (answer.body ?? {}) as Problem;
  const told = `expected ${expected}, was answered ${answer.status} ${code ?? ''}`;
  if (answer.status >= 500 && operation.about !== 'public') return told;
  switch (expected) {
    case 'granted': {
      const isDenied = DENIALS.includes(answer.status) && operation.about !== 'public';
      const isBulk = operation.about === 'bulk';
      if (isBulk && data?.some((one) => one.code === operation.unknown) === true) return `${told}: unknown`;
      return isDenied && operation.mayAnswer?.includes(code ?? '') !== true ? told : null;
    }
    case 'unauthenticated':
      return answer.status === 401 && code === 'unauthenticated' ? null : told;
    case 'forbidden':
      return answer.status === 403 ? null : told;
    case 'unknown':
      if (operation.about === 'bulk') {
        return answer.status === 200 && data?.every((one) => one.code === operation.unknown) === true ? null : told;
      }
      return answer.status === 404 && code === operation.unknown ? null : told;
    case 'refused':
      if (operation.refusedLater === true) return answer.status === 202 ? null : told;
      return [403, 404, 409, 422].includes(answer.status) ? null : told;
  }
}

/** Denied, nobody sees any mark; granted, only those of their reach. */
function wrongMarks({ cell, expected, answer, said }: Asked): string | null {
  const { operation, held, role } = cell;
  const isGranted = expected === 'granted' && role !== null && operation.about !== 'public';
  const codesAreOpen = isGranted && operation.codesAreOpen === true;
  const places = isGranted || expected === 'refused' || expected === 'unknown' ? seenBy(held) : [];
  const marks = foreignMarks(answer.text, places, { said, codesAreOpen });
  return marks.length === 0 ? null : `holds ${marks.join(', ')} (${answer.status})`;
}

/** A total that holds somebody else's yuan has no mark, so it is added up again. */
function wrongFigure({ cell, expected, answer, said, actualYuan }: Asked): string | null {
  const isTotal = cell.operation.name === 'GET /synergy' && said.includes('period=2023-03&by=');
  if (!isTotal || expected !== 'granted' || answer.status !== 200 || actualYuan === undefined) return null;
  const { total } = answer.body as { readonly total: { readonly explicit_actual: string } };
  return total.explicit_actual === actualYuan ? null : `adds up to ${total.explicit_actual} and not ${actualYuan}`;
}

/** A question about one department shows whoever sees it what it shows anybody, and others nothing. */
const isNarrowed = ({ said }: Asked): boolean => /[?&](department|under)=/.test(said);

/** “As you have it” of a list that somebody else was given. */
function notModified(asked: Asked): string | null {
  const { cell, answer } = asked;
  const isLess = cell.held !== 'whole' && cell.operation.about === 'list' && !isNarrowed(asked);
  return answer.status === 304 && isLess ? 'is said to be what somebody else was given' : null;
}

/** A reading that shows nothing of what it was asked for would show no leak either. */
function showsNothing(asked: Asked): string | null {
  const { cell, expected, answer } = asked;
  const { operation, held, place, scope } = cell;
  const isReading = operation.name.startsWith('GET ') && (operation.about === 'list' || operation.about === 'thing');
  if (!isReading || expected !== 'granted' || answer.status !== 200 || scope === 'away') return null;
  if (operation.mayShowNothing === true || isNarrowed(asked)) return null;
  return holdsMarkOf(answer.text, operation.about === 'thing' ? [place] : seenBy(held)) ? null : 'shows nothing';
}
