import { Micro } from './micro.js';

/** The rows of an example folder, amounts in yuan, all decimals in millionths. */
export type Category = 'management' | 'resource' | 'business' | 'personnel' | 'market' | 'industry';
export type Nature = 'explicit' | 'implicit_booked' | 'implicit_opportunity';

export interface CostRecord {
  /** Set when the year is complete and sorted by date. */
  id: string;
  date: string;
  department: string;
  category: Category;
  item: string;
  nature: Nature;
  quantity: Micro | null;
  unit: string;
  unitPrice: Micro | null;
  amount: Micro | null;
  project: string;
  counterparty: string;
  internal: boolean;
  voucher: string;
  summary: string;
  /** Given when the figures include VAT (含税). */
  taxRate: Micro | null;
  corrects: string;
}

export interface Baseline {
  code: string;
  department: string;
  category: Category;
  item: string;
  nature: Nature;
  project: string;
  from: string;
  to: string;
  basis: 'budget' | 'prior_year' | 'market' | 'contract' | 'internal';
  unitPrice: Micro | null;
  norm: Micro | null;
  driver: string;
  quantity: Micro | null;
  amount: Micro | null;
  plannedVolume: Micro | null;
  fixedAmount: Micro | null;
  unit: string;
  taxRate: Micro | null;
}

export interface Project {
  code: string;
  name: string;
  category: Category;
  lead: string;
  approvedOn: string;
  closedOn: string;
}

export interface Activity {
  period: string;
  department: string;
  driver: string;
  actual: Micro | null;
  planned: Micro;
}

export interface Rate {
  item: string;
  unit: string;
  rate: Micro;
  from: string;
  to: string;
  basis: string;
}

export interface Adjustment {
  id: string;
  period: string;
  department: string;
  category: Category;
  project: string;
  kind: 'gain' | 'input';
  amount: Micro;
  recognition: 'realised' | 'annualised' | 'planned';
  status: 'claimed' | 'confirmed';
  voucher: string;
}

export interface Target {
  period: string;
  department: string;
  category: Category;
  measure: 'turnover' | 'synergy_value' | 'price_reduction';
  amount: Micro;
}

export interface Folder {
  departments: readonly { code: string; name: string; parent: string }[];
  items: readonly { code: string; name: string; nature: string }[];
  projects: readonly Project[];
  records: CostRecord[];
  baselines: Baseline[];
  activities: Activity[];
  rates: Rate[];
  adjustments: Adjustment[];
  targets: Target[];
}
