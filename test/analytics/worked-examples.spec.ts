import { describe, expect, it } from '@jest/globals';
import { computeFolder } from '../../src/modules/offline/compute-folder.js';
import { bytesOf } from '../support/mutate.js';
import { COLUMNS, type FileName } from '../support/naive/words.js';
import { lines } from '../support/naive/worked-example.js';

/** What a line of an example stands for, and what it says where it says nothing else; # is its number within its kind. */
const KINDS: Readonly<Record<string, readonly [FileName, string]>> = {
  record: ['records.csv', 'id=R# date=2023-03-15 department=CM1 category=resource item=0104 nature=explicit'],
  baseline: ['baselines.csv', 'code=B# department=CM1 category=resource item=0104 nature=explicit basis=budget'],
  volume: ['activities.csv', 'period=2023-03 department=CM1 driver=t'],
  rate: ['rates.csv', 'item=REWORK'],
  gain: ['adjustments.csv', 'kind=gain recognition=realised status=confirmed'],
  input: ['adjustments.csv', 'kind=input recognition=realised status=confirmed'],
  project: ['projects.csv', 'code=P# name=大修 category=industry'],
  department: ['departments.csv', 'name=区队'],
};
const ADJUSTMENT = 'id=A# period=2023-03 department=ZY category=business';
const REWORK = 'category=management item=REWORK nature=implicit_booked';
const IDLE = 'category=management item=IDLE_MACHINE nature=implicit_opportunity';

const fieldsOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(' ').map((pair) => pair.split('=')));

/** The total and the issues of an example; a line starting with { is its method. */
function computed(example: readonly string[]) {
  const rows: Partial<Record<FileName, string[]>> = {};
  for (const line of [...['CM1', 'JD', 'ZY'].map((code) => `department code=${code}`), ...example]) {
    if (line.startsWith('{')) continue;
    const [kind = '', ...given] = line.replace('(rework)', REWORK).replace('(idle)', IDLE).split(' ');
    const [file, defaults] = KINDS[kind]!;
    const same = (rows[file] ??= []);
    const always = file === 'adjustments.csv' ? `${ADJUSTMENT} ${defaults}` : defaults;
    const fields = fieldsOf([always.replace('#', String(same.length + 1)), ...given].join(' '));
    same.push(COLUMNS[file].map(({ code }) => fields[code] ?? '').join(','));
  }
  const header = (file: FileName) => COLUMNS[file].map(({ code }) => code).join(',');
  const files = (Object.keys(rows) as FileName[]).map((file) => [file, lines(header(file), ...rows[file]!)]);
  const method = example.filter((line) => line.startsWith('{')).map((json) => ['method.json', json]);
  const outcome = computeFolder(bytesOf(Object.fromEntries([...files, ...method])), ['item']);
  if (!('answer' in outcome)) throw new Error(JSON.stringify(outcome.problems));
  return outcome.answer;
}

/** The figures of a line `= covered=5 gains=1.50`: yuan; `covered` is explicit_actual and covered_actual in one. */
function figuresOf(text: string): Record<string, string> {
  const yuan = (figure: string) => (figure.includes('.') ? figure : `${figure}.00`);
  const stated = text === '=' ? [] : Object.entries(fieldsOf(text.slice(2)));
  return Object.fromEntries(
    stated.flatMap(([name, figure]) =>
      (name === 'covered' ? ['explicit_actual', 'covered_actual'] : [name]).map((each) => [each, yuan(figure)]),
    ),
  );
}

/** Each block: its clauses and arithmetic, the rows of its folder, `=` and every measure that is not 0, `!` and its issues. */
const blocks = (text: string): [string, string[]][] =>
  text.split('\n\n').map((block) => {
    const [name = '', ...rest] = block.trim().split('\n');
    return [name, rest.map((line) => line.trim())];
  });

function expectExample(all: readonly string[]): void {
  const example = all.filter((line) => !/^[=!]/.test(line));
  const { total, issues, method } = computed(example);
  const { explicit_saving, booked_value, synergy_value, ...stated } = total;
  const nonZero = Object.fromEntries(Object.entries(stated).filter(([, yuan]) => yuan !== '0.00'));
  expect(nonZero).toEqual(figuresOf(all.find((line) => line.startsWith('='))!));
  const raised = all.filter((line) => line.startsWith('!')).map((line) => line.slice(2));
  expect(issues.map(({ code, baseline }) => `${code} ${baseline}`.trim())).toEqual(raised);
  // SAV-1, VAL-1, VAL-2 and IMP-4 on every example; none of them has parts of a fen.
  const fen = (yuan: string) => BigInt(yuan.replace('.', ''));
  const saved = fen(total.price_reduction) + fen(total.usage_saving) + fen(total.amount_saving);
  expect(fen(explicit_saving)).toBe(saved);
  expect(fen(total.baseline) - fen(total.covered_actual)).toBe(saved);
  const beside = method.priceReduction === 'beside' ? fen(total.price_reduction) : 0n;
  expect(fen(booked_value)).toBe(saved + fen(total.gains) - fen(total.inputs) - beside);
  const opportunity = method.opportunitySaving === 'within' ? fen(total.implicit_opportunity_saving) : 0n;
  expect(fen(synergy_value)).toBe(fen(booked_value) + opportunity);
}

const MEASURED = `PRC-1: 108·200 = 21,600; − 19,600 = 2,000
  record quantity=200 amount=19600
  baseline unit_price=108
  = covered=19600 baseline=21600 price_base=21600 price_reduction=2000

PRC-1, overspent and not clamped: 90·200 − 19,600 = −1,600
  record quantity=200 amount=19600
  baseline unit_price=90
  = covered=19600 baseline=18000 price_base=18000 price_reduction=-1600

PRC-1, given back: 108·(−5) − (−475) = −65
  record quantity=-5 amount=-475
  baseline unit_price=108
  = covered=-475 baseline=-540 price_base=-540 price_reduction=-65

ADJ-1, a rebate: 108·0 − (−300), all of it a price effect
  record quantity=0 amount=-300
  baseline unit_price=108
  = covered=-300 price_reduction=300

ADJ-1, freight beside its goods: 21,600 − 19,600 − 450 = 1,550
  record quantity=200 amount=19600
  record quantity=0 amount=450
  baseline unit_price=108
  = covered=20050 baseline=21600 price_base=21600 price_reduction=1550

USE-1, BAS-4: Q0 = 1.9·110 = 209; price 21,600 − 19,300; usage 108·(209 − 200)
  record quantity=120 amount=11400
  record quantity=80 amount=8200
  record quantity=0 amount=-300
  baseline unit_price=108 norm=1.9 driver=t
  volume actual=110
  = covered=19300 baseline=22572 price_base=21600 price_reduction=2300 usage_saving=972

USE-1, BAS-4, a volume of 0 is a volume: usage 108·(0 − 200)
  record quantity=200 amount=19300
  baseline unit_price=108 norm=1.9 driver=t
  volume actual=0
  = covered=19300 price_base=21600 price_reduction=2300 usage_saving=-21600

USE-1, given back: price −540 + 475; usage 108·(209 + 5) = 23,112
  record quantity=-5 amount=-475
  baseline unit_price=108 quantity=209
  = covered=-475 baseline=22572 price_base=-540 price_reduction=-65 usage_saving=23112

AMT-1, one record without a quantity: T = 108·209 = 22,572; − 19,600
  record quantity=120 amount=11400
  record amount=8200
  baseline unit_price=108 norm=1.9 driver=t
  volume actual=110
  = covered=19600 baseline=22572 amount_saving=2972

AMT-1, BAS-1 flexed: 17,500 + 52,500·110 ÷ 105 = 72,500; − 64,000
  record amount=64000
  baseline amount=52500 driver=t planned_volume=105 fixed_amount=17500
  volume actual=110
  = covered=64000 baseline=72500 amount_saving=8500

AMT-1, against an amount quantities do not matter: 60,000 − 64,000
  record quantity=3 amount=64000
  baseline amount=60000
  = covered=64000 baseline=60000 amount_saving=-4000

COV-3, quantity 0 and amount 0 is a report: 10·(100 − 0)
  record quantity=0 amount=0
  baseline unit_price=10 quantity=100
  = baseline=1000 usage_saving=1000

BAS-2, each department against its own: 10·1 − 9 = 1; 20·1 − 25 = −5
  record quantity=1 amount=9
  record quantity=1 amount=25 department=JD
  baseline unit_price=10
  baseline unit_price=20 department=
  = covered=34 baseline=30 price_base=30 price_reduction=-4

CMB-1, a price is rounded to 6 decimals at intake: 1 ÷ 1.13 = 0.884956; 2 ÷ 1.13 = 1.77
  record quantity=1000000 amount=2 tax_basis=incl tax_rate=0.13
  baseline unit_price=1 tax_basis=incl tax_rate=0.13
  = covered=1.77 baseline=884956 price_base=884956 price_reduction=884954.23`;

const NOT_MEASURED = `COV-1, no baseline
  record quantity=200 amount=19600
  = explicit_actual=19600

COV-0, the part without quantity stays uncovered: 108·120 − 11,400
  record quantity=120 amount=11400
  record amount=8200
  baseline unit_price=108
  = explicit_actual=19600 covered_actual=11400 baseline=12960 price_base=12960 price_reduction=1560
  ! missing_quantity B1

COV-0, and tries no other baseline
  record amount=8200
  baseline unit_price=108
  baseline unit_price=1 department=
  = explicit_actual=8200
  ! missing_quantity B1

COV-2, the volume of the driver is only planned
  record quantity=200 amount=19300
  baseline unit_price=108 norm=1.9 driver=t
  volume planned=110
  = explicit_actual=19300
  ! missing_volume B1

BAS-4, a volume of another department, driver or period is none of its own
  record quantity=200 amount=19300
  baseline unit_price=108 norm=1.9 driver=t valid_to=2023-03-31
  volume actual=110 department=JD
  volume actual=110 driver=m
  volume actual=110 period=2023-04
  = explicit_actual=19300
  ! missing_volume B1

COV-2, not comparable: 52.50·4 + 70 = 280
  record quantity=4 (rework)
  record amount=70 (rework)
  baseline quantity=50 (rework)
  rate rate=52.5
  = implicit_booked_actual=280
  ! not_comparable B1

COV-3: 108·1.9·110 stands apart, implicit baselines without money, prices and projects not at all
  project approved_on=2023-01-01
  volume actual=110
  baseline unit_price=108 norm=1.9 driver=t
  baseline unit_price=108 norm=1.9 driver=none item=0105
  baseline quantity=50 (rework)
  baseline unit_price=9 item=02
  baseline amount=9 item=03 project=P1
  baseline amount=9 item=04 valid_from=2023-04-01
  = unreported_baseline=22572
  ! not_reported B3
  ! not_reported B1
  ! not_reported B2

COV-3, seen by a plan of another department
  gain amount=1 recognition=planned
  baseline amount=15000
  = unreported_baseline=15000
  ! not_reported B1

COV-3, seen by a record of another department
  record amount=5 department=JD
  baseline amount=15000
  = explicit_actual=5 unreported_baseline=15000
  ! not_reported B1

COV-3, nothing happened at all
  baseline amount=15000
  =`;

const AROUND = `IMP-2, IMP-3: 52.50·32; 52.50·(50 − 32) shown and not added
  record quantity=32 (rework)
  baseline quantity=50 (rework)
  rate rate=52.5
  = implicit_booked_actual=1680 implicit_booked_saving=945

IMP-2, IMP-4: 380·46; 380·(60 − 46)
  record quantity=46 (idle)
  baseline quantity=60 (idle)
  rate item=IDLE_MACHINE rate=380
  = implicit_opportunity_actual=17480 implicit_opportunity_saving=5320

IMP-2, an amount: 1,000 − (380·2 + 40)
  record quantity=2 (idle)
  record amount=40 (idle)
  baseline amount=1000 (idle)
  rate item=IDLE_MACHINE rate=380
  = implicit_opportunity_actual=800 implicit_opportunity_saving=200

IMP-1, the rate in force: 50·2 + 60·2
  record quantity=2 (rework)
  record quantity=2 date=2023-04-30 (rework)
  rate rate=50 valid_to=2023-03-31
  rate rate=60 valid_from=2023-04-01
  = implicit_booked_actual=220

PRJ-1, TUR-1, approved on the 15th: 100·1 − 80 on that day, nothing the day before
  project approved_on=2023-03-15
  record quantity=1 amount=90 date=2023-03-14 internal=yes project=P1
  record quantity=1 amount=80 internal=yes project=P1
  baseline unit_price=100 project=P1
  = explicit_actual=170 internal_actual=170 turnover=80 covered_actual=80 baseline=100 price_base=100 price_reduction=20

TUR-1: closed on the 14th; not internal; of no project
  project approved_on=2023-01-01 closed_on=2023-03-14
  record amount=90 date=2023-03-14 internal=yes project=P1
  record amount=80 internal=yes project=P1
  record amount=7 date=2023-03-14 project=P1
  record amount=6 internal=yes
  = explicit_actual=183 internal_actual=176 turnover=90

VAL-2, IMP-4, both beside: 110·1 − 100 = 10 and 380·(60 − 46) left out
  record quantity=1 amount=100
  record quantity=46 (idle)
  baseline unit_price=110
  baseline quantity=60 (idle)
  rate item=IDLE_MACHINE rate=380
  {"priceReduction":"beside","opportunitySaving":"beside"}
  = covered=100 baseline=110 price_base=110 price_reduction=10 implicit_opportunity_actual=17480 implicit_opportunity_saving=5320`;

describe.each([
  ['measured against a baseline', MEASURED],
  ['not measured', NOT_MEASURED],
  ['implicit cost, projects and the method', AROUND],
])('%s', (_, text) => {
  it.each(blocks(text))('%s', (_name, example) => expectExample(example));
});
