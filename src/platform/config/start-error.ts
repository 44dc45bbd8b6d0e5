/**
 * A start that cannot go on for a reason the operator can act on. Carries one sentence per language, Chinese first,
 * and a stable code; the composition root prints `message` and exits 1. Never holds a password or a whole URL.
 */
export class StartError extends Error {
  constructor(
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    options?: ErrorOptions,
  ) {
    super(`${zh} ${en}`, options);
    this.name = 'StartError';
  }
}
