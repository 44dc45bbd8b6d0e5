import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Callers, Needs } from '../../src/modules/access/index.js';
import { AccessGuard } from '../../src/modules/access/http/access.guard.js';
import { RequestThrottle } from '../../src/platform/limits/request-throttle.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
});
afterAll(() => service.stop());

class Doors {
  /** Somebody forgot. */
  forgotten(): void {}

  @Needs('records.read')
  declared(): void {}
}

/** The handler as Nest hands it to its guards. */
const doorOf = (name: keyof Doors) => Object.getOwnPropertyDescriptor(Doors.prototype, name)!.value as () => void;

it('a route that declares no right answers nobody, whatever their role', async () => {
  const [callers, throttle] = [service.app.get(Callers, { strict: false }), service.app.get(RequestThrottle)];
  const guard = new AccessGuard(new Reflector(), callers, throttle);
  const caller = await service.callerWith(['finance', 'admin']);
  const headers = { 'x-api-key': caller['X-Api-Key'] };
  const enter = (name: keyof Doors) =>
    guard.canActivate(new ExecutionContextHost([{ headers }], Doors, doorOf(name))).catch((error: Error) => error);
  expect(await enter('declared')).toBe(true);
  expect(await enter('forgotten')).toMatchObject({ trouble: 'forbidden', code: 'forbidden' });
});
