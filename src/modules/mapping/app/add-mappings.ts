import type { AccountRule, Profile } from './profile.js';

/** What a clerk adds to a profile: rules stand before the older ones and replace those with the same conditions. */
export type Additions = Partial<
  Pick<Profile, 'accounts' | 'services' | 'indicators' | 'departments' | 'projects' | 'internal'>
>;

export function withAdditions(profile: Profile, additions: Additions): Profile {
  const added = <Rule>(known: readonly Rule[], rules: readonly Rule[] = [], key: (rule: Rule) => string): Rule[] => {
    const keys = new Set(rules.map(key));
    return [...rules, ...known.filter((rule) => !keys.has(key(rule)))];
  };
  const union = (known: readonly string[], more: readonly string[] = []) => [...new Set([...known, ...more])];
  return {
    ...profile,
    accounts: added(profile.accounts, additions.accounts, conditionsOf),
    services: added(profile.services, additions.services, ({ contains }) => contains),
    indicators: added(profile.indicators, additions.indicators, ({ indicator, becomes }) => `${indicator}/${becomes}`),
    departments: { ...profile.departments, ...additions.departments },
    projects: { ...profile.projects, ...additions.projects },
    internal: {
      counterparties: union(profile.internal.counterparties, additions.internal?.counterparties),
      accounts: union(profile.internal.accounts, additions.internal?.accounts),
    },
  };
}

const conditionsOf = ({ account, name, department, project }: AccountRule) =>
  JSON.stringify([account, name ?? null, department ?? null, project ?? null]);
