/** A stream that a command writes to: standard output or error, or a test's collector. */
export interface Output {
  write(text: string): unknown;
  /** True where a person reads along. */
  readonly isTTY?: boolean | undefined;
  /** Width of the window in columns. */
  readonly columns?: number | undefined;
}

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** The command line itself is wrong. Carries one sentence per language; the caller prints it above the usage text. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(`${zh} ${en}`);
  }
}
