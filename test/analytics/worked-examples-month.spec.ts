import { describe, expect, it } from '@jest/globals';
import { computeFolder, type Outcome } from '../../src/modules/offline/compute-folder.js';
import { bytesOf } from '../support/mutate.js';
import type { Folder } from '../support/naive.js';
import { lines } from '../support/naive/worked-example.js';

/** The example folder `one-month` as it was handed in (docs/calculation-spec.md, “Worked example”). */
const MONTH: Folder = {
  'departments.csv': lines(
    'code,name,parent',
    'MINE,柴里煤矿,',
    'CM1,采煤一区,MINE',
    'JD,机电区,MINE',
    'GY,供应部,MINE',
    'ZY,政策研究办公室,MINE',
  ),
  'projects.csv': lines(
    'code,name,category,lead,approved_on,closed_on',
    'P01,综采设备内部大修,industry,JD,2023-02-10,',
    'P02,外委钻探转内部,industry,CM1,,',
  ),
  'records.csv': lines(
    'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary,tax_basis,tax_rate,corrects_period',
    'R1,2023-03-05,CM1,resource,0104,explicit,120,件,95.00,11400.00,,兖州配件厂,no,记-0031,截齿,,,',
    'R2,2023-03-18,CM1,resource,0104,explicit,80,件,102.50,8200.00,,兖州配件厂,no,记-0112,截齿,,,',
    'R3,2023-03-31,JD,management,02,explicit,410000,千瓦时,0.612,250920.00,,国网,no,记-0288,三月电费,,,',
    'R4,2023-03-22,JD,industry,05,explicit,1,台,186000,186000.00,P01,机修厂,yes,结-0007,采煤机大修,,,',
    'R5,2023-03-25,CM1,industry,10,explicit,300,米,410,123000.00,P02,钻探队,yes,结-0009,钻探,,,',
    'R6,2023-03-31,JD,management,IDLE_MACHINE,implicit_opportunity,46,小时,,,,,no,,皮带机闲置,,,',
    'R7,2023-03-31,CM1,management,REWORK,implicit_booked,32,小时,,,,,no,,返工,,,',
    'R8,2023-03-31,GY,resource,0101,explicit,,立方米,,64000.00,,木材公司,no,记-0300,坑木,,,',
    'R9,2023-03-31,GY,personnel,03,explicit,,,,312000.00,,,no,记-0310,薪酬,,,',
    'R10,2023-03-28,CM1,resource,0104,explicit,0,件,,-300.00,,兖州配件厂,no,记-0291,截齿返利,,,',
  ),
  'baselines.csv': lines(
    'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume,fixed_amount,unit,tax_basis,tax_rate',
    'B-0104,CM1,resource,0104,explicit,,2023-01-01,2023-12-31,prior_year,108.00,1.9,raw_coal_kt,,,,,件,,',
    'B-02,JD,management,02,explicit,,2023-01-01,2023-12-31,budget,0.635,3500,raw_coal_kt,,,,,千瓦时,,',
    'B-05,JD,industry,05,explicit,P01,2023-01-01,2023-12-31,market,261030,,,,,,,台,incl,0.13',
    'B-IDLE,JD,management,IDLE_MACHINE,implicit_opportunity,,2023-01-01,2023-12-31,prior_year,,,,60,,,,小时,,',
    'B-REWORK,CM1,management,REWORK,implicit_booked,,2023-01-01,2023-12-31,prior_year,,,,50,,,,小时,,',
    'B-0101,GY,resource,0101,explicit,,2023-01-01,2023-12-31,budget,,,raw_coal_kt,,52500,105,17500,,,',
    'B-11,GY,resource,11,explicit,,2023-01-01,2023-12-31,budget,,,,,15000,,,,,',
  ),
  'activities.csv': lines(
    'period,department,driver,actual,planned',
    '2023-03,CM1,raw_coal_kt,110,105',
    '2023-03,JD,raw_coal_kt,110,105',
    '2023-03,GY,raw_coal_kt,110,105',
  ),
  'rates.csv': lines(
    'item,unit,rate,valid_from,valid_to,basis',
    'IDLE_MACHINE,小时,380.00,2023-01-01,2023-12-31,折旧与维护费÷可用机时',
    'REWORK,小时,52.50,2023-01-01,2023-12-31,人工成本÷有效工时',
  ),
  'adjustments.csv': lines(
    'id,period,department,category,project,kind,amount,recognition,status,voucher',
    'A1,2023-03,ZY,business,,gain,36000.00,realised,confirmed,',
    'A2,2023-03,ZY,business,,gain,90000.00,annualised,confirmed,',
    'A3,2023-03,ZY,business,,gain,12000.00,realised,claimed,',
    'A4,2023-03,JD,industry,P01,input,8500.00,realised,confirmed,',
  ),
};

type Figures = Readonly<Record<string, string>>;

const nonZero = (measures: Figures) =>
  Object.fromEntries(Object.entries(measures).filter(([, yuan]) => yuan !== '0.00'));

function answerOf(outcome: Outcome) {
  if (!('answer' in outcome)) throw new Error(JSON.stringify(outcome.problems));
  return outcome.answer;
}

describe('the worked example of docs/calculation-spec.md', () => {
  const answer = answerOf(computeFolder(bytesOf(MONTH), ['department', 'period', 'category']));

  it.each<[string, string, Figures]>([
    // P02 is not approved: no turnover, no baseline
    ['CM1', 'industry', { explicit_actual: '123000.00', internal_actual: '123000.00' }],
    // 52.50·32; 52.50·(50 − 32): shown, in no value
    ['CM1', 'management', { implicit_booked_actual: '1680.00', implicit_booked_saving: '945.00' }],
    // price 108·200 − 19,300; Q0 = 1.9·110 = 209; usage 108·(209 − 200)
    [
      'CM1',
      'resource',
      {
        ...{ explicit_actual: '19300.00', covered_actual: '19300.00', baseline: '22572.00', price_base: '21600.00' },
        ...{ price_reduction: '2300.00', usage_saving: '972.00', explicit_saving: '3272.00' },
        ...{ booked_value: '3272.00', synergy_value: '3272.00' },
      },
    ],
    ['GY', 'personnel', { explicit_actual: '312000.00' }],
    // 17,500 + 52,500·110/105 − 64,000; B-11 has no report
    [
      'GY',
      'resource',
      {
        ...{ explicit_actual: '64000.00', covered_actual: '64000.00', baseline: '72500.00', amount_saving: '8500.00' },
        ...{ explicit_saving: '8500.00', booked_value: '8500.00', synergy_value: '8500.00' },
        unreported_baseline: '15000.00',
      },
    ],
    // 261,030 ÷ 1.13 = 231,000; − 186,000; less the input of 8,500
    [
      'JD',
      'industry',
      {
        ...{ explicit_actual: '186000.00', covered_actual: '186000.00', internal_actual: '186000.00' },
        ...{ baseline: '231000.00', price_base: '231000.00', price_reduction: '45000.00', turnover: '186000.00' },
        ...{ explicit_saving: '45000.00', inputs: '8500.00', booked_value: '36500.00', synergy_value: '36500.00' },
      },
    ],
    // price 0.635·410,000 − 250,920; usage 0.635·(385,000 − 410,000); idle 380·(60 − 46)
    [
      'JD',
      'management',
      {
        ...{ explicit_actual: '250920.00', covered_actual: '250920.00', baseline: '244475.00' },
        ...{ price_base: '260350.00', price_reduction: '9430.00', usage_saving: '-15875.00' },
        ...{ implicit_opportunity_actual: '17480.00', implicit_opportunity_saving: '5320.00' },
        ...{ explicit_saving: '-6445.00', booked_value: '-6445.00', synergy_value: '-1125.00' },
      },
    ],
    // 90,000 annualised and 12,000 claimed are left out
    ['ZY', 'business', { gains: '36000.00', booked_value: '36000.00', synergy_value: '36000.00' }],
  ])('%s, %s', (department, category, figures) => {
    const row = answer.rows.find((each) => each.department === department && each.category === category);
    expect(row?.period).toBe('2023-03');
    expect(nonZero(row!.measures)).toEqual(figures);
  });

  it('the whole month', () => {
    expect(answer.rows.map(({ department, category }) => `${department} ${category}`)).toEqual([
      ...['CM1 industry', 'CM1 management', 'CM1 resource', 'GY personnel', 'GY resource'],
      ...['JD industry', 'JD management', 'ZY business'],
    ]);
    expect(answer.total).toEqual({
      ...{ explicit_actual: '955220.00', internal_actual: '309000.00', covered_actual: '520220.00' },
      ...{ implicit_booked_actual: '1680.00', implicit_opportunity_actual: '17480.00' },
      ...{ baseline: '570547.00', price_base: '512950.00', unreported_baseline: '15000.00' },
      // 2,300 + 9,430 + 45,000; 972 − 15,875; 8,500; together 50,327
      ...{ price_reduction: '56730.00', usage_saving: '-14903.00', amount_saving: '8500.00' },
      ...{ explicit_saving: '50327.00', implicit_booked_saving: '945.00', implicit_opportunity_saving: '5320.00' },
      // 50,327 + 36,000 − 8,500; + 5,320
      ...{ gains: '36000.00', inputs: '8500.00', booked_value: '77827.00', synergy_value: '83147.00' },
      turnover: '186000.00',
    });
    const place = { department: 'GY', period: '2023-03', category: 'resource', item: '11', nature: 'explicit' };
    expect(answer.issues).toEqual([{ code: 'not_reported', ...place, baseline: 'B-11' }]);
    expect(answer.method).toEqual({ priceReduction: 'within', opportunitySaving: 'within' });
  });

  it.each([
    // 77,827 − 56,730; + 5,320
    ['{"priceReduction":"beside"}', '21097.00', '26417.00'],
    ['{"opportunitySaving":"beside"}', '77827.00', '77827.00'],
    ['{"priceReduction":"beside","opportunitySaving":"beside"}', '21097.00', '21097.00'],
    ['{"priceReduction":"within"}', '77827.00', '83147.00'],
  ])('VAL-2, IMP-4: with the method %s', (json, booked, synergy) => {
    const { total } = answerOf(computeFolder(bytesOf({ ...MONTH, 'method.json': json }), []));
    expect([total.booked_value, total.synergy_value, total.price_reduction]).toEqual([booked, synergy, '56730.00']);
  });
});

/** The month with one text in one file replaced. */
function monthWith(file: string, from: string, to: string): Folder {
  const text = MONTH[file]!;
  if (text.split(from).length !== 2) throw new Error(`${file} has ${JSON.stringify(from)} not once`);
  return { ...MONTH, [file]: text.replace(from, to) };
}

describe('CMB-1: net of tax at intake', () => {
  it.each([
    // 11,400 ÷ 1.13 = 10,088.4955…; the month without R1 is 943,820
    ['11400.00', 'incl,0.13', '953908.50'],
    ['11400.00', 'incl,0', '955220.00'],
    ['11400.00', 'excl,0.13', '955220.00'],
    ['11400.00', ',0.13', '955220.00'],
    // ±0.04 ÷ 1.6 = ±0.025, half away from zero
    ['0.04', 'incl,0.6', '943820.03'],
    ['-0.04', 'incl,0.6', '943819.97'],
  ])('R1 over %s, %s: the month is %s', (amount, tax, total) => {
    const r1 = '120,件,95.00,11400.00,,兖州配件厂,no,记-0031,截齿,,,';
    const folder = monthWith('records.csv', r1, `120,件,,${amount},,兖州配件厂,no,记-0031,截齿,${tax},`);
    expect(answerOf(computeFolder(bytesOf(folder), [])).total.explicit_actual).toBe(total);
  });
});

describe('the month with one thing wrong is refused, with its row and column', () => {
  const B11 = 'B-11,GY';
  it.each([
    ['COR-1', 'records.csv', '截齿返利,,,', '截齿返利,,,2023-13', '11 corrects_period unknown_period'],
    ['GRN-1', 'adjustments.csv', 'A4,2023-03', 'A4,2023-13', '5 period unknown_period'],
    ['CMB-1', 'baselines.csv', 'incl,0.13', 'incl,', '4 tax_rate tax_rate_missing'],
    ['CMB-1', 'records.csv', '120,件', '120,吨', '2 unit unit_mismatch'],
    ['CMB-1', 'rates.csv', 'IDLE_MACHINE,小时', 'IDLE_MACHINE,台时', 'records.csv 7 unit unit_mismatch'],
    ['BAS-1', 'baselines.csv', ',,15000', ',7,15000', '8 code baseline_mixture'],
    ['BAS-1', 'baselines.csv', 'prior_year,,,,60', 'prior_year,5,,,60', '5 code baseline_mixture'],
    ['BAS-1', 'baselines.csv', '52500,105', '52500,', '7 code baseline_mixture'],
    ['BAS-1', 'baselines.csv', '52500,105', '52500,0', '7 planned_volume planned_volume_not_positive'],
    ['BAS-1', 'baselines.csv', '1.9,raw_coal_kt', '1.9,', '2 driver norm_without_driver'],
    ['BAS-1', 'baselines.csv', B11, 'B-11,', '8 department department_missing'],
    [
      ...['BAS-2', 'baselines.csv', B11, `B-X,GY,resource,11,explicit,,2023-12-01,,budget,5${','.repeat(9)}\n${B11}`],
      '9 code baseline_overlap',
    ],
    [
      ...['BAS-2', 'baselines.csv', B11, `B-X,,resource,11,explicit,P01,,,budget,5${','.repeat(9)}\n${B11}`],
      '9 code baseline_beside_project',
    ],
    [
      'BAS-3',
      'baselines.csv',
      '02,explicit,,2023-01-01',
      '02,explicit,,2023-01-02',
      '3 valid_from not_on_period_boundary',
    ],
    [
      'BAS-3',
      'rates.csv',
      '52.50,2023-01-01,2023-12-31',
      '52.50,2023-01-01,2023-12-30',
      '3 valid_to not_on_period_boundary',
    ],
    ['IMP-1', 'rates.csv', '380.00,2023-01-01', '380.00,2023-04-01', 'records.csv 7 quantity rate_missing'],
    ['IMP-1', 'records.csv', '32,小时,,,', '32,小时,,9,', '8 amount quantity_and_amount'],
    ['IMP-1', 'records.csv', '32,小时,,,', ',小时,,,', '8 quantity quantity_or_amount_missing'],
    ['RND-4', 'records.csv', '64000.00', '64000.001', '9 amount too_many_decimals'],
    ['RND-4', 'records.csv', '0.612', '0.6120001', '4 unit_price too_many_decimals'],
    ['RND-4', 'records.csv', '11400.00', '11400.02', '2 amount product_mismatch'],
    ['RND-4', 'records.csv', '120,件', '119.9998,件', '2 amount product_mismatch'],
  ])('%s: %s, %j → %j: %s', (_, file, from, to, expected) => {
    const outcome = computeFolder(bytesOf(monthWith(file, from, to)), []);
    const problems = 'problems' in outcome ? outcome.problems : [];
    const told = problems.map(({ file: of, row, column, code }) => `${of} ${row} ${column} ${code}`);
    expect(told).toEqual([expected.includes('.csv') ? expected : `${file} ${expected}`]);
  });

  it.each([
    // Up to 0.01 is agreement: 120·95 = 11,400; 119.9999·95 = 11,399.9905
    ['RND-4', 'records.csv', '11400.00', '11400.01'],
    ['RND-4', 'records.csv', '120,件', '119.9999,件'],
    ['BAS-3', 'baselines.csv', '05,explicit,P01,2023-01-01', '05,explicit,P01,2023-03-22'],
  ])('control, %s: %s, %j → %j is taken', (_, file, from, to) => {
    expect(computeFolder(bytesOf(monthWith(file, from, to)), [])).toHaveProperty('answer');
  });

  it('GRN-1: with a table of periods a date outside is refused', () => {
    const periods = { 'periods.csv': lines('code,start,end', '2023-03,2023-03-06,2023-03-31') };
    const { problems } = computeFolder(bytesOf({ ...MONTH, ...periods }), []) as {
      problems: readonly { row: number; column: string; code: string }[];
    };
    expect(problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual(['2 date unknown_period']);
  });
});
