import { Global, Injectable, Module } from '@nestjs/common';

/** What time it is: an argument, so that a test can say. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}

/** The calendar day of a moment in China, where every mine is: YYYY-MM-DD. */
export const dayInChina = (moment: Date): string =>
  new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class ClockModule {}
