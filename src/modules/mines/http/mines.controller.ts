import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { MINE_SENTENCES } from '../mines.errors.js';
import { Mines } from '../app/mines.js';

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

@ApiTags('mines')
@Controller('api/v1/mines')
export class MinesController {
  constructor(
    private readonly mines: Mines,
    sentences: Sentences,
  ) {
    sentences.register(MINE_SENTENCES);
  }

  @Get()
  @ApiOkResponse({ type: MineListDto })
  async list(): Promise<MineListDto> {
    return { data: await this.mines.list() };
  }

  @Post()
  @ApiCreatedResponse({ type: MineDto })
  @ApiProblems({ 409: ['mine_exists'] })
  async create(@Body() body: MineDto): Promise<MineDto> {
    const { isNew } = await this.mines.ensure(body);
    if (!isNew) throw new AppError('conflict', 'mine_exists', { mine: body.code });
    return { code: body.code, name: body.name };
  }
}
