import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IsDay } from '../../../platform/http/is-day.js';
import { ListOf, ObjectOf } from '../../../platform/http/nested.js';
import { MAX_CODE_LENGTH } from '../../rules/columns.js';
import { CAUSE_TITLES } from '../../periods/index.js';
import { PERIODS_PATTERN } from '../app/asked-periods.js';
import type { OfficeTexts } from '../db/office-queries.js';

const MAX_TEXTS = 100;
const MAX_TEXT_LENGTH = 4_000;
const MAX_NAME_LENGTH = 100;
const MAX_ITEMS = 20;
const MAX_URL_LENGTH = 200;
/** Above zero, as many decimals as volumes have. */
const TONNES = /^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/;
/** An origin, with a path where the service stands below one, and no slash at the end. */
const BASE_URL = /^(https?:\/\/[^\s/?#"'<>\\]+(\/[^\s/?#"'<>\\]+)*)?$/;
const CAUSES = ['', ...Object.keys(CAUSE_TITLES)];
const PARTS = ['explicit', 'implicit'] as const;
const SEEN = ['all', 'final'] as const;

export class PeriodsQuery {
  @ApiProperty({ description: '报告的期间或起止期间 / the periods of the report', example: '2023-12' })
  @Matches(PERIODS_PATTERN)
  period!: string;
}

export class OfficeTextBody {
  @ApiPropertyOptional({ enum: CAUSES, default: '', description: '空为独立成段；否则为“存在问题”中的一个原因的措施' })
  @IsIn(CAUSES)
  cause: string = '';

  @ApiProperty({ maxLength: MAX_TEXT_LENGTH })
  @IsString()
  @Length(1, MAX_TEXT_LENGTH)
  text!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '责任人或部门 / owner',
    maxLength: MAX_NAME_LENGTH,
  })
  @IsOptional()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  owner: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'date', example: '2024-01-31' })
  @IsOptional()
  @IsDay()
  due: string | null = null;
}

export class OfficeTextsBody extends PeriodsQuery {
  @ApiProperty({ type: [OfficeTextBody], description: '依报告中的次序；整个替换 / in their order, all of them' })
  @ArrayMaxSize(MAX_TEXTS)
  @ListOf(() => OfficeTextBody)
  texts!: OfficeTextBody[];
}

export class OfficeTextDto extends OfficeTextBody {
  @ApiProperty() id!: string;
}

export class OfficeTextsDto {
  @ApiProperty({ type: [OfficeTextDto] }) texts!: readonly OfficeTextDto[];
  @ApiProperty({ type: String, nullable: true }) writtenBy!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) writtenAt!: string | null;
}

export class ControlItemDto {
  @ApiProperty({ enum: PARTS, description: '显性六零、隐性六零 / the explicit or the implicit six' })
  @IsIn(PARTS)
  group!: (typeof PARTS)[number];

  @ApiProperty({ example: 'ZERO_IDLE_MACHINE', pattern: '^[A-Z0-9_]{1,40}$' })
  @Matches(/^[A-Z0-9_]{1,40}$/)
  code!: string;

  @ApiProperty({ example: '零闲机' })
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  name!: string;

  @ApiPropertyOptional({ type: [String], default: [], description: '由哪些隐性成本项目计量；空为尚无计量' })
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @IsString({ each: true })
  @Length(1, MAX_CODE_LENGTH, { each: true })
  items: string[] = [];

  @ApiPropertyOptional({ default: '', description: '如何计量，本矿自己的话 / how it is measured' })
  @IsString()
  @Length(0, MAX_TEXT_LENGTH)
  measure: string = '';

  @ApiPropertyOptional({ type: String, nullable: true, description: '责任人或部门 / owner' })
  @IsOptional()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  owner: string | null = null;
}

export class ControlItemsDto {
  @ApiProperty({ type: [ControlItemDto] })
  @ArrayMaxSize(MAX_ITEMS)
  @ListOf(() => ControlItemDto)
  items!: ControlItemDto[];
}

export class BasisDto {
  @ApiProperty({ example: '原煤产量' }) @IsString() @Length(1, MAX_NAME_LENGTH) zh!: string;
  @ApiProperty({ example: 'raw coal output' }) @IsString() @Length(1, MAX_NAME_LENGTH) en!: string;
}

export class OutputDriverDto {
  @ApiProperty({ description: '业务量的动因 / a driver of the volumes', example: 'raw_coal_kt' })
  @IsString()
  @Length(1, MAX_CODE_LENGTH)
  driver!: string;

  @ApiPropertyOptional({
    ...{ default: '1', example: '1000', pattern: TONNES.source },
    description: '该动因一个单位是多少吨，如以千吨计为1000 / how many tonnes one of its units is',
  })
  @Matches(TONNES)
  tonnesPerUnit: string = '1';

  @ApiProperty({ type: BasisDto, description: '是什么产量 / what tonnage it is' })
  @ObjectOf(() => BasisDto)
  basis!: BasisDto;
}

export class ReportSettingsDto {
  @ApiPropertyOptional({ type: OutputDriverDto, nullable: true, description: '吨煤成本的产量口径；null 为不算' })
  @IsOptional()
  @ObjectOf(() => OutputDriverDto)
  outputDriver: OutputDriverDto | null = null;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 28, nullable: true, description: '每月几日生成草稿' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(28)
  draftDay: number | null = null;

  @ApiPropertyOptional({
    enum: SEEN,
    default: 'all',
    description: '党委是否也看草稿 / whether the committee sees drafts',
  })
  @IsIn(SEEN)
  committeeSees: (typeof SEEN)[number] = 'all';

  @ApiPropertyOptional({
    default: '',
    description: '文件中链接的开头，末尾无斜杠；空为相对地址 / what links in documents begin with',
    example: 'https://six.example.com',
    maxLength: MAX_URL_LENGTH,
  })
  @IsString()
  @Length(0, MAX_URL_LENGTH)
  @Matches(BASE_URL)
  baseUrl: string = '';
}

export const presentTexts = ({ texts, writtenBy, writtenAt }: OfficeTexts): OfficeTextsDto => ({
  ...{ texts, writtenBy, writtenAt: writtenAt?.toISOString() ?? null },
});
