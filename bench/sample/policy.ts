import { Year } from './calendar.js';
import { micro } from './micro.js';
import { Adjustment, Category } from './rows.js';
import { cell, table } from './table.js';

/**
 * Gains and inputs (GAI-1): month | department | category | project | kind | amount | recognition | status | voucher.
 * A voucher “=” is borrowed from a cost record of that month, which `possible_double_count` is there to find.
 */
const ROWS: Record<Year, string[][]> = {
  2022: table(
    `
    1  | ZY | business   |        | gain  | 21600.00  | realised   | confirmed | 收-2201-0003
    2  | ZY | business   |        | gain  | 19800.00  | realised   | confirmed | 收-2202-0002
    3  | ZY | business   |        | gain  | 46200.00  | realised   | confirmed | 收-2203-0005
    3  | JX | industry   | P22-01 | input | 15600.00  | realised   | confirmed |
    4  | ZY | business   |        | gain  | 22500.00  | realised   | confirmed | 收-2204-0001
    4  | ZT | industry   | P22-02 | input | 11200.00  | realised   | confirmed |
    4  | HS | market     | P22-07 | input | 6400.00   | realised   | confirmed |
    5  | ZY | business   |        | gain  | 26800.00  | realised   | confirmed | 收-2205-0004
    5  | ZY | business   |        | gain  | 120000.00 | planned    | confirmed |
    6  | RL | business   |        | gain  | 52400.00  | realised   | confirmed | 收-2206-0002
    6  | JX | industry   | P22-01 | input | 18200.00  | realised   | confirmed |
    6  | JD | management |        | gain  | 86000.00  | annualised | confirmed |
    7  | ZY | business   |        | gain  | 26900.00  | realised   | confirmed | 收-2207-0003
    7  | YS | market     | P22-05 | input | 13800.00  | realised   | confirmed |
    8  | ZY | business   |        | gain  | 21400.00  | realised   | confirmed | 收-2208-0001
    8  | GY | resource   | P22-06 | gain  | 7300.00   | realised   | confirmed |
    9  | ZY | business   |        | gain  | 43600.00  | realised   | confirmed | 收-2209-0006
    9  | TD | industry   | P22-09 | input | 9700.00   | realised   | confirmed |
    10 | ZY | business   |        | gain  | 14100.00  | realised   | confirmed | =
    10 | ZY | business   |        | gain  | 45000.00  | realised   | claimed   |
    11 | RL | business   |        | gain  | 22700.00  | realised   | confirmed | 收-2211-0002
    11 | JX | industry   | P22-10 | input | 8900.00   | realised   | confirmed |
    12 | ZY | business   |        | gain  | 41500.00  | realised   | confirmed | 收-2212-0008
    12 | WY | industry   | P22-03 | input | 7600.00   | realised   | claimed   |
    12 | HB | business   |        | gain  | 8800.00   | realised   | confirmed | 收-2212-0009
    `,
    9,
  ),
  2023: table(
    `
    1  | ZY | business   |        | gain  | 18600.00  | realised   | confirmed | 收-2301-0002
    1  | HB | business   |        | gain  | 9400.00   | realised   | confirmed | 收-2301-0006
    1  | YS | market     | P23-02 | input | 12400.00  | realised   | confirmed |
    2  | ZY | business   |        | gain  | 24800.00  | realised   | confirmed | 收-2302-0001
    2  | HS | market     | P23-03 | input | 7900.00   | realised   | confirmed |
    3  | ZY | business   |        | gain  | 36000.00  | realised   | confirmed | 收-2303-0004
    3  | ZY | business   |        | gain  | 90000.00  | annualised | confirmed |
    3  | ZY | business   |        | gain  | 12000.00  | realised   | claimed   |
    3  | JX | industry   | P22-01 | input | 21800.00  | realised   | confirmed |
    4  | ZY | business   |        | gain  | 19300.00  | realised   | confirmed | 收-2304-0003
    4  | ZT | industry   | P22-02 | input | 20600.00  | realised   | confirmed |
    4  | JX | industry   | P23-05 | input | 21500.00  | realised   | confirmed |
    5  | ZY | business   |        | gain  | 28700.00  | realised   | confirmed | 收-2305-0002
    5  | RL | business   |        | gain  | 11200.00  | realised   | confirmed | 收-2305-0005
    5  | WY | industry   | P23-01 | input | 13700.00  | realised   | confirmed |
    6  | RL | business   |        | gain  | 33800.00  | realised   | confirmed | 收-2306-0007
    6  | JX | industry   | P22-01 | input | 22400.00  | realised   | confirmed |
    6  | JD | management |        | gain  | 180000.00 | annualised | confirmed |
    7  | ZY | business   |        | gain  | 22400.00  | realised   | confirmed | 收-2307-0001
    7  | JD | business   |        | gain  | 12300.00  | realised   | confirmed | 收-2307-0009
    7  | GY | resource   | P23-06 | input | 9800.00   | realised   | confirmed |
    8  | ZY | business   |        | gain  | 17500.00  | realised   | confirmed | 收-2308-0003
    8  | JD | business   |        | gain  | 14600.00  | realised   | confirmed | =
    8  | GY | resource   | P22-06 | gain  | 6800.00   | realised   | confirmed |
    9  | ZY | business   |        | gain  | 22700.00  | realised   | confirmed | 收-2309-0002
    9  | TD | industry   | P22-09 | input | 12300.00  | realised   | confirmed |
    10 | ZY | business   |        | gain  | 15800.00  | realised   | confirmed | 收-2310-0004
    10 | GR | market     | P23-04 | input | 18900.00  | realised   | confirmed |
    10 | XX | industry   | P23-07 | input | 9600.00   | planned    | confirmed |
    11 | ZY | business   |        | gain  | 20300.00  | realised   | confirmed | 收-2311-0006
    11 | JX | industry   | P22-10 | input | 16700.00  | realised   | confirmed |
    11 | ZY | business   |        | gain  | 60000.00  | planned    | claimed   |
    12 | ZY | business   |        | gain  | 23600.00  | realised   | confirmed | 收-2312-0003
    12 | HB | business   |        | gain  | 10200.00  | realised   | confirmed | 收-2312-0010
    12 | YS | market     | P23-02 | input | 17900.00  | realised   | confirmed |
    12 | XX | industry   | P23-07 | input | 8200.00   | realised   | claimed   |
    `,
    9,
  ),
};

/** `voucherOf` names a record's voucher in the given month; it is asked for every “=” in the table. */
export const adjustmentsOf = (year: Year, voucherOf: (month: number) => string): Adjustment[] =>
  ROWS[year].map((row, index) => {
    const month = Number(cell(row, 0));
    return {
      id: `A${String(year).slice(2)}-${String(index + 1).padStart(3, '0')}`,
      period: `${year}-${String(month).padStart(2, '0')}`,
      department: cell(row, 1),
      category: cell(row, 2) as Category,
      project: cell(row, 3),
      kind: cell(row, 4) as Adjustment['kind'],
      amount: micro(cell(row, 5)),
      recognition: cell(row, 6) as Adjustment['recognition'],
      status: cell(row, 7) as Adjustment['status'],
      voucher: cell(row, 8).startsWith('=') ? voucherOf(month) : cell(row, 8),
    };
  });
