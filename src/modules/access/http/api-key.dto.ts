import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsString, Length, Matches } from 'class-validator';
import { GrantsDto, ShownGrantDto } from './user.dto.js';

/** With its offset: without one it would be another moment on another machine. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

export class NewApiKeyDto extends GrantsDto {
  @ApiProperty({ description: '用途 / what it is for', example: '结算中心接口' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({ description: '失效时间，至多一年 / within a year', example: '2027-06-30T00:00:00Z' })
  @Matches(MOMENT)
  @IsISO8601({ strict: true, strictSeparator: true })
  expiresAt!: string;
}

export class ApiKeyDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  createdBy!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty()
  expiresAt!: string;

  @ApiProperty({ type: String, nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: [ShownGrantDto] })
  grants!: ShownGrantDto[];
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({ description: '放在请求头 X-Api-Key 中；只显示这一次 / goes into X-Api-Key; shown this once' })
  key!: string;
}

export class ApiKeyListDto {
  @ApiProperty({ type: [ApiKeyDto] })
  data!: ApiKeyDto[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
