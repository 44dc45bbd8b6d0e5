import { AppError } from '../errors/app-error.js';

/** A number of places, fewer for each house; whoever finds none is told at once, for what is carried may take long. */
export class Places {
  private readonly taken = new Map<string, number>();
  private takenInAll = 0;

  constructor(
    private readonly inAll: number,
    private readonly perHouse: number,
  ) {}

  /** Takes a place; answers how to give it back. @throws AppError `too_many_transfers` */
  take(house: string): () => void {
    const ofHouse = this.taken.get(house) ?? 0;
    const max = this.takenInAll >= this.inAll ? this.inAll : ofHouse >= this.perHouse ? this.perHouse : null;
    if (max !== null) throw new AppError('unavailable', 'too_many_transfers', { max: String(max) });
    this.takenInAll += 1;
    this.taken.set(house, ofHouse + 1);
    return () => {
      this.takenInAll -= 1;
      const left = this.taken.get(house)! - 1;
      if (left === 0) this.taken.delete(house);
      else this.taken.set(house, left);
    };
  }
}
