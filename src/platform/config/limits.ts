import { wholeNumber } from './read-env.js';

/** How much of one file is read; a file beyond is refused, naming the cap. */
export interface FileLimits {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCells: number;
  /** Files inside a workbook. */
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
  readonly maxSharedStringBytes: number;
  readonly maxXmlDepth: number;
}

/** How much is done at once, and for one asker. What is beyond is answered 429 or 503 with Retry-After. */
export interface LoadLimits {
  /** Requests of one caller, or of one address that has not said who it is, in the long run. */
  readonly requestsPerSecond: number;
  /** And at one moment. */
  readonly requestBurst: number;
  readonly requestsAtOnce: number;
  /** Uploads; and, counted apart, downloads. */
  readonly transfersAtOnce: number;
  /** Of these, of one mine. */
  readonly transfersPerMine: number;
  /** Questions that read and compute much. */
  readonly questionsAtOnce: number;
  /** Of these, of one caller; the others of theirs wait. */
  readonly questionsPerCaller: number;
  /** Rows of one answer of figures. */
  readonly answerRows: number;
  /** A service is not ready while a job has waited longer. */
  readonly queueLagSeconds: number;
}

/** Row numbers have 21 bits (rules/row-number.ts). */
const ROW_NUMBERS = 2 ** 21 - 1;

export function fileLimits(env: NodeJS.ProcessEnv): FileLimits {
  return {
    maxRows: wholeNumber(env, 'MAX_FILE_ROWS', 2_000_000, 1, ROW_NUMBERS),
    maxColumns: wholeNumber(env, 'MAX_FILE_COLUMNS', 1024, 1, 16_384),
    maxCells: wholeNumber(env, 'MAX_FILE_CELLS', 64_000_000, 1, Number.MAX_SAFE_INTEGER),
    maxEntries: wholeNumber(env, 'MAX_WORKBOOK_ENTRIES', 2_000, 1, 65_535),
    maxInflatedBytes: wholeNumber(env, 'MAX_INFLATED_BYTES', 4 * 2 ** 30, 1, Number.MAX_SAFE_INTEGER),
    maxSharedStringBytes: wholeNumber(env, 'MAX_SHARED_STRING_BYTES', 256 * 2 ** 20, 1, 2 ** 31 - 1),
    maxXmlDepth: wholeNumber(env, 'MAX_XML_DEPTH', 64, 1, 1_000),
  };
}

export function loadLimits(env: NodeJS.ProcessEnv): LoadLimits {
  return {
    requestsPerSecond: wholeNumber(env, 'RATE_PER_SECOND', 100, 1, 1_000_000),
    requestBurst: wholeNumber(env, 'RATE_BURST', 300, 1, 1_000_000),
    requestsAtOnce: wholeNumber(env, 'MAX_REQUESTS_AT_ONCE', 1_000, 1, 100_000),
    transfersAtOnce: wholeNumber(env, 'MAX_TRANSFERS_AT_ONCE', 64, 1, 10_000),
    transfersPerMine: wholeNumber(env, 'MAX_TRANSFERS_PER_MINE', 32, 1, 10_000),
    questionsAtOnce: wholeNumber(env, 'MAX_QUESTIONS_AT_ONCE', 4, 1, 100),
    questionsPerCaller: wholeNumber(env, 'MAX_QUESTIONS_PER_CALLER', 1, 1, 100),
    answerRows: wholeNumber(env, 'MAX_ANSWER_ROWS', 20_000, 1, 1_000_000),
    queueLagSeconds: wholeNumber(env, 'MAX_QUEUE_LAG_S', 900, 1, 1_000_000),
  };
}
