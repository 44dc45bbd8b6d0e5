import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ProblemFilter } from './problem.filter.js';
import { FINDING_SENTENCE, Sentences, type FindingSentence } from './sentences.js';
import { requestValidation } from './validation.js';

@Global()
@Module({
  providers: [
    Sentences,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: requestValidation },
  ],
  exports: [Sentences],
})
export class HttpModule {
  static with(findingSentence: FindingSentence): DynamicModule {
    return { module: HttpModule, providers: [{ provide: FINDING_SENTENCE, useValue: findingSentence }] };
  }
}
