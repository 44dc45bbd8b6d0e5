import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ListOf } from '../../../platform/http/nested.js';
import { ROLES, type Role } from '../app/rights.js';

export const USERNAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MAX_GRANTS = 500;

export class GrantDto {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;

  @ApiPropertyOptional({
    description: '部门编码，含下级；省略为全矿 / with those below; left out: the whole mine',
    type: String,
    nullable: true,
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  department?: string | null;
}

export class GrantsDto {
  @ApiProperty({ description: '全部授权，代替原有的 / all of them, in place of those there were', type: [GrantDto] })
  @ArrayMaxSize(MAX_GRANTS)
  @ListOf(() => GrantDto)
  grants!: GrantDto[];
}

export class NewUserDto {
  @ApiProperty({ example: 'zhang.wei' })
  @Matches(USERNAME)
  username!: string;

  @ApiProperty({ example: '张伟' })
  @IsString()
  @Length(1, 100)
  displayName!: string;

  @ApiPropertyOptional({
    description: '单点登录中的 sub；填写则不发密码 / sub at the single sign-on; with it no password is issued',
  })
  @IsOptional()
  @IsString()
  @Length(1, 255)
  externalSubject?: string;

  @ApiPropertyOptional({ type: [GrantDto] })
  @ArrayMaxSize(MAX_GRANTS)
  @ListOf(() => GrantDto)
  grants: GrantDto[] = [];
}

export class ShownGrantDto {
  @ApiProperty({ enum: ROLES })
  role!: Role;

  @ApiProperty({ description: 'null 为全矿 / null: the whole mine', type: String, nullable: true })
  department!: string | null;
}

export class UserDto {
  @ApiProperty()
  username!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ type: String, nullable: true })
  externalSubject!: string | null;

  @ApiProperty()
  isDisabled!: boolean;

  @ApiProperty()
  hasPassword!: boolean;

  @ApiProperty({ description: '是一次性密码 / it is a one-time password' })
  mustChangePassword!: boolean;

  @ApiProperty({
    description: '一次性密码的失效时间 / when the one-time password expires',
    type: String,
    nullable: true,
  })
  passwordExpiresAt!: string | null;

  @ApiProperty()
  createdBy!: string;

  @ApiProperty()
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true })
  lastSignInAt!: string | null;

  @ApiProperty({ type: [ShownGrantDto] })
  grants!: ShownGrantDto[];
}

export class UserListDto {
  @ApiProperty({ type: [UserDto] })
  data!: UserDto[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class OneTimePasswordDto {
  @ApiProperty()
  username!: string;

  @ApiProperty({ description: '只显示这一次 / shown this once' })
  oneTimePassword!: string;

  @ApiProperty()
  expiresAt!: string;
}

export class CreatedUserDto extends UserDto {
  @ApiProperty({ description: '一次性密码，只显示这一次 / shown this once', type: String, nullable: true })
  oneTimePassword!: string | null;
}
