/** 0 done, 1 refused, 2 wrong usage (contract.md, “Command line”). */
export type ExitCode = 0 | 1 | 2;
