/** Where a figure comes from, in words: the line of the sheet of data that stands behind it. */
import { periodWords } from '../../../../../analytics/synergy/headline.js';
import type { DerivedRule, Language, Place, Said, Source } from '../../../../../analytics/report/model.js';
import { CATEGORY_WORDS, MEASURE_WORDS, NATURE_WORDS } from '../../../../../analytics/report/words/names.js';

const RULE_WORDS: Readonly<Record<DerivedRule, Said>> = {
  difference: { zh: '前者减后者', en: 'the first less the second' },
  rate: { zh: '前者减后者，除以后者', en: 'the first less the second, divided by the second' },
  ratio: { zh: '前者除以后者', en: 'the first divided by the second' },
  sum: { zh: '各数之和', en: 'the sum of all' },
  effect: { zh: '因素影响', en: 'an effect' },
  tail: { zh: '尾差：合计减所列各数', en: 'rounding difference: the total less the figures shown' },
};

/** More parts are counted, not listed. */
const LISTED = 3;

/** A figure that is reckoned from others names them, and these name no others in turn. */
export function sourceWords(source: Source, language: Language, isPart = false): string {
  switch (source.kind) {
    case 'sum':
      return `${MEASURE_WORDS[source.measure][language]}${placeWords(source.place, language)}`;
    case 'plan': {
      const plan = { zh: '计划', en: 'plan' }[language];
      return `${MEASURE_WORDS[source.measure][language]} ${plan}${placeWords(source.place, language)}`;
    }
    case 'stated':
      return source.what[language];
    case 'derived': {
      const rule = RULE_WORDS[source.rule][language];
      if (isPart) return rule;
      return `${rule}${language === 'zh' ? '：' : ': '}${partWords(source.of, language)}`;
    }
  }
}

function partWords(parts: readonly Source[], language: Language): string {
  const listed = parts.slice(0, LISTED).map((part) => sourceWords(part, language, true));
  const more = parts.length > LISTED ? { zh: `等${parts.length}项`, en: ` and others, ${parts.length} in all` } : null;
  return listed.join(language === 'zh' ? '；' : '; ') + (more?.[language] ?? '');
}

function placeWords({ periods, department, category, item, nature }: Place, language: Language): string {
  const parts = [
    periodWords([periods.from, periods.to])[language],
    ...(department === undefined ? [] : [`${{ zh: '部门', en: 'department' }[language]} ${department}`]),
    ...(category === undefined ? [] : [CATEGORY_WORDS[category][language]]),
    ...(item === undefined ? [] : [`${{ zh: '成本项目', en: 'item' }[language]} ${item === '' ? '—' : item}`]),
    ...(nature === undefined ? [] : [NATURE_WORDS[nature][language]]),
  ];
  return language === 'zh' ? `（${parts.join('，')}）` : ` (${parts.join(', ')})`;
}
