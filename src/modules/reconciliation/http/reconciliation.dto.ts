/** The answer of /reconciliations as OpenAPI describes it. Money in yuan, as text. */
import { ApiProperty } from '@nestjs/swagger';

const YUAN = { type: String, description: '元，两位小数 / yuan, two decimals', example: '646220.00' } as const;
const KINDS = [
  ...['only_in_balance', 'only_in_file', 'balance_differs', 'internal', 'credits_taken', 'left_out', 'record', 'other'],
];

export class SidesDto {
  @ApiProperty({ ...YUAN, description: '借方 / debit' }) debit!: string;
  @ApiProperty({ ...YUAN, description: '贷方 / credit' }) credit!: string;
}

export class InFileDto extends SidesDto {
  @ApiProperty({ type: 'integer', description: '凭证行数，作废的不计 / voucher lines, cancelled ones not counted' })
  lines!: number;
}

export class LeftOutDto extends SidesDto {
  @ApiProperty({ description: '未计入的原因 / why it was left out', example: 'carry_over' }) reason!: string;
  @ApiProperty({ type: 'integer' }) lines!: number;
}

export class AccountDto {
  @ApiProperty({ description: '凭证与余额表共有的层次 / at the level that vouchers and balances have in common' })
  account!: string;

  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ description: '是成本科目 / a cost account' }) isCost!: boolean;
  @ApiProperty({ type: InFileDto, description: '凭证中 / in the vouchers' }) inFile!: InFileDto;
  @ApiProperty({ ...YUAN, description: '记为成本 / taken in as records' }) imported!: string;
  @ApiProperty({ type: [LeftOutDto] }) leftOut!: LeftOutDto[];

  @ApiProperty({ type: SidesDto, nullable: true, description: '余额表的本期发生额 / turnover in the balance sheet' })
  balance!: SidesDto | null;

  @ApiProperty({ type: SidesDto, nullable: true, description: '凭证减余额表 / vouchers less balance sheet' })
  difference!: SidesDto | null;

  @ApiProperty({ description: '用语随 Accept-Language / in the language asked for' }) why!: string;
}

export class DifferenceLineDto {
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty({ ...YUAN, description: '占差额的部分 / its part of the difference' }) amount!: string;
  @ApiProperty({ type: String, nullable: true }) account!: string | null;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'carry_over' }) reason!: string | null;
  @ApiProperty({ type: String, nullable: true }) importId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: '第几张表 / which sheet, from 1' }) sheet!:
    number | null;
  @ApiProperty({ type: 'integer', nullable: true }) row!: number | null;
  @ApiProperty({ type: String, nullable: true }) voucher!: string | null;
  @ApiProperty({ type: String, nullable: true }) summary!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '单据号 / record id' }) record!: string | null;
  @ApiProperty({ type: String, nullable: true }) source!: string | null;
  @ApiProperty() why!: string;
}

export class ExternalDto {
  @ApiProperty(YUAN) explicitActual!: string;
  @ApiProperty(YUAN) internalActual!: string;
  @ApiProperty({ ...YUAN, description: '显性成本减内部结算 / explicitActual − internalActual' }) external!: string;
  @ApiProperty({ ...YUAN, description: '凭证中成本科目的借方 / debits of cost accounts in vouchers' })
  ledgerCost!: string;

  @ApiProperty({ ...YUAN, nullable: true, description: '余额表成本科目的借方发生额 / debit turnover of cost accounts' })
  balanceCost!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['balance', 'ledger'] }) against!: 'balance' | 'ledger' | null;

  @ApiProperty({ ...YUAN, nullable: true, description: 'external − balanceCost；没有余额表时 − ledgerCost' })
  difference!: string | null;

  @ApiProperty({ type: [DifferenceLineDto], description: '各行之和等于差额 / they add up to the difference' })
  lines!: DifferenceLineDto[];

  @ApiProperty({ type: 'integer', description: '全部行数；至多列出 1,000 行 / all lines, at most 1,000 are listed' })
  lineCount!: number;
}

export class ControlTotalDto {
  @ApiProperty() importId!: string;
  @ApiProperty({ enum: ['file_total', 'typed'] }) kind!: string;
  @ApiProperty({ example: 'balances' }) document!: string;
  @ApiProperty({ description: '合计行的文字、列、口径 / words, column, reading', example: '合计/debit/leaf' })
  label!: string;
  @ApiProperty({ type: 'integer', nullable: true }) sheet!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) row!: number | null;
  @ApiProperty({ ...YUAN, description: '所写 / as stated' }) stated!: string;
  @ApiProperty({ ...YUAN, description: '所得 / as found' }) found!: string;
  @ApiProperty({ ...YUAN, description: 'stated − found' }) difference!: string;
}

export class PeriodImportDto {
  @ApiProperty() id!: string;
  @ApiProperty() fileName!: string;
  @ApiProperty() kind!: string;
  @ApiProperty({ type: String, nullable: true }) format!: string | null;
  @ApiProperty() hasVouchers!: boolean;
  @ApiProperty() hasBalances!: boolean;
  @ApiProperty({ type: String, nullable: true }) finishedAt!: string | null;
}

export class ReconciliationDto {
  @ApiProperty({ example: '2023-03' }) period!: string;
  @ApiProperty({ type: [AccountDto] }) accounts!: AccountDto[];
  @ApiProperty({ type: ExternalDto }) external!: ExternalDto;
  @ApiProperty({ type: [ControlTotalDto] }) controlTotals!: ControlTotalDto[];
  @ApiProperty({ type: [PeriodImportDto] }) imports!: PeriodImportDto[];
}
