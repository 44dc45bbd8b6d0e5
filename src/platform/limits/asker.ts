import type { FastifyRequest } from 'fastify';

/** What a limit counts by: who asks, and in which house they are, as whoever recognised them says. */
export interface Asker {
  readonly name: string;
  readonly house: string;
}

const askers = new WeakMap<object, Asker>();

export const nameAsker = (request: object, asker: Asker): void => void askers.set(request, asker);

/** Whoever was not recognised is their address, in no house. */
export const askerOf = (request: FastifyRequest): Asker => askers.get(request) ?? { name: request.ip, house: '' };
