/** What a table that has left the service must say of itself. */
import { CATEGORY_WORDS, NATURE_WORDS } from '../../../../analytics/report/words/names.js';
import { periodWords } from '../../../../analytics/synergy/headline.js';
import type { Language, Sentence } from '../../../platform/http/language.js';
import type { SynergyExport } from '../app/export-synergy.js';
import * as words from './export-words.js';

const periodOf = ({ periods }: SynergyExport['question'], language: Language): string =>
  periods === null ? words.ALL_PERIODS[language] : periodWords([periods.from, periods.to])[language];

export function titleOf({ question, names }: SynergyExport, language: Language): string {
  const period = periodOf(question, language);
  return language === 'zh'
    ? `${names.mine}${period}${words.TITLE.zh}`
    : `${names.mine}: ${words.TITLE.en.toLowerCase()}, ${period}`;
}

/** One line each: `期间：2023年12月`. */
export function factLines({ question, answer, names }: SynergyExport, language: Language): string[] {
  const colon = language === 'zh' ? '：' : ': ';
  const { method, methodVersion, oldestMethodVersion, issues } = answer;
  const closing =
    question.closing === undefined
      ? ''
      : { zh: `第${question.closing}次结账`, en: `, closing ${question.closing}` }[language];
  const filter = filterWords(question.filter, language);
  const lines: readonly (readonly [Sentence, string])[] = [
    [words.FACT_WORDS.mine, names.mine],
    [words.FACT_WORDS.period, periodOf(question, language)],
    ...(filter === '' ? [] : [[words.FACT_WORDS.filter, filter] as const]),
    ...(question.filter.within === undefined
      ? []
      : [[words.FACT_WORDS.reach, question.filter.within.join(language === 'zh' ? '、' : ', ')] as const]),
    [words.FACT_WORDS.view, words.VIEW_WORDS[answer.asOf][language] + closing],
    [words.FACT_WORDS.state, words.STATE_WORDS[answer.totalState][language]],
    [words.FACT_WORDS.method, words.methodWords(method, methodVersion, oldestMethodVersion)[language]],
    [words.FACT_WORDS.dataVersion, answer.dataVersion],
    ...(answer.asOf === 'known' ? [[words.FACT_WORDS.issues, String(issues.length)] as const] : []),
  ];
  const facts = lines.map(([what, value]) => `${what[language]}${colon}${value}`);
  return answer.headline === undefined ? facts : [answer.headline[language], ...facts];
}

const FILTERS = ['department', 'under', 'category', 'item', 'nature', 'project'] as const;

function filterWords(filter: SynergyExport['question']['filter'], language: Language): string {
  const parts = FILTERS.flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    return [`${words.KEY_WORDS[name][language]} ${valueWords(name, value, language)}`];
  });
  return parts.join(language === 'zh' ? '，' : ', ');
}

function valueWords(name: (typeof FILTERS)[number], value: string, language: Language): string {
  if (value === '') return { zh: '无', en: 'none' }[language];
  if (name === 'category') return CATEGORY_WORDS[value as keyof typeof CATEGORY_WORDS][language];
  if (name === 'nature') return NATURE_WORDS[value as keyof typeof NATURE_WORDS][language];
  return value;
}
