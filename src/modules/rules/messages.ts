/** What is wrong, in one sentence that says what to do; a code is the same in every sentence about it and for programs. */
import type { IssueCode } from '../../../analytics/synergy/types.js';
import { KINDS, type Kind } from './columns.js';
import { CLOSING_SENTENCES } from './messages/closing-sentences.js';
import { columnFacts, columnTitle, nameTitle } from './messages/column-words.js';
import { FILE_SENTENCES } from './messages/file-sentences.js';
import { FORMAT_SENTENCES } from './messages/format-sentences.js';
import { ISSUE_SENTENCES } from './messages/issue-sentences.js';
import { MAPPING_SENTENCES } from './messages/mapping-sentences.js';
import { RECONCILIATION_SENTENCES } from './messages/reconciliation-sentences.js';
import { ROW_SENTENCES } from './messages/row-sentences.js';
import { SCOPE_SENTENCES } from './messages/scope-sentences.js';
import { filled, type Language, type Sentence, type Sentences } from './messages/sentence.js';
import { TABLE_SENTENCES } from './messages/table-sentences.js';
import { WORKBOOK_SENTENCES } from './messages/workbook-sentences.js';
import { XML_SENTENCES } from './messages/xml-sentences.js';
import { METHOD_FILE } from './method.js';
import type { TableKind } from './tables.js';

export type { Language } from './messages/sentence.js';

const SENTENCES: Sentences = {
  ...ROW_SENTENCES,
  ...TABLE_SENTENCES,
  ...FILE_SENTENCES,
  ...WORKBOOK_SENTENCES,
  ...XML_SENTENCES,
  ...FORMAT_SENTENCES,
  ...MAPPING_SENTENCES,
  ...RECONCILIATION_SENTENCES,
  ...SCOPE_SENTENCES,
  ...CLOSING_SENTENCES,
};

/** A code without a sentence is a bug that a test finds; a person must still learn that something is wrong. */
const WITHOUT_SENTENCE: Sentence = {
  zh: '{column}有误（{code}），请核对。',
  en: 'Something is wrong with {column} ({code}); please check it.',
};

/** Every code that has a sentence. */
export const CODES: readonly string[] = Object.keys(SENTENCES);

export interface Described {
  readonly code: string;
  /** Canonical name, a header as the file has it, or the number of a column; '' for none. */
  readonly column: string;
  readonly params: Readonly<Record<string, string>>;
  /** The table it is about; without it columns that several tables head differently keep their name. */
  readonly kind?: TableKind | undefined;
}

/** The sentence for a person. It repeats names from files as they are: who prints it to a terminal makes it printable. */
export function sentenceOf({ code, column, params, kind }: Described, language: Language): string {
  const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code]! : WITHOUT_SENTENCE;
  return filled(sentence[language], {
    ...columnFacts(column, language, kind),
    code,
    column: columnTitle(column, language, kind),
    name: nameTitle(column, language, kind),
    files: [...KINDS.map((known) => `${known}.csv`), METHOD_FILE].join(language === 'zh' ? '、' : ', '),
    ...params,
  });
}

export function issueSentence(code: IssueCode, language: Language): string {
  return ISSUE_SENTENCES[code][language];
}

/** The table that a file of a folder holds, by its name. */
export function kindOfFile(file: string): Kind | undefined {
  return KINDS.find((kind) => `${kind}.csv` === file);
}
