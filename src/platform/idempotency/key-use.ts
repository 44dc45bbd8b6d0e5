import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** Where a route says what it does with an Idempotency-Key. */
export const KEY_USE = 'six-synergies:idempotency-key';

/** The same in the description of the interface. */
export const KEY_USE_EXTENSION = 'x-idempotency-key';

/**
 * What a writing route does with an Idempotency-Key, where it is not to do it once and to give the same answer again:
 * - ignored: signing in and out, of which every try is one of its own;
 * - no_answer: the answer shows a secret, once; it is not kept, and a repeat is told so;
 * - no_trace: the request holds a secret, too, and not even a hash of it is kept, by which it could be guessed.
 */
export type KeyUse = 'ignored' | 'no_answer' | 'no_trace';

export const UsesKey = (use: KeyUse): MethodDecorator =>
  applyDecorators(SetMetadata(KEY_USE, use), ApiExtension(KEY_USE_EXTENSION, use));
