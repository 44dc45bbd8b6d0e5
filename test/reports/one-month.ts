/**
 * The worked month of docs/calculation-spec.md, March 2023, with a little around it:
 * - February: CM1 0104, q = 10, A = 1,000, Q0 = 1.9 × 100; January and March 2022: a record each, without a baseline
 * - in March a correction of February: 2 more for 190
 * - targets of February and March
 */
import type { Folder } from '../support/naive.js';
import { lines } from '../support/naive/worked-example.js';

export const ONE_MONTH: Folder = {
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
    'N1,2023-02-10,CM1,resource,0104,explicit,10,件,,1000.00,,,no,,截齿,,,',
    'N2,2023-01-20,GY,personnel,03,explicit,,,,300000.00,,,no,,薪酬,,,',
    'N3,2022-03-15,JD,management,02,explicit,100,千瓦时,,63.00,,,no,,电费,,,',
    'C1,2023-03-30,CM1,resource,0104,explicit,2,件,,190.00,,,no,,截齿补记,,,2023-02',
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
    '2023-02,CM1,raw_coal_kt,100,100',
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
  'targets.csv': lines(
    'period,department,category,measure,amount',
    '2023-03,CM1,resource,synergy_value,3000.00',
    '2023-02,CM1,resource,synergy_value,2000.00',
  ),
};
