import { Inject, Injectable } from '@nestjs/common';
import type { Finding } from '../errors/app-error.js';
import { HTTP_SENTENCES, PROPERTY_SENTENCES, STATUS_TITLES } from './http-sentences.js';
import type { Language, Sentence } from './language.js';

/** Words a finding of the business's own rules; null where its code is none of theirs. */
export type FindingSentence = (finding: Finding, language: Language) => string | null;

/** Token of the FindingSentence that the composition root hands in. */
export const FINDING_SENTENCE = Symbol('FINDING_SENTENCE');

/**
 * What people read about a code. Platform knows the codes of HTTP; a module adds its own when it is made:
 * `constructor(sentences: Sentences) { sentences.register(MINE_SENTENCES); }`
 */
@Injectable()
export class Sentences {
  private readonly byCode = new Map<string, Sentence>();

  constructor(@Inject(FINDING_SENTENCE) private readonly findingSentence: FindingSentence) {
    this.register(HTTP_SENTENCES);
    this.register(PROPERTY_SENTENCES);
  }

  /** @throws Error when a code has another sentence already: codes are one vocabulary for all callers. */
  register(sentences: Readonly<Record<string, Sentence>>): void {
    for (const [code, sentence] of Object.entries(sentences)) {
      const known = this.byCode.get(code);
      if (known !== undefined && (known.zh !== sentence.zh || known.en !== sentence.en)) {
        throw new Error(`two sentences for the code ${code}`);
      }
      this.byCode.set(code, sentence);
    }
  }

  /** The sentence of a code, or of its status where no module registered one. */
  say(code: string, params: Readonly<Record<string, string>>, status: number, language: Language): string {
    const sentence = this.byCode.get(code);
    if (sentence !== undefined) return fill(sentence[language], params);
    const finding = { row: 0, column: '', code, params };
    return this.findingSentence(finding, language) ?? `${this.title(status, language)} (${code})`;
  }

  title(status: number, language: Language): string {
    return (STATUS_TITLES[status] ?? STATUS_TITLES[500]!)[language];
  }

  /** The rules speak first: a code of theirs may also be a problem's, and then has other parameters. */
  sayFinding(finding: Finding, language: Language): string {
    const ruled = this.findingSentence(finding, language);
    if (ruled !== null) return ruled;
    const sentence = this.byCode.get(finding.code);
    return sentence === undefined ? finding.code : fill(sentence[language], finding.params);
  }
}

const fill = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '?');
