/** 0 done, 1 refused, 2 wrong usage (README.md). */
export type ExitCode = 0 | 1 | 2;
