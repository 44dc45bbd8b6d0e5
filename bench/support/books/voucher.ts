/** A voucher as every format must carry it. */
import type { Account } from './chart.js';

export interface Department {
  readonly code: string;
  readonly name: string;
}

export interface Project extends Department {
  /** Synergy category, which the lines of the project have. */
  readonly category: string;
}

export interface Line {
  /** 1, 2, … within the voucher. */
  readonly line: number;
  readonly summary: string;
  readonly account: Account;
  /** Fen; exactly one of both is not 0. Red letters are negative. */
  readonly debit: bigint;
  readonly credit: bigint;
  /** Millionths; 0 where none is kept. */
  readonly quantity: bigint;
  readonly unit: string;
  readonly department: Department | null;
  readonly project: Project | null;
  readonly counterparty: string;
}

/** What a voucher is for; no format says it, the expected figures need it. */
export type Purpose = 'cost' | 'return' | 'fund_spending' | 'sale' | 'carry_over';

export interface Voucher {
  readonly purpose: Purpose;
  /** 2023-03-05 */
  readonly date: string;
  readonly type: string;
  readonly no: number;
  readonly lines: readonly Line[];
}

export const PROJECTS: readonly Project[] = [
  { code: 'P01', name: '综采设备内部大修', category: 'industry' },
  { code: 'P02', name: '外委钻探转内部', category: 'market' },
];

/** Those from whom the books buy; the first is a unit of the mine itself. */
export const COUNTERPARTIES = ['机修厂', '兖州配件厂', '枣庄供电公司', '滕州木材行', '山东能源重装'] as const;
export const INTERNAL_COUNTERPARTY = COUNTERPARTIES[0];
