import { Module } from '@nestjs/common';
import { AnswerCache } from './app/answer-cache.js';
import { ReadyAnswers } from './http/ready-answers.js';
import { SynergyController } from './http/synergy.controller.js';

/** A year by department and category takes 0.2 MB, the same by month 2 MB. */
const CACHE_BYTES = 64 * 2 ** 20;

@Module({
  controllers: [SynergyController],
  providers: [ReadyAnswers, { provide: AnswerCache, useFactory: () => new AnswerCache(CACHE_BYTES) }],
})
export class SynergyModule {}
