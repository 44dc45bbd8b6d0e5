const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/**
 * Text from a file or an argument as it may safely stand on one line of a terminal: control and direction characters, which
 * could move the cursor or hide what stands there, are written out as `\u{1b}`; longer texts are cut.
 */
export function printable(text: string, maxCharacters = 1000): string {
  const characters = [...text];
  const cut = characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}…` : text;
  return cut.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
