/** What figures are counted in, as it stands at the top right of a table and on an axis: 单位：万元. */
import type { Said, Unit } from '../model.js';

export const UNIT_WORDS: Readonly<Record<Unit, Said>> = {
  wan: { zh: '万元', en: '10,000 yuan' },
  yuan: { zh: '元', en: 'yuan' },
  percent: { zh: '%', en: '%' },
  points: { zh: '百分点', en: 'percentage points' },
  index: { zh: '基期=100', en: 'base = 100' },
  number: { zh: '个', en: 'number' },
  yuanPerTonne: { zh: '元/吨', en: 'yuan per tonne' },
};
