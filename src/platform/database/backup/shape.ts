/** Text that is not the JSON that was expected; `message` is the place, such as `tables[3].sha256`. */
export class ShapeError extends Error {}

/** A value of a JSON text from outside, and where it stands. Every reader throws ShapeError where it is another. */
export class Shape {
  private constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  static of(text: string): Shape {
    try {
      return new Shape(JSON.parse(text) as unknown, '');
    } catch {
      throw new ShapeError('JSON');
    }
  }

  at(name: string): Shape {
    const { value } = this;
    const path = this.path === '' ? name : `${this.path}.${name}`;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) throw new ShapeError(path);
    return new Shape((value as Readonly<Record<string, unknown>>)[name], path);
  }

  each<Item>(read: (item: Shape) => Item): Item[] {
    if (!Array.isArray(this.value)) throw new ShapeError(this.path);
    return this.value.map((item: unknown, i) => read(new Shape(item, `${this.path}[${i}]`)));
  }

  text(): string {
    if (typeof this.value !== 'string') throw new ShapeError(this.path);
    return this.value;
  }

  matching(pattern: RegExp): string {
    const text = this.text();
    if (!pattern.test(text)) throw new ShapeError(this.path);
    return text;
  }

  /** From 0 up to what JavaScript counts exactly. */
  wholeNumber(): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new ShapeError(this.path);
    return value;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw new ShapeError(this.path);
    return this.value;
  }
}
