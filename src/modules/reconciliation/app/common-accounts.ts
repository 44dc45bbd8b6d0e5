/**
 * Books and balance sheets need not go to the same depth: vouchers may be booked on 500101 where the balance sheet lists
 * 5001, or the other way round. They are compared on the account that both have in common.
 */

/** Which account each of both sides counts under. */
export interface CommonAccounts {
  readonly ofBooked: (account: string) => string;
  readonly ofListed: (account: string) => string;
}

/** `booked`: accounts of voucher lines; `listed`: accounts of the last level in the balance sheet. */
export function commonAccounts(booked: Iterable<string>, listed: Iterable<string>): CommonAccounts {
  const balances = new Set(listed);
  const bookedUnder = new Map([...booked].map((account) => [account, longestPrefix(account, balances)]));
  const met = new Set(bookedUnder.values());
  const finer = new Set([...bookedUnder].flatMap(([account, above]) => (above === null ? [account] : [])));
  return {
    ofBooked: (account) => bookedUnder.get(account) ?? account,
    ofListed: (account) => (met.has(account) ? account : (longestPrefix(account, finer) ?? account)),
  };
}

/** The account itself or the nearest one above it. */
function longestPrefix(account: string, among: ReadonlySet<string>): string | null {
  for (let length = account.length; length > 0; length -= 1) {
    if (among.has(account.slice(0, length))) return account.slice(0, length);
  }
  return null;
}
