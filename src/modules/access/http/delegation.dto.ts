import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsDay } from '../../../platform/http/is-day.js';
import { USERNAME } from './user.dto.js';

export class NewDelegationDto {
  @ApiProperty({ description: '由谁代办 / who decides' })
  @Matches(USERNAME)
  to!: string;

  @ApiPropertyOptional({
    description: '代谁办，默认本人；为他人须是管理员 / for whom; somebody else: administrators only',
  })
  @IsOptional()
  @Matches(USERNAME)
  from?: string;

  @ApiProperty({ example: '2026-12-01' })
  @IsDay()
  validFrom!: string;

  @ApiProperty({ description: '含当日，至多 92 天 / included; 92 days at most', example: '2026-12-05' })
  @IsDay()
  validTo!: string;

  @ApiProperty({ example: '出差' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class DelegationDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  from!: string;

  @ApiProperty()
  to!: string;

  @ApiProperty()
  validFrom!: string;

  @ApiProperty()
  validTo!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty()
  createdBy!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true })
  revokedAt!: string | null;
}

export class DelegationListDto {
  @ApiProperty({ type: [DelegationDto] })
  data!: DelegationDto[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
