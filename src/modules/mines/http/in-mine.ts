import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Mines } from '../app/mines.js';

interface MineRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  mine?: string;
}

/** Finds the mine of a request (`X-Mine`) before its handler runs. */
@Injectable()
export class MineGuard implements CanActivate {
  constructor(private readonly mines: Mines) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<MineRequest>();
    const named = request.headers['x-mine'];
    request.mine = await this.mines.resolve(typeof named === 'string' && named !== '' ? named : null);
    return true;
  }
}

/** The mine of the request, in a controller under MineGuard. */
export const InMine = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<MineRequest>().mine!,
);
