import { Body, Controller, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Clock } from '../../../platform/clock/clock.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Public } from '../../../platform/http/route-rights.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { UsesKey } from '../../../platform/idempotency/key-use.js';
import { Mines } from '../../mines/index.js';
import { ACCESS_SENTENCES } from '../access.errors.js';
import type { CallerHere } from '../app/caller.js';
import { ChangePassword } from '../app/change-password.js';
import { Sessions, type SignedIn } from '../app/sessions.js';
import { SignIn } from '../app/sign-in.js';
import { revokeSession } from '../db/session-queries.js';
import { LoginDto, NewPasswordDto, RefreshDto, TokensDto } from './auth.dto.js';
import { By, Needs } from './needs.js';

@ApiTags('auth')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly mines: Mines,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    sentences: Sentences,
  ) {
    sentences.register(ACCESS_SENTENCES);
  }

  @Post('login')
  @Public()
  @UsesKey('ignored')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '登录：一个账户、一个地址每分钟至多验证 10 次不对的密码' })
  @ApiHeader({ name: 'X-Mine', required: false, description: '矿井代码；只有一个矿时可省略' })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems({ 400: ['mine_missing'], 401: ['sign_in_refused'], 404: ['unknown_mine'], 429: ['too_many_sign_ins'] })
  async login(
    @Body() { username, password }: LoginDto,
    @Headers('x-mine') named: string | undefined,
    @Ip() address: string,
  ): Promise<TokensDto> {
    const mine = await this.mines.resolve(named === undefined || named === '' ? null : named);
    return presentTokens(await this.signIn.withPassword({ mine, username, password, address }));
  }

  @Post('refresh')
  @Public()
  @UsesKey('ignored')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '换新令牌：刷新令牌只能用一次，再用则会话作废' })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems({ 401: ['refresh_refused'] })
  async refresh(@Body() { refreshToken }: RefreshDto): Promise<TokensDto> {
    return presentTokens(await this.sessions.refresh(refreshToken));
  }
}

/** What the signed-in do with their own sign-in. */
@ApiTags('auth')
@Needs('self')
@Controller('api/v1/auth')
export class OwnSignInController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly passwords: ChangePassword,
  ) {}

  @Post('logout')
  @UsesKey('ignored')
  @HttpCode(204)
  @ApiOperation({ summary: '退出：本次登录的令牌随即作废' })
  @ApiNoContentResponse()
  async logout(@By() { mine, session, reach }: CallerHere): Promise<void> {
    if (session === null) throw new AppError('forbidden', 'forbidden');
    await this.uow.run(reach, (tx) => revokeSession(tx, mine, session, this.clock.now()));
  }

  @Post('password')
  @UsesKey('no_trace')
  @HttpCode(204)
  @ApiOperation({ summary: '修改自己的密码；其他登录随即作废' })
  @ApiNoContentResponse()
  @ApiProblems({
    422: ['current_password_wrong', 'password_too_short', 'password_is_username', 'password_not_new'],
    429: ['too_many_sign_ins'],
  })
  async change(@By() by: CallerHere, @Body() { current, next }: NewPasswordDto): Promise<void> {
    await this.passwords.change(by, current, next);
  }
}

export const presentTokens = (signedIn: SignedIn): TokensDto => ({
  accessToken: signedIn.accessToken,
  tokenType: 'Bearer',
  expiresIn: signedIn.expiresInSeconds,
  refreshToken: signedIn.refreshToken,
  mustChangePassword: signedIn.mustChangePassword,
});
