export type Language = 'zh' | 'en';

/** What people read, in both languages. `{name}` stands for the parameter of that name. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** Content-Language of an answer. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

const DEFAULT: Language = 'zh';

/** The caller's language by Accept-Language (RFC 9110, 12.5.4): the one weighed highest, Chinese where none is ours. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; weight: number } | null = null;
  for (const range of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag === '*' ? DEFAULT : (['zh', 'en'] as const).find((known) => known === tag.split('-')[0]);
    if (language === undefined) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    const weight = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0;
    if (weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? DEFAULT;
}
