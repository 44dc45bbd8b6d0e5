/**
 * Reproducible chance: each label has its own stream, so a line added to one table does not reshuffle the others.
 * It only ever yields small integers; money is made from them in `micro.ts`.
 */
export class Chance {
  private state: number;

  constructor(label: string) {
    let hash = 0x811c9dc5;
    for (const letter of label) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    this.state = hash >>> 0;
    for (let warmUp = 0; warmUp < 4; warmUp += 1) this.next();
  }

  /** mulberry32 */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** An integer around 0, at most `reach` away, the middle more likely than the ends. */
  around(reach: number): number {
    return Math.trunc((this.between(-reach, reach) + this.between(-reach, reach)) / 2);
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.between(0, choices.length - 1)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }

  /** `count` weights of 700 to 1300, to split a month's consumption into unequal withdrawals. */
  weights(count: number): number[] {
    return Array.from({ length: count }, () => this.between(700, 1300));
  }
}
