/** A file that somebody might hand in, and what must become of it. */
export interface HostileFile {
  readonly name: string;
  readonly fileName: string;
  /** `no` is the number of its first voucher: no two files are alike, and no two have a record in common. */
  readonly bytes: (no: number) => Buffer;
  readonly verdict: Verdict;
}

/** Taken in with one of these sums (yuan of the records that it becomes), or refused with codes of these alone. */
export interface Verdict {
  readonly sums: readonly string[];
  readonly codes: readonly string[] | 'any';
}

export const taken = (...sums: readonly string[]): Verdict => ({ sums, codes: [] });
export const refused = (...codes: readonly string[]): Verdict => ({ sums: [], codes });
/** Where both are right: what is read must be exact. */
export const exactOr = (sum: string, ...codes: readonly string[]): Verdict => ({ sums: [sum], codes });
/** Of bytes that chance has changed. */
export const exactOrAnyRefusal = (...sums: readonly string[]): Verdict => ({ sums, codes: 'any' });

/** Department and accounts of every file: one line of cost, and the bank. */
export const DEPARTMENT = { code: 'D01', name: '采煤一区' } as const;
export const COST = { code: '50010105', name: '生产成本_修理费' } as const;
export const BANK = { code: '1002', name: '银行存款' } as const;
