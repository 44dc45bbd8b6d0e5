import type { Folder } from './table.js';

/** Lines of a small CSV file, header first; the folders below name only the columns that they fill. */
export const lines = (...text: string[]): string => text.join('\n') + '\n';

export const RECORDS =
  'id,date,department,category,item,nature,quantity,amount,project,internal,voucher,corrects_period';
export const BASELINES =
  'code,department,category,item,nature,project,unit_price,norm,driver,quantity,amount,planned_volume,fixed_amount,tax_basis,tax_rate';
export const ADJUSTMENTS = 'id,period,department,category,project,kind,amount,recognition,status,voucher';

/** docs/calculation-spec.md “Worked example”: the table of the month, row by row. */
export const MONTH: Folder = {
  'projects.csv': lines('code,approved_on,closed_on', 'P01,2023-02-10,', 'P02,,'),
  'records.csv': lines(
    RECORDS,
    'R1,2023-03-05,CM1,资源,0104,显性,120,11400.00,,否,,',
    'R2,2023-03-18,CM1,resource,0104,explicit,80,8200.00,,,,',
    'R3,2023-03-31,JD,management,02,explicit,410000,250920.00,,,,',
    'R4,2023-03-22,JD,industry,05,explicit,1,186000.00,P01,yes,,',
    'R5,2023-03-25,CM1,industry,10,explicit,300,123000.00,P02,yes,,',
    'R6,2023-03-31,JD,management,IDLE_MACHINE,implicit_opportunity,46,,,,,',
    'R7,2023-03-31,CM1,management,REWORK,implicit_booked,32,,,,,',
    'R8,2023-03-31,GY,resource,0101,explicit,,64000.00,,,,',
    'R9,2023-03-31,GY,personnel,03,explicit,,312000.00,,,,',
    'R10,2023-03-28,CM1,resource,0104,explicit,0,-300.00,,,,',
  ),
  'baselines.csv': lines(
    BASELINES,
    'B-0104,CM1,resource,0104,explicit,,108.00,1.9,raw_coal_kt,,,,,,',
    'B-02,JD,management,02,explicit,,0.635,3500,raw_coal_kt,,,,,,',
    'B-05,JD,industry,05,explicit,P01,261030,,,,,,,incl,0.13',
    'B-IDLE,JD,management,IDLE_MACHINE,implicit_opportunity,,,,,60,,,,,',
    'B-REWORK,CM1,management,REWORK,implicit_booked,,,,,50,,,,,',
    'B-0101,GY,resource,0101,explicit,,,,raw_coal_kt,,52500,105,17500,,',
    'B-11,GY,resource,11,explicit,,,,,,15000,,,,',
  ),
  'activities.csv': lines(
    'period,department,driver,actual',
    '2023-03,CM1,raw_coal_kt,110',
    '2023-03,JD,raw_coal_kt,110',
    '2023-03,GY,raw_coal_kt,110',
  ),
  'rates.csv': lines('item,rate', 'IDLE_MACHINE,380.00', 'REWORK,52.50'),
  'adjustments.csv': lines(
    ADJUSTMENTS,
    'A1,2023-03,ZY,business,,gain,36000.00,realised,confirmed,',
    'A2,2023-03,ZY,business,,gain,90000.00,annualised,confirmed,',
    'A3,2023-03,ZY,business,,gain,12000.00,realised,claimed,',
    'A4,2023-03,JD,industry,P01,input,8500.00,realised,confirmed,',
  ),
};
