import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MEASURES,
  naive,
  naiveLines,
  naiveReported,
  type Dimension,
  type Folder,
  type Measure,
} from '../support/naive.js';
import { ADJUSTMENTS, BASELINES, lines, MONTH, RECORDS } from '../support/naive/worked-example.js';
import { randomFolder, splitFolder } from '../support/random-folder.js';
import { Random } from '../support/random-folder/random.js';

/** The oracle must be right before anything is compared with it: worked by hand first, then by its own laws. */
type Figures = Partial<Record<Measure, string>>;

/** The measures that are not zero. */
function nonZero(measures: Readonly<Record<Measure, string>> | undefined): Figures {
  return Object.fromEntries(Object.entries(measures ?? {}).filter(([, yuan]) => yuan !== '0.00'));
}

const knownRow = (folder: Folder, by: readonly Dimension[], ...key: string[]): Figures =>
  nonZero(naive(folder, by).rows.find((row) => by.every((dimension, at) => row[dimension] === key[at]))?.measures);

describe('the worked example of docs/calculation-spec.md', () => {
  it.each<[string, string, Figures]>([
    // price 108·200 − 19,300 = 2,300; usage 108·(1.9·110 − 200) = 108·9 = 972
    ['CM1', 'resource', { explicit_actual: '19300.00', price_reduction: '2300.00', usage_saving: '972.00' }],
    // price 0.635·410,000 − 250,920 = 9,430; usage 0.635·(385,000 − 410,000) = −15,875; idle 380·(60 − 46) = 5,320
    [
      'JD',
      'management',
      { price_reduction: '9430.00', usage_saving: '-15875.00', implicit_opportunity_saving: '5320.00' },
    ],
    // −6,445 booked; −6,445 + 5,320 = −1,125
    ['JD', 'management', { booked_value: '-6445.00', synergy_value: '-1125.00', baseline: '244475.00' }],
    // 261,030 ÷ 1.13 = 231,000; 231,000 − 186,000 = 45,000; less the input of 8,500 = 36,500
    ['JD', 'industry', { price_reduction: '45000.00', synergy_value: '36500.00', turnover: '186000.00' }],
    // 52.50·(50 − 32) = 945, shown and not added: no synergy value at all
    ['CM1', 'management', { implicit_booked_actual: '1680.00', implicit_booked_saving: '945.00' }],
    // 17,500 + 52,500·110/105 = 72,500; − 64,000 = 8,500; B-11 has no report: 15,000 stands apart
    ['GY', 'resource', { baseline: '72500.00', amount_saving: '8500.00', unreported_baseline: '15000.00' }],
    ['ZY', 'business', { gains: '36000.00', booked_value: '36000.00', synergy_value: '36000.00' }],
  ])('%s %s', (department, category, figures) => {
    expect(knownRow(MONTH, ['department', 'category'], department, category)).toMatchObject(figures);
  });

  it('keeps what is not approved, not covered and not comparable visible and unsaved', () => {
    const internal = { explicit_actual: '123000.00', internal_actual: '123000.00' };
    expect(knownRow(MONTH, ['department', 'category'], 'CM1', 'industry')).toEqual(internal);
    expect(knownRow(MONTH, ['department', 'category'], 'GY', 'personnel')).toEqual({ explicit_actual: '312000.00' });
  });

  it('gives the month', () => {
    const { total, method, issues } = naive(MONTH, ['department', 'period', 'category']);
    // 2,300 + 9,430 + 45,000 = 56,730; booked 50,327 + 36,000 − 8,500 = 77,827; + 5,320 = 83,147
    const month = { synergy_value: '83147.00', booked_value: '77827.00', price_reduction: '56730.00' };
    expect(total).toMatchObject({ ...month, turnover: '186000.00', explicit_saving: '50327.00' });
    expect(method).toEqual({ priceReduction: 'within', opportunitySaving: 'within' });
    const place = { department: 'GY', period: '2023-03', category: 'resource', item: '11', nature: 'explicit' };
    expect(issues).toEqual([{ code: 'not_reported', ...place, baseline: 'B-11' }]);
  });

  it('answers to the method (VAL-2, IMP-4)', () => {
    const beside = { ...MONTH, 'method.json': '{"priceReduction":"beside","opportunitySaving":"beside"}' };
    // 77,827 − 56,730 = 21,097
    expect(naive(beside, []).total).toMatchObject({ booked_value: '21097.00', synergy_value: '21097.00' });
  });

  it('gives lines with exact figures (GRN-2)', () => {
    const found = naiveLines(MONTH).filter(({ baseline }) => baseline === 'B-0101');
    expect(found.map(({ kind, id, measures }) => [kind, id, measures.amount_saving])).toEqual([
      ['baseline', 'B-0101', '72500'],
      ['record', 'R8', '-64000'],
    ]);
  });
});

describe('clauses that the worked example does not reach', () => {
  const records = (...rows: string[]): string => lines(RECORDS, ...rows);
  const baselines = (...rows: string[]): string => lines(BASELINES, ...rows);
  const issuesOf = (folder: Folder): string[] =>
    naive(folder, []).issues.map(({ code, baseline }) => `${code} ${baseline}`);
  const R = (id: string, quantity: string, amount: string, rest = ',,,'): string =>
    `${id},2023-01-15,CM1,resource,0104,explicit,${quantity},${amount},${rest}`;

  it('AMT-1: one record without a quantity turns the whole group to amounts', () => {
    const folder = {
      'records.csv': records(R('R1', '80', '900'), R('R2', '', '50')),
      'baselines.csv': baselines('B,CM1,resource,0104,explicit,,10,,,100,,,,,'),
    };
    // T = 10·100 = 1,000; − 900 − 50 = 50
    expect(nonZero(naive(folder, []).total)).toMatchObject({ amount_saving: '50.00', covered_actual: '950.00' });
  });

  it('COV-0: without a quantity there is no price to compare', () => {
    const folder = {
      'records.csv': records(R('R1', '', '50')),
      'baselines.csv': baselines('B,,resource,0104,explicit,,10,,,,,,,,'),
    };
    expect(nonZero(naive(folder, []).total)).toEqual({ explicit_actual: '50.00' });
    expect(issuesOf(folder)).toEqual(['missing_quantity B']);
  });

  it('COV-2: a blank volume is missing, 0 is a volume (BAS-4)', () => {
    const folder = {
      'records.csv': records(R('R1', '80', '900')),
      'baselines.csv': baselines('B,CM1,resource,0104,explicit,,10,2,t,,,,,,'),
    };
    const blank = { ...folder, 'activities.csv': lines('period,department,driver,actual', '2023-01,CM1,t,') };
    expect(nonZero(naive(blank, []).total)).toEqual({ explicit_actual: '900.00' });
    expect(issuesOf(blank)).toEqual(['missing_volume B']);
    const zero = { ...folder, 'activities.csv': lines('period,department,driver,actual', '2023-01,CM1,t,0') };
    // usage 10·(0 − 80) = −800; price 800 − 900 = −100
    expect(naive(zero, []).total).toMatchObject({ usage_saving: '-800.00', price_reduction: '-100.00' });
    expect(issuesOf(zero)).toEqual([]);
  });

  it('COV-2: implicit quantities and amounts do not mix', () => {
    const row = 'CM1,management,REWORK,implicit_booked';
    const folder = {
      'records.csv': records(`R1,2023-01-15,${row},4,,,,,`, `R2,2023-01-16,${row},,70,,,,`),
      'baselines.csv': baselines(`B,${row},,,,,9,,,,,`),
      'rates.csv': lines('item,rate,valid_to', 'REWORK,5,2023-01-31'),
    };
    // 4·5 + 70 = 90, nothing saved
    expect(nonZero(naive(folder, []).total)).toEqual({ implicit_booked_actual: '90.00' });
    expect(issuesOf(folder)).toEqual(['not_comparable B']);
  });

  it('BAS-1, BAS-2, PRJ-1: the project comes first, while it is approved', () => {
    const folder = {
      'projects.csv': lines('code,approved_on,closed_on', 'P,2023-01-15,2023-01-15'),
      'records.csv': records(
        R('R1', '1', '5', 'P,,,'),
        R('R2', '1', '5', 'P,,,').replace('-15', '-16'),
        R('R3', '1', '5'),
      ),
      'baselines.csv': baselines(
        'B0,,resource,0104,explicit,,7,,,,,,,,',
        'B1,CM1,resource,0104,explicit,,8,,,,,,,,',
        'B2,,resource,0104,explicit,P,9,,,,,,,,',
      ),
    };
    expect(naiveLines(folder).map(({ id, baseline }) => id + baseline)).toEqual(['R1B2', 'R2B1', 'R3B1']);
  });

  it.each([
    ['0.995', '2.00', '-1.01'], // 0.995 − 2 = −1.005, half away from zero
    ['0.996', '1.00', '0.00'], // −0.004, never -0.00
  ])('RND-1: %s against %s', (price, amount, saving) => {
    const row = `B,,resource,0104,explicit,,${price},,,,,,,,`;
    const folder = { 'records.csv': records(R('R1', '1', amount)), 'baselines.csv': baselines(row) };
    expect(naive(folder, []).total.price_reduction).toBe(saving);
  });

  it('GAI-1: a gain that may be counted already, once per place', () => {
    const folder = {
      ...MONTH,
      'adjustments.csv': lines(
        ADJUSTMENTS,
        'A1,2023-03,ZY,business,P01,gain,10.00,realised,confirmed,',
        'A2,2023-03,ZY,business,P01,gain,10.00,realised,confirmed,',
        'A3,2023-03,ZY,market,P01,gain,10.00,planned,confirmed,',
        'A4,2023-02,ZY,business,P01,gain,10.00,realised,confirmed,',
      ),
    };
    const raised = naive(folder, []).issues.filter(({ code }) => code === 'possible_double_count');
    expect(raised.map(({ period, category }) => `${period} ${category}`)).toEqual(['2023-03 business']);
  });
});

describe('as reported (COR-1)', () => {
  const folder = (...rows: string[]): Folder => ({
    'records.csv': lines(RECORDS, ...rows),
    'baselines.csv': lines(BASELINES, 'B,CM1,resource,0104,explicit,,10,,,100,,,,,'),
  });
  const reported = (from: Folder): [string | undefined, string | undefined, Figures][] =>
    naiveReported(from, ['period']).rows.map((row) => [row.period, row.priorPeriod, nonZero(row.measures)]);

  it('takes back what stood as unreported', () => {
    const late = folder(
      'R0,2023-01-10,JD,market,03,explicit,,1,,,,',
      'R1,2023-02-15,CM1,resource,0104,explicit,80,900,,,,2023-01',
      'R2,2023-02-16,CM1,resource,0104,explicit,95,940,,,,',
    );
    const shown = reported(late);
    expect(shown.map(([period, prior]) => [period, prior])).toEqual([
      ['2023-01', ''],
      ['2023-02', ''],
      ['2023-02', '2023-01'],
    ]);
    expect(shown[0]?.[2]).toEqual({ explicit_actual: '1.00', unreported_baseline: '1000.00' });
    // 950 − 940 = 10; 10·(100 − 95) = 50
    expect(shown[1]?.[2]).toMatchObject({ price_reduction: '10.00', usage_saving: '50.00' });
    // 800 − 900 = −100; 10·(100 − 80) = 200; the target is no longer unreported
    const late01 = { price_reduction: '-100.00', usage_saving: '200.00', unreported_baseline: '-1000.00' };
    expect(shown[2]?.[2]).toMatchObject({ ...late01, explicit_actual: '900.00', baseline: '1000.00' });
  });

  it('shows what a late record changes in the others', () => {
    const shown = reported(
      folder(
        'R1,2023-01-15,CM1,resource,0104,explicit,80,900,,,,',
        'R3,2023-02-15,CM1,resource,0104,explicit,,50,,,,2023-01',
      ),
    );
    expect(shown[0]?.[2]).toMatchObject({ price_reduction: '-100.00', usage_saving: '200.00' });
    // by amounts it is 1,000 − 950 = 50, so 100 is taken back: +100 − 200 + 50 = −50
    const change = { price_reduction: '100.00', usage_saving: '-200.00', amount_saving: '50.00' };
    expect(shown[1]).toEqual(['2023-02', '2023-01', expect.objectContaining({ ...change, explicit_saving: '-50.00' })]);
  });
});

const ALL: Dimension[] = ['department', 'period', 'category', 'item', 'nature', 'project'];
const seeds = fc.integer({ min: 0, max: 1_000_000 });

function shuffledRows(folder: Folder, seed: number): Folder {
  const random = new Random(seed);
  const shuffle = (text: string): string => {
    const [header = '', ...rows] = text.split('\n').filter((line) => line !== '');
    return lines(header, ...random.shuffled(rows));
  };
  return Object.fromEntries(
    Object.entries(folder).map(([file, text]) => [file, file.endsWith('.csv') ? shuffle(text) : text]),
  );
}

/** The steps put together again: a later file of records adds to the earlier, any other file replaces its elder. */
function joined(seed: number, folder: Folder): Folder {
  const files: Record<string, string> = {};
  for (const step of splitFolder(folder, seed)) {
    const name = step.kind === 'method' ? 'method.json' : `${step.kind}.csv`;
    const text = step.kind === 'method' ? step.json : step.csv;
    const adds = step.kind === 'records' && files[name] !== undefined;
    files[name] = adds ? files[name] + text.slice(text.indexOf('\n') + 1) : text;
  }
  return files;
}

/** The exact figure as a count of 10^-30 yuan. */
function count(exact: string): bigint {
  const [whole = '', decimals = ''] = exact.split('.');
  return BigInt(whole + decimals.padEnd(30, '0'));
}

describe('laws of the oracle on random folders', () => {
  const runs = { numRuns: 40 };

  it('does not care about the order of rows, nor how the folder came in', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, order) => {
        const folder = randomFolder(seed);
        expect(naive(shuffledRows(folder, order), ALL)).toEqual(naive(folder, ALL));
        expect(naive(joined(order, folder), ALL)).toEqual(naive(folder, ALL));
      }),
      runs,
    );
  });

  it('gives one total however it is grouped, known or reported (GRN-2, COR-1)', () => {
    fc.assert(
      fc.property(seeds, fc.subarray(ALL), (seed, by) => {
        const folder = randomFolder(seed);
        const { total } = naive(folder, ['department', 'period', 'category']);
        expect(naive(folder, by).total).toEqual(total);
        expect(naiveReported(folder, by).total).toEqual(total);
        const saved = (measure: Measure): bigint =>
          naiveLines(folder).reduce((sum, line) => sum + count(line.measures[measure]), 0n);
        // SAV-1, exactly
        expect(saved('explicit_saving')).toBe(saved('baseline') - saved('covered_actual'));
      }),
      runs,
    );
  });

  it('is given folders that reach every measure, every issue and every kind of line', () => {
    const reached = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const folder = randomFolder(seed);
      naive(folder, []).issues.forEach(({ code }) => reached.add(code));
      for (const { kind, measures } of naiveLines(folder)) {
        reached.add(kind);
        MEASURES.filter((measure) => measures[measure] !== '0').forEach((measure) => reached.add(measure));
      }
      if (naiveReported(folder, ['period']).rows.some(({ priorPeriod }) => priorPeriod !== ''))
        reached.add('prior period');
    }
    const issues = ['missing_quantity', 'missing_volume', 'not_comparable', 'not_reported', 'possible_double_count'];
    const everything = [...MEASURES, ...issues, 'record', 'baseline', 'adjustment', 'prior period'];
    expect(everything.filter((each) => !reached.has(each))).toEqual([]);
  });
});
