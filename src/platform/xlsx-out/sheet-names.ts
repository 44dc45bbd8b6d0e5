/** Names that a spreadsheet takes for its sheets: none twice, whatever the texts they are made of. */

const MAX_NAME_CHARACTERS = 31;

/** What Excel does not allow in the name of a sheet is left out. */
export function sheetName(text: string): string {
  const allowed = text.replace(/[[\]:*?/\\]|\p{Cc}|\p{Surrogate}/gu, ' ').replace(/^'+|'+$/g, '');
  return cut(allowed.trim(), MAX_NAME_CHARACTERS).replace(/'+$/, '') || 'Sheet1';
}

/** A name for each text; what is already taken, in capitals or not, gets a number. */
export function sheetNames(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const name = sheetName(text);
    let free = name;
    for (let nth = 2; taken.has(free.toLowerCase()); nth++) {
      const number = ` (${nth})`;
      free = cut(name, MAX_NAME_CHARACTERS - number.length) + number;
    }
    taken.add(free.toLowerCase());
    return free;
  });
}

/** So many UTF-16 units at most, and no half of a character. */
const cut = (text: string, units: number): string =>
  text
    .slice(0, units)
    .replace(/\p{Surrogate}/gu, '')
    .trim();

/** A sheet as formulas name it: `'一、总体情况'!`. */
export const sheetPrefix = (name: string): string => `'${name.replaceAll("'", "''")}'!`;
