import type { HeaderSynonyms } from '../../formats/index.js';
import type { TableKind } from '../../rules/tables.js';
import type { Profile } from './profile.js';

/** The names that profiles give to columns: those of the profile asked for, else of all profiles of the mine. */
export function headersOf(profiles: readonly Profile[], requested: string | null): HeaderSynonyms {
  const merged: Partial<Record<TableKind, Record<string, string[]>>> = {};
  for (const profile of profiles) {
    if (requested !== null && profile.name !== requested) continue;
    for (const [document, columns] of Object.entries(profile.headers) as [TableKind, Record<string, string[]>][]) {
      const names = (merged[document] ??= {});
      for (const [column, synonyms] of Object.entries(columns)) (names[column] ??= []).push(...synonyms);
    }
  }
  return merged;
}
