/** The buckets that were full again long ago need not be kept, and nobody may make us keep more. */
const MAX_KEPT = 10_000;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/**
 * A bucket of tokens for each name: a request takes one, and so many come back in a second until it is full. Pure: the
 * time is an argument, in milliseconds of any clock that does not go back.
 */
export class TokenBuckets {
  /** The one used longest ago stands first. */
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  /** Takes a token; answers 0, or in how many seconds (from 1) there is one again where there is none. */
  take(name: string, nowMs: number): number {
    const bucket = this.of(name, nowMs);
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1000) * this.perSecond);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.perSecond);
    bucket.tokens -= 1;
    return 0;
  }

  private of(name: string, nowMs: number): Bucket {
    const bucket = this.buckets.get(name) ?? { tokens: this.burst, filledAtMs: nowMs };
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    if (this.buckets.size > MAX_KEPT) this.buckets.delete(this.buckets.keys().next().value!);
    return bucket;
  }
}
