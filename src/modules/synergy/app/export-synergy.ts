/** A `/synergy` answer with what a file that stands alone needs beside it. */
import { inWan } from '../../../../analytics/synergy/headline.js';
import { inYuan, type PrintedAmount } from '../../../../analytics/synergy/measures.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { NAMED_DIMENSIONS, loadNames, type NamesOfCodes } from '../db/name-queries.js';
import { answerSynergy, type SynergyAnswer, type SynergyQuestion } from './answer-synergy.js';

export const MONEY_UNITS = ['yuan', 'wan'] as const;
export type MoneyUnit = (typeof MONEY_UNITS)[number];

const PRINTED: Readonly<Record<MoneyUnit, PrintedAmount>> = { yuan: inYuan, wan: inWan };

export interface SynergyExport {
  readonly question: Omit<SynergyQuestion, 'print'>;
  readonly unit: MoneyUnit;
  /** Its amounts are in `unit`, each rounded once from its exact sum. */
  readonly answer: SynergyAnswer;
  readonly names: NamesOfCodes;
}

/** @throws AppError as `answerSynergy` does */
export async function exportSynergy(
  tx: Tx,
  mine: string,
  question: SynergyExport['question'],
  unit: MoneyUnit,
): Promise<SynergyExport> {
  const answer = await answerSynergy(tx, mine, { ...question, print: PRINTED[unit] });
  const asked = NAMED_DIMENSIONS.filter((dimension) => question.by.includes(dimension));
  return { question, unit, answer, names: await loadNames(tx, mine, asked) };
}
