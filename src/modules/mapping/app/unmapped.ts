import type { MappingProblem, Unmapped } from './mapping.js';

export type FoundUnmapped = Unmapped & { readonly rowNo: number };

const COLUMNS = {
  vouchers: {
    account: 'account',
    department: 'department',
    project: 'project',
    service: '',
    indicator: '',
    item: 'account',
  },
  settlements: {
    account: '',
    department: 'receiver',
    project: 'project',
    service: 'service',
    indicator: '',
    item: 'service',
  },
} as const;

/** What no rule of a profile maps, said at its first row with what hangs on it; '' is what the books leave blank. */
export function unmappedProblem(
  { what, code, name, lines, amount, rowNo }: FoundUnmapped,
  profile: string,
  document: keyof typeof COLUMNS,
): MappingProblem {
  const params = { text: code, name: name ?? '', lines: String(lines), amount, profile };
  return {
    ...{ rowNo, column: COLUMNS[document][what], params, document },
    code: code === '' ? `no_${what}` : `unmapped_${what}`,
  };
}

export const shownUnmapped = ({ what, code, name, lines, amount }: FoundUnmapped): Unmapped => ({
  ...{ what, code, name, lines, amount },
});
