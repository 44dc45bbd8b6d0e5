import { Controller, Get, Header, Ip, Query, Redirect, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Public } from '../../../platform/http/route-rights.js';
import { Mines } from '../../mines/index.js';
import { SignIn } from '../app/sign-in.js';
import { SingleSignOn } from '../app/single-sign-on.js';
import { TRIP_SECONDS } from '../app/sso-trip.js';
import { presentTokens } from './auth.controller.js';
import { SsoStartQuery, TokensDto } from './auth.dto.js';

const COOKIE = 'sso_trip';
const COOKIE_PATH = '/api/v1/auth/oidc';

/** Group single sign-on: the browser goes to the provider and comes back with a code. */
@ApiTags('sso')
@Public()
@Controller('api/v1/auth/oidc')
export class SsoController {
  constructor(
    private readonly mines: Mines,
    private readonly sso: SingleSignOn,
    private readonly signIn: SignIn,
  ) {}

  @Get('start')
  @Header('Cache-Control', 'no-store')
  @Redirect()
  @ApiOperation({ summary: '单点登录：转到集团的登录页' })
  @ApiFoundResponse({ description: 'Location: the provider' })
  @ApiProblems({ 400: ['mine_missing'], 404: ['sso_not_configured', 'unknown_mine'], 503: ['sso_unavailable'] })
  async start(@Query() { mine }: SsoStartQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    const { address, sealed } = await this.sso.begin(await this.mines.resolve(mine === '' ? null : mine));
    reply.setCookie(COOKIE, sealed, { ...this.cookie(), maxAge: TRIP_SECONDS });
    return { url: address, statusCode: 302 };
  }

  @Get('callback')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '单点登录：从登录页回来，应答与登录相同' })
  @ApiQuery({ name: 'code', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems({ 401: ['sso_refused'], 403: ['no_account'], 404: ['sso_not_configured'], 503: ['sso_unavailable'] })
  async callback(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ip() address: string,
  ): Promise<TokensDto> {
    const sealed = request.cookies[COOKIE];
    // Good for one return, whatever comes of it.
    reply.clearCookie(COOKIE, this.cookie());
    const { search } = new URL(request.url, 'http://localhost');
    const { mine, subject } = await this.sso.end(search, sealed);
    return presentTokens(await this.signIn.withSubject(mine, subject, address));
  }

  /** Lax: it must come along when the provider sends the browser back. */
  private cookie() {
    return { path: COOKIE_PATH, httpOnly: true, sameSite: 'lax', secure: this.sso.isSecure } as const;
  }
}
