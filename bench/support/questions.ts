import { CATEGORIES } from '../../analytics/synergy/types.js';
import { DEPARTMENTS, MONTHS } from './mine-data.js';

const question = (from: string, to: string, filter: string): string =>
  `/api/v1/synergy?period=${from}..${to}&by=department,category${filter}`;

/** The question that issue 2 names: a year by department and category. */
export const QUESTION_OF_YEAR = question(MONTHS[0]!, MONTHS.at(-1)!, '');

const FILTERS = [
  '',
  ...CATEGORIES.map((category) => `&category=${category}`),
  ...DEPARTMENTS.map((department) => `&department=${department}`),
];

/** Every run of months of the year, whole and by each category and department: 3,666 questions, in a mixed order. */
export const OTHER_QUESTIONS: readonly string[] = mixed(
  MONTHS.flatMap((from, i) => MONTHS.slice(i).flatMap((to) => FILTERS.map((filter) => question(from, to, filter)))),
);

/** A stride without a common divisor with the count visits all of them once. */
function mixed(questions: readonly string[]): string[] {
  const stride = 1009;
  return questions.map((_, i) => questions[(i * stride) % questions.length]!);
}

/**
 * The same question in a spelling of its own for each n: the characters of its values that stand where n has a 1 bit are
 * percent-encoded. No answer kept under another spelling fits, and the work of answering is the same.
 */
export function spelled(path: string, n: number): string {
  let place = 0;
  return path.replace(/(?<==[^&]*)[^&]/g, (character) => {
    const isEncoded = Math.floor(n / 2 ** place) % 2 === 1;
    place += 1;
    return isEncoded ? `%${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character;
  });
}
