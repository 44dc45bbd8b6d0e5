/** What moved a figure, by name: 主要是采煤一队配件影响增加15.00万元、机电队电力影响减少3.20万元. */
import { ZERO } from '../../kernel/exact.js';
import type { Measure } from '../../synergy/measures.js';
import type { Datum } from '../datum.js';
import { printsAsZero, type Figures } from '../figures.js';
import { changeOf, weightiestFirst, type Part, type Sums } from '../item-facts.js';
import type { Run, Said } from '../model.js';
import { joined, say } from '../say.js';
import type { Sentence } from './change.js';
import { MEASURE_WORDS, inTitle, type Names } from './names.js';

/** GRN-2: only adjustment lines have no item, and what they make is gains less inputs. */
const WITHOUT_ITEM: Said = { zh: '增收减投入', en: 'gains less inputs' };

const itemWords = (names: Names, code: string): Said => (code === '' ? WITHOUT_ITEM : names.item(code));

/** The same as a cell of a table. */
export const itemTitle = (names: Names, code: string): Said => (code === '' ? inTitle(WITHOUT_ITEM) : names.item(code));

const AT_MOST = 3;

interface Named {
  readonly name: Said;
  readonly change: Datum;
}

const LINK: Said = { zh: '影响', en: ':' };

/**
 * A clause that follows `changeWords`: the departments and items that moved the measure most against the previous span,
 * largest magnitude first, equal ones by code. What went the other way than the whole is no cause of it: it is said apart,
 * where it is among the three that moved most. Empty where nothing stood then or nothing moved by as much as is printed.
 */
export function moverWords(
  figures: Figures,
  names: Names,
  measure: Measure,
  { whole, parts }: { readonly whole: Sums; readonly parts: readonly Part[] },
): Sentence {
  const changes = parts.map((part) => ({ name: placeWords(names, part), change: changeOf(part, measure) }));
  const movers = weightiestFirst(changes.filter(isPrinted), ({ change }) => change);
  if (movers.length === 0) return { zh: [], en: [] };
  const moved = changeOf(whole, measure).value.exact!;
  if (printsAsZero('wan', moved)) return movedAgainstOneAnother(figures, movers);
  const isAlong = ({ change }: Named) => change.value.exact! > ZERO === moved > ZERO;
  const along = movers.filter(isAlong).slice(0, AT_MOST);
  if (along.length === 0) return movedAgainstOneAnother(figures, movers);
  const list = listOf(figures, along, LINK);
  const offset = offsetWords(
    figures,
    movers.slice(0, AT_MOST).filter((mover) => !isAlong(mover)),
  );
  return { zh: say`，主要是${list.zh}${offset.zh}`, en: say`, mainly ${list.en}${offset.en}` };
}

/** Where the whole did not move, none of them is the main cause of anything. */
function movedAgainstOneAnother(figures: Figures, movers: readonly Named[]): Sentence {
  const list = listOf(figures, movers.slice(0, AT_MOST), LINK);
  return { zh: say`，其中${list.zh}`, en: say`, of which ${list.en}` };
}

function offsetWords(figures: Figures, offsets: readonly Named[]): Sentence {
  if (offsets.length === 0) return { zh: [], en: [] };
  const list = listOf(figures, offsets, LINK);
  return { zh: say`（${list.zh}，抵消一部分）`, en: say` (partly offset by ${list.en})` };
}

/** Measures that changed against the previous span, each by its own amount; empty as above. */
export function measureMoves(figures: Figures, measures: readonly Measure[], whole: Sums): Sentence {
  const moves = measures.map((measure) => ({ name: MEASURE_WORDS[measure], change: changeOf(whole, measure) }));
  return listOf(figures, moves.filter(isPrinted), { zh: '', en: '' });
}

function listOf(figures: Figures, moves: readonly Named[], link: Said): Sentence {
  const clauses = moves.map(({ name, change }) => {
    const isRise = change.value.exact! > ZERO;
    const amount = figures.inText('wan', change, 'magnitude');
    return {
      zh: say`${name.zh}${link.zh}${isRise ? '增加' : '减少'}${amount}万元`,
      en: say`${name.en}${link.en} ${isRise ? 'up' : 'down'} by ${amount} × 10,000 yuan`,
    };
  });
  const listed = (runs: readonly (readonly Run[])[], comma: string) =>
    joined(runs.flatMap((each, at) => (at === 0 ? each : [comma, ...each])));
  return {
    zh: listed(
      clauses.map(({ zh }) => zh),
      '、',
    ),
    en: listed(
      clauses.map(({ en }) => en),
      '; ',
    ),
  };
}

const isPrinted = ({ change: { value } }: Named): boolean => value.exact !== null && !printsAsZero('wan', value.exact);

function placeWords(names: Names, { where }: Part): Said {
  const [department, item] = [names.department(where.department!), itemWords(names, where.item!)];
  return { zh: `${department.zh}${item.zh}`, en: `${department.en}, ${item.en}` };
}
