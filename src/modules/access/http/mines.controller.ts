import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { UsesKey } from '../../../platform/idempotency/key-use.js';
import { MINE_SENTENCES, Mines } from '../../mines/index.js';
import { Administrators } from '../app/administrators.js';
import type { CallerHere } from '../app/caller.js';
import { By, Needs } from './needs.js';
import { OneTimePasswordDto } from './user.dto.js';

export class MineDto {
  @ApiProperty({ description: '矿井代码 / mine code', example: 'chaili' })
  @Matches(/^[A-Za-z0-9_-]{1,32}$/)
  code!: string;

  @ApiProperty({ description: '名称 / name', example: '柴里煤矿' })
  @IsString()
  @Length(1, 200)
  name!: string;
}

export class MineListDto {
  @ApiProperty({ type: [MineDto] })
  data!: MineDto[];
}

export class FoundedMineDto extends MineDto {
  @ApiProperty({ description: '新矿的管理员；密码只显示这一次 / its administrator; the password is shown this once' })
  administrator!: OneTimePasswordDto;
}

@ApiTags('mines')
@Controller('api/v1/mines')
export class MinesController {
  constructor(
    private readonly mines: Mines,
    private readonly administrators: Administrators,
    sentences: Sentences,
  ) {
    sentences.register(MINE_SENTENCES);
  }

  @Get()
  @Needs('references.read')
  @ApiOperation({ summary: '登录所在的矿井' })
  @ApiOkResponse({ type: MineListDto })
  async list(@By() { mine }: CallerHere): Promise<MineListDto> {
    return { data: (await this.mines.list()).filter(({ code }) => code === mine) };
  }

  @Post()
  @UsesKey('no_answer')
  @Header('Cache-Control', 'no-store')
  @Needs('mines.create')
  @ApiOperation({ summary: '新建矿井，连同它的管理员' })
  @ApiCreatedResponse({ type: FoundedMineDto })
  @ApiProblems({ 409: ['mine_exists'] })
  async create(@Body() { code, name }: MineDto): Promise<FoundedMineDto> {
    const { isNew } = await this.mines.ensure({ code, name });
    if (!isNew) throw new AppError('conflict', 'mine_exists', { mine: code });
    const { username, password, expiresAt } = await this.administrators.issueFirst(code);
    const administrator = { username, oneTimePassword: password, expiresAt: expiresAt.toISOString() };
    return { code, name, administrator };
  }
}
