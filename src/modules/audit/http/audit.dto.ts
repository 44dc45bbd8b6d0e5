import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsDay } from '../../../platform/http/is-day.js';
import { PageQuery } from '../../../platform/http/paging.js';

const MAX_TEXT = 400;
const ACTIONS = ['insert', 'update', 'delete'] as const;

const Text = (description: string) => (target: object, property: string) => {
  ApiPropertyOptional({ description, minLength: 1, maxLength: MAX_TEXT })(target, property);
  for (const rule of [IsOptional(), IsString(), Length(1, MAX_TEXT)]) rule(target, property);
};
const Day = (description: string) => (target: object, property: string) => {
  ApiPropertyOptional({ description, format: 'date', example: '2023-03-31' })(target, property);
  for (const rule of [IsOptional(), IsDay()]) rule(target, property);
};

export class AuditQuery extends PageQuery {
  @Text('谁：用户名，key:<密钥编号>，console / who') actor?: string;
  @Text('哪张表，如 baselines、imports、users / the table') subject?: string;
  @Text('哪一行：只有一列的主键可直接写值，如 B-0104；否则为键的 JSON / which row') key?: string;
  @Text('哪次请求：应答头 x-request-id / which request') request?: string;
  @Day('从哪天（北京时间） / from this day') from?: string;
  @Day('到哪天，含 / to this day, included') to?: string;

  @ApiPropertyOptional({ enum: ACTIONS })
  @IsOptional()
  @IsIn(ACTIONS)
  action?: (typeof ACTIONS)[number];
}

const JSON_TEXT = 'JSON，值均为文字 / JSON whose values are texts';

export class AuditEntryDto {
  @ApiProperty({ description: '链中的位置，从 1 起 / place in the chain' }) seq!: string;
  @ApiProperty({ description: '参与哈希的格式版本 / version of the hashed form' }) form!: number;
  @ApiProperty({ description: 'UTC，到微秒 / to the microsecond' }) at!: string;
  @ApiProperty() actor!: string;
  @ApiProperty({ type: String, nullable: true, description: '来自哪个地址 / from which address' }) address!:
    string | null;
  @ApiProperty({ type: String, nullable: true, description: '请求、任务或命令 / request, job or command' })
  request!: string | null;
  @ApiProperty({ enum: ACTIONS }) action!: string;
  @ApiProperty() subject!: string;
  @ApiProperty({ description: JSON_TEXT }) key!: string;
  @ApiProperty({ type: String, nullable: true, description: `改前；${JSON_TEXT}` }) before!: string | null;
  @ApiProperty({ type: String, nullable: true, description: `改后；${JSON_TEXT}` }) after!: string | null;
  @ApiProperty({ description: '前一条的哈希 / hash of the entry before' }) previous!: string;
  @ApiProperty() hash!: string;
}

export class AuditListDto {
  @ApiProperty({ type: [AuditEntryDto] }) data!: AuditEntryDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class BreakDto {
  @ApiProperty() code!: string;
  @ApiProperty({ description: '在第几条 / at which entry' }) seq!: string;
  @ApiProperty() message!: string;
}

export class BrokenSealDto {
  @ApiProperty() period!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty() message!: string;
}

export class AuditVerdictDto {
  @ApiProperty() mine!: string;
  @ApiProperty({ description: '链、链头、锚点和封存的数都对 / chain, head, anchors and sealed figures all hold' })
  isIntact!: boolean;
  @ApiProperty({ description: '共几条 / how many entries' }) entries!: string;
  @ApiProperty({ description: '链头：请抄存 / the head: write it down' }) hash!: string;
  @ApiProperty({ type: 'integer', description: '共几处不对；前一千处逐条列出' }) broken!: number;
  @ApiProperty({ type: [BreakDto] }) breaks!: BreakDto[];
  @ApiProperty({ type: [BrokenSealDto] }) brokenSeals!: BrokenSealDto[];
}
