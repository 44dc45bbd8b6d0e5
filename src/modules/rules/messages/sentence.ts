/** One sentence in the two languages of the house. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Sentence;

/** Sentences by code; a part in brackets is left out where one of its `{values}` is unknown. */
export type Sentences = Readonly<Record<string, Sentence>>;

/** Puts values into a sentence. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  const known = (name: string) => Object.hasOwn(values, name) && values[name] !== '';
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => known(name!)) ? part : '',
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => (known(name) ? values[name]! : '?'));
}
