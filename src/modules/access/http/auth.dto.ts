import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { RIGHTS, ROLES, type Right, type Role } from '../app/rights.js';
import { DelegationDto } from './delegation.dto.js';

const MAX_PASSWORD_LENGTH = 1_000;

export class LoginDto {
  @ApiProperty({ example: 'admin' })
  @IsString()
  @Length(1, 200)
  username!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  password!: string;
}

export class RefreshDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  refreshToken!: string;
}

export class NewPasswordDto {
  @ApiProperty({ description: '现密码 / the password until now', format: 'password' })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  current!: string;

  @ApiProperty({ description: '新密码，至少 10 个字符 / the new one, 10 characters or more', format: 'password' })
  @IsString()
  @Length(1, MAX_PASSWORD_LENGTH)
  next!: string;
}

export class TokensDto {
  @ApiProperty({ description: '放在请求头 Authorization: Bearer 中 / goes into the header Authorization: Bearer' })
  accessToken!: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType!: 'Bearer';

  @ApiProperty({ description: '访问令牌的有效秒数 / seconds that the access token lasts', type: 'integer' })
  expiresIn!: number;

  @ApiProperty({ description: '只能用一次 / good once' })
  refreshToken!: string;

  @ApiProperty({ description: '须先设置自己的密码 / a password must be chosen first' })
  mustChangePassword!: boolean;
}

export class SsoStartQuery {
  @ApiPropertyOptional({ type: String, description: '矿井代码；只有一个矿时可省略 / mine code' })
  @Matches(/^([A-Za-z0-9_-]{1,32})?$/)
  mine = '';
}

export class HeldRoleDto {
  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty({
    description: '含下级；null 为全矿 / with those below; null: the whole mine',
    type: [String],
    nullable: true,
  })
  departments!: string[] | null;

  @ApiProperty({ description: '代办：为谁 / held for whom', type: String, nullable: true })
  onBehalfOf!: string | null;
}

export class HeldRightDto {
  @ApiProperty({ enum: Object.keys(RIGHTS) })
  right!: Right;

  @ApiProperty({ type: [String], nullable: true })
  departments!: string[] | null;
}

export class MeDto {
  @ApiProperty({ description: '用户名，或 key:编号 / username, or key:<id>' })
  username!: string;

  @ApiProperty({ enum: ['person', 'program'] })
  kind!: 'person' | 'program';

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ description: '矿井代码 / mine code' })
  mine!: string;

  @ApiProperty()
  mustChangePassword!: boolean;

  @ApiProperty({ type: [HeldRoleDto] })
  roles!: HeldRoleDto[];

  @ApiProperty({ type: [HeldRightDto] })
  rights!: HeldRightDto[];

  @ApiProperty({ description: '尚未结束的代办 / delegations that are not over', type: [DelegationDto] })
  delegations!: DelegationDto[];
}
