/** Stops on a bug of our own: what cannot happen is asserted, what can happen is reported as data or a typed error. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}
