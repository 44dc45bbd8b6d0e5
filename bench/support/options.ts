import { parseArgs } from 'node:util';

/** Whole-number options of a benchmark with their presets: `--rows 20000 --rounds 3`. Answers 2 and says why when wrong. */
export function readOptions<Name extends string>(presets: Readonly<Record<Name, number>>): Record<Name, number> {
  const names = Object.keys(presets) as Name[];
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    return Object.fromEntries(names.map((name) => [name, wholeNumber(name, values[name], presets[name])])) as Record<
      Name,
      number
    >;
  } catch (error) {
    const usage = names.map((name) => `[--${name} ${presets[name]}]`).join(' ');
    process.stderr.write(`${(error as Error).message}\n用法 usage: ${usage}\n`);
    return process.exit(2);
  }
}

function wholeNumber(name: string, value: unknown, preset: number): number {
  if (value === undefined) return preset;
  if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new Error(`--${name} must be a whole number above 0`);
}
