import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** One thing wrong with what was sent. */
export class ProblemError {
  @ApiProperty({ description: '行号，从 1 起 / row, from 1; 0: the whole file', example: 1 })
  row!: number;

  @ApiProperty({ description: '列或属性 / column or property', example: 'amount' })
  column!: string;

  @ApiProperty({ description: '稳定代码 / stable code', example: 'unknown_property' })
  code!: string;

  @ApiProperty({ description: '说明 / sentence' })
  message!: string;

  @ApiPropertyOptional({ description: '文件 / file', example: 'records.csv' })
  file?: string;
}

/** RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: '请求有误' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty({ description: '稳定代码 / stable code', example: 'invalid_request' })
  code!: string;

  @ApiProperty({ description: '按 Accept-Language 的说明 / sentence in the language of Accept-Language' })
  detail!: string;

  @ApiProperty({ description: '与响应头 X-Request-Id 相同 / same as the header X-Request-Id' })
  requestId!: string;

  @ApiPropertyOptional({ type: [ProblemError] })
  errors?: ProblemError[];
}
