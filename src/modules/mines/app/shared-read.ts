/**
 * One read for all who ask at about the same time. Whoever asks while a read is under way waits for the next one, which
 * begins after they asked: nobody is answered from before their own question.
 */
export class SharedRead<Key, Result> {
  private readonly underWay = new Map<Key, { readonly done: Promise<Result>; next: Promise<Result> | null }>();

  constructor(private readonly read: (key: Key) => Promise<Result>) {}

  get(key: Key): Promise<Result> {
    const current = this.underWay.get(key);
    if (current === undefined) return this.begin(key);
    const begin = () => this.begin(key);
    return (current.next ??= current.done.then(begin, begin));
  }

  private begin(key: Key): Promise<Result> {
    const entry = { done: this.read(key), next: null as Promise<Result> | null };
    this.underWay.set(key, entry);
    const end = () => {
      if (entry.next === null) this.underWay.delete(key);
    };
    entry.done.then(end, end);
    return entry.done;
  }
}
