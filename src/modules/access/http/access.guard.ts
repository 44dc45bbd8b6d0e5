import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../../platform/errors/app-error.js';
import { nameAsker } from '../../../platform/limits/asker.js';
import { RequestThrottle } from '../../../platform/limits/request-throttle.js';
import { denialOf, reachOf } from '../app/caller.js';
import { Callers } from '../app/callers.js';
import type { Right } from '../app/rights.js';
import { NEEDED_RIGHT, PUBLIC } from '../../../platform/http/route-rights.js';
import type { CallerRequest } from './needs.js';

/** Before every handler: who asks, and whether they hold the right that the route declares. Denies what declares none. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly throttle: RequestThrottle,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const right = this.reflector.getAllAndOverride<Right | typeof PUBLIC | undefined>(NEEDED_RIGHT, places);
    if (right === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const caller = await this.callers.of(request.headers);
    const name = `${caller.mine}/${caller.actor}`;
    this.throttle.recognise(request.headers, name);
    nameAsker(request, { name, house: caller.mine });
    if (right === undefined) throw new AppError('forbidden', 'forbidden');
    if (caller.mustChangePassword && right !== 'self') throw new AppError('forbidden', 'password_change_required');
    const reach = reachOf(caller, right);
    if (reach === null) throw new AppError('forbidden', denialOf(caller, right));
    request.caller = { ...caller, reach };
    return true;
  }
}
