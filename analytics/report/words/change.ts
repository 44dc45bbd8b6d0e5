/** A change in words, as an accountant writes it: 比上月减少2.51万元，下降3.20%. */
import { ZERO } from '../../kernel/exact.js';
import { REASON_WORDS, difference, rate, type Datum } from '../datum.js';
import { printsAsZero, type Figures } from '../figures.js';
import type { Language, Run, Said, Unit } from '../model.js';
import { say } from '../say.js';

export type Sentence = Readonly<Record<Language, readonly Run[]>>;

/** What stood then, by its name: 上月 / the previous month. */
export interface Compared {
  readonly now: Datum;
  readonly then: Datum;
  readonly name: Said;
}

const CHANGED_BY: Readonly<Partial<Record<Unit, Said>>> = {
  wan: { zh: '万元', en: ' × 10,000 yuan' },
  points: { zh: '个百分点', en: ' percentage points' },
  yuanPerTonne: { zh: '元/吨', en: ' yuan per tonne' },
};
const UNITS_OF_CHANGE = { wan: 'wan', percent: 'points', yuanPerTonne: 'yuanPerTonne' } as const;

/**
 * Amount and rate of a change (CMP-1); a share changes by 百分点 and has no rate. Where it turns from a gain to a loss or
 * back, the sentence says so in place of a rate beyond 100 %. No change at all is 持平, and one that would be printed as
 * 0.00 is 基本持平: neither has a figure, since “增加0.00万元” says that something rose by nothing.
 */
export function changeWords(
  figures: Figures,
  unit: keyof typeof UNITS_OF_CHANGE,
  { now, then, name }: Compared,
): Sentence {
  if (now.value.exact === null) return words(`没有数据`, 'no data');
  if (then.value.exact === null) {
    const { zh, en } = then.value.reason;
    return { zh: say`与${name.zh}比较：${zh}`, en: say`against ${name.en}: ${en}` };
  }
  const change = difference(now, then);
  const amount = change.value.exact!;
  if (amount === ZERO) return { zh: say`与${name.zh}持平`, en: say`unchanged from ${name.en}` };
  const ofUnit = UNITS_OF_CHANGE[unit];
  if (printsAsZero(ofUnit, amount)) return { zh: say`与${name.zh}基本持平`, en: say`almost unchanged from ${name.en}` };
  const figure = figures.inText(ofUnit, change, 'magnitude');
  const unitWords = CHANGED_BY[ofUnit]!;
  const isRise = amount > ZERO;
  const verb = unit === 'percent' ? verbOfShare(isRise) : verbOfAmount(isRise);
  const tail = unit === 'percent' ? words('', '') : rateWords(figures, now, then, isRise);
  return {
    zh: say`比${name.zh}${verb.zh}${figure}${unitWords.zh}${tail.zh}`,
    en: say`${verb.en} by ${figure}${unitWords.en} from ${name.en}${tail.en}`,
  };
}

const verbOfAmount = (isRise: boolean): Said => (isRise ? { zh: '增加', en: 'up' } : { zh: '减少', en: 'down' });
const verbOfShare = (isRise: boolean): Said => (isRise ? { zh: '提高', en: 'up' } : { zh: '降低', en: 'down' });

function rateWords(figures: Figures, now: Datum, then: Datum, isRise: boolean): Sentence {
  const [a, b] = [now.value.exact!, then.value.exact!];
  if (b > ZERO && a < ZERO) return words('，由正转负', ', turned negative');
  if (b < ZERO && a > ZERO) return words('，由负转正', ', turned positive');
  const change = rate(now, then);
  if (change.value.exact === null) {
    const { zh, en } = b === ZERO ? REASON_WORDS.zero : REASON_WORDS.negative;
    return words(`（${zh}，不计增减率）`, ` (${en}: no rate)`);
  }
  if (printsAsZero('percent', change.value.exact)) {
    return isRise
      ? words('，增长不足0.01%', ', a rise of less than 0.01%')
      : words('，下降不足0.01%', ', a fall of less than 0.01%');
  }
  const figure = figures.inText('percent', change, 'magnitude');
  return isRise
    ? { zh: say`，增长${figure}%`, en: say`, a rise of ${figure}%` }
    : { zh: say`，下降${figure}%`, en: say`, a fall of ${figure}%` };
}

const words = (zh: string, en: string): Sentence => ({ zh: say`${zh}`, en: say`${en}` });
