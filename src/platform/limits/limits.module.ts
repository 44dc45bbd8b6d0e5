import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { LoadLimits } from '../config/limits.js';
import { FairTurns } from './fair-turns.js';
import { Places } from './places.js';
import { RequestThrottle } from './request-throttle.js';
import { TransferPlaces } from './transfer-places.js';

/** Token of the LoadLimits. */
export const LOAD_LIMITS = Symbol('LOAD_LIMITS');

/** Gives modules `RequestThrottle` (to say who a request came from) and `FairTurns` (for heavy questions). */
@Global()
@Module({})
export class LimitsModule {
  static with(limits: LoadLimits): DynamicModule {
    const { requestsPerSecond, requestBurst, transfersAtOnce, transfersPerMine } = limits;
    const places = () => new Places(transfersAtOnce, transfersPerMine);
    return {
      module: LimitsModule,
      providers: [
        { provide: LOAD_LIMITS, useValue: limits },
        { provide: RequestThrottle, useFactory: () => new RequestThrottle(requestsPerSecond, requestBurst) },
        {
          provide: FairTurns,
          useFactory: () => new FairTurns({ atOnce: limits.questionsAtOnce, perAsker: limits.questionsPerCaller }),
        },
        { provide: APP_INTERCEPTOR, useFactory: () => new TransferPlaces(places(), places()) },
      ],
      exports: [LOAD_LIMITS, RequestThrottle, FairTurns],
    };
  }
}
