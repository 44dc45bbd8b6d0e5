/** The month of the contract's example folder (examples/one-month): what is needed of it to reconcile. */
const lines = (...rows: string[]) => rows.join('\n') + '\n';

const RECORD_HEADER =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';

export const DEPARTMENTS = lines(
  'code,name,parent',
  'MINE,柴里煤矿,',
  'CM1,采煤一区,MINE',
  'JD,机电区,MINE',
  'GY,供应部,MINE',
);

const PROJECTS = lines(
  'code,name,category,lead,approved_on,closed_on',
  'P01,综采设备内部大修,industry,JD,2023-02-10,',
  'P02,外委钻探转内部,industry,CM1,,',
);

const EXTERNAL = [
  'R1,2023-03-05,CM1,resource,0104,explicit,120,件,95.00,11400.00,,兖州配件厂,no,记-0031,截齿',
  'R2,2023-03-18,CM1,resource,0104,explicit,80,件,102.50,8200.00,,兖州配件厂,no,记-0112,截齿',
  'R3,2023-03-31,JD,management,02,explicit,410000,千瓦时,0.612,250920.00,,国网,no,记-0288,三月电费',
  'R8,2023-03-31,GY,resource,0101,explicit,,立方米,,64000.00,,木材公司,no,记-0300,坑木',
  'R9,2023-03-31,GY,personnel,03,explicit,,,,312000.00,,,no,记-0310,薪酬',
  'R10,2023-03-28,CM1,resource,0104,explicit,0,件,,-300.00,,兖州配件厂,no,记-0291,截齿返利',
];
const INTERNAL = [
  'R4,2023-03-22,JD,industry,05,explicit,1,台,186000,186000.00,P01,机修厂,yes,结-0007,采煤机大修',
  'R5,2023-03-25,CM1,industry,10,explicit,300,米,410,123000.00,P02,钻探队,yes,结-0009,钻探',
];

/** Explicit 955,220 of which internal 309,000: external 646,220. */
export const MONTH = {
  'departments.csv': DEPARTMENTS,
  'projects.csv': PROJECTS,
  'records.csv': lines(RECORD_HEADER, ...EXTERNAL, ...INTERNAL),
};

/** A balance sheet as such centres lay it out (formats/illustrative), rows of sums taken out. */
export const BALANCES = [
  ['5001010104', '生产成本_材料_配件', '19300.00', '', '采煤一区'],
  ['5001010101', '生产成本_材料_坑木支护', '64000.00', '', '供应部'],
  ['50010102', '生产成本_电力', '250920.00', '', '机电区'],
  ['50010103', '生产成本_职工薪酬', '312000.00', '', '供应部'],
  ['430101', '专项储备_安全生产费', '52000.00', '165000.00', ''],
  ['1002', '银行存款', '830000.00', '646220.00', ''],
].map(([account, name, debit, credit, department]) => ({
  ...{ period: '2023年03月', account: account!, account_name: name!, debit: debit! },
  ...(credit === '' ? {} : { credit: credit! }),
  ...(department === '' ? {} : { department: department! }),
}));
