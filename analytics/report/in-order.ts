/** What was read, in an order of its own: however the rows came, the report and its hash are the same. */
import { byTexts } from '../kernel/order.js';
import type { ItemSum, OfficeText, PlaceSum, ReportInput, Restatement } from './input.js';

/** Lists by the codes that tell their rows apart; names and tonnages by code. Spans, control items and the causes of a restatement stay as they were told: their order is the mine's own or says something. */
export function inOrder(input: ReportInput): ReportInput {
  return {
    ...input,
    basis: { ...input.basis, closings: by(input.basis.closings, ({ period }) => [period]) },
    departments: mapInOrder(input.departments),
    items: mapInOrder(input.items),
    months: by(input.months, ({ period, priorPeriod }) => [period, priorPeriod]),
    places: {
      now: by(input.places.now, placeKey),
      previous: by(input.places.previous, placeKey),
      lastYear: by(input.places.lastYear, placeKey),
    },
    corrections: by(input.corrections, (sum) => [sum.period, sum.priorPeriod, ...placeKey(sum)]),
    now: by(input.now, itemKey),
    previous: by(input.previous, itemKey),
    plan: by(input.plan, ({ measure, ...place }) => [...placeKey(place), measure]),
    cumulativePlan: by(input.cumulativePlan, ({ measure }) => [measure]),
    basket: by(input.basket, ({ department, driver, category, item, baseline }) => [
      ...[department, driver, category, item, baseline],
    ]),
    bought: { now: by(input.bought.now, boughtKey), previous: by(input.bought.previous, boughtKey) },
    output: input.output === null ? null : { ...input.output, tonnes: mapInOrder(input.output.tonnes) },
    causes: by(input.causes, ({ code }) => [code]).map((cause) => ({
      ...cause,
      departments: by(cause.departments, (code) => [code]),
    })),
    issues: by(input.issues, ({ code, department, category, item }) => [code, department, category, item]),
    undeclared: by(input.undeclared, (code) => [code]),
    leftOut: by(input.leftOut, ({ period, department, category, kind, id }) => [
      ...[period, department, category, kind, id],
    ]),
    officeTexts: by(input.officeTexts, textKey),
    baselines: by(input.baselines, ({ code }) => [code]),
    restatement: input.restatement === null ? null : restatementInOrder(input.restatement),
  };
}

const placeKey = ({ department, category }: Pick<PlaceSum, 'department' | 'category'>) => [department, category];
const itemKey = (sum: ItemSum) => [...placeKey(sum), sum.item, sum.nature];
const boughtKey = ({ department, item, unit }: ReportInput['bought']['now'][number]) => [department, item, unit];

/** As they were written: ids are whole numbers, so the shorter one is the earlier. */
const textKey = ({ id }: OfficeText) => [String(id.length).padStart(3, '0'), id];

const restatementInOrder = (restatement: Restatement): Restatement => ({
  ...restatement,
  lines: by(restatement.lines, ({ department, category, measure }) => [department, category, measure]),
});

function by<T>(all: readonly T[], keyOf: (each: T) => readonly string[]): T[] {
  return all
    .map((each) => ({ each, key: keyOf(each) }))
    .sort((a, b) => byTexts(a.key, b.key))
    .map(({ each }) => each);
}

const mapInOrder = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map(by([...map], ([code]) => [code]));
