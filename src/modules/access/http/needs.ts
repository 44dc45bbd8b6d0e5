import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import { NEEDED_RIGHT } from '../../../platform/http/route-rights.js';
import type { CallerHere } from '../app/caller.js';
import type { Right } from '../app/rights.js';

/** The right that a route, or every route of a controller, needs. A route that declares none answers nobody. */
export const Needs = (right: Right) =>
  applyDecorators(
    SetMetadata(NEEDED_RIGHT, right),
    ApiSecurity('bearer'),
    ApiSecurity('apiKey'),
    ApiExtension('x-right', right),
    ApiHeader({ name: 'X-Mine', required: false, description: '矿井代码；省略时为登录所在的矿井' }),
  );

export interface CallerRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  caller?: CallerHere;
}

/** Who asks, in a route that needs a right. */
export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<CallerRequest>().caller!,
);
