/** The register of a report's figures: whatever is printed as a number is one, has an id, and says where it comes from. */
import { ZERO, fixed, magnitude, plain, type Exact } from '../kernel/exact.js';
import { invariant } from '../kernel/invariant.js';
import { inWan } from '../synergy/headline.js';
import type { Datum } from './datum.js';
import type { Figure, Run, Unit } from './model.js';

export const ABSENT = '—';
const HUNDRED = 100n;

const SHOWN: Readonly<Record<Unit, (value: Exact) => string>> = {
  wan: inWan,
  yuan: (value) => fixed(value, 2),
  percent: (value) => fixed(value * HUNDRED, 2),
  points: (value) => fixed(value * HUNDRED, 2),
  index: (value) => fixed(value * HUNDRED, 2),
  number: (value) => fixed(value, 0),
  yuanPerTonne: (value) => fixed(value, 2),
};

/** As it is printed, without its unit (RND-1). */
export const shownIn = (unit: Unit, value: Exact): string => SHOWN[unit](value);

/** Nothing, or less than what is printed shows: `0.00`. */
export const printsAsZero = (unit: Unit, value: Exact): boolean => shownIn(unit, value) === shownIn(unit, ZERO);

/** magnitude: the sentence has a word for the sign. */
type Printed = 'signed' | 'magnitude';

export class Figures {
  private readonly known = new Map<string, Figure>();
  private last = 0;

  /** The next number of the report, for a figure in a sentence or for a row of a table. */
  nextNumber(): number {
    return (this.last += 1);
  }

  /** A figure in a sentence. */
  inText(unit: Unit, datum: Datum, printed: Printed = 'signed'): Run {
    return { figure: this.add(String(this.nextNumber()), unit, datum, printed) };
  }

  /** A figure in a table. Columns count from 1. Answers its id. */
  inCell(row: number, column: number, unit: Unit, datum: Datum): string {
    return this.add(`${row}.${column}`, unit, datum, 'signed');
  }

  /** In order of mention. */
  all(): readonly Figure[] {
    return [...this.known.values()];
  }

  private add(id: string, unit: Unit, { value, source }: Datum, printed: Printed): string {
    invariant(!this.known.has(id), `two figures ${id}`);
    this.known.set(
      id,
      value.exact === null
        ? { id, unit, exact: null, shown: ABSENT, reason: value.reason, source }
        : { id, unit, exact: plain(value.exact), shown: print(unit, value.exact, printed), source },
    );
    return id;
  }
}

const print = (unit: Unit, value: Exact, printed: Printed): string =>
  shownIn(unit, printed === 'magnitude' ? magnitude(value) : value);
