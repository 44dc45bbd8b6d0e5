/**
 * Books list an account beside its sub-accounts, and beside its own amounts by department: adding all rows up would count
 * the same yuan several times.
 */

/**
 * Rows of `relation` (account, department, auxiliary, debit, credit) with `is_leaf` and `is_top`: the rows of either kind
 * make up the whole once. `scope` is the SQL of what one listing is (a sheet and its period). An account is above another
 * when its code begins it. A row without department is the sum of those with one only if they add up to it.
 */
export function withLevels(relation: string, scope: string): string {
  const isDetail = '(r.department IS NOT NULL OR r.auxiliary IS NOT NULL)';
  const addsUp = (column: string) => `coalesce(sum(r.${column}) FILTER (WHERE ${isDetail}), 0)
      = coalesce(sum(r.${column}) FILTER (WHERE NOT ${isDetail}), 0)`;
  return `(WITH rows_of AS (SELECT r.*, ${scope} AS scope FROM ${relation} r),
    listed AS (
      SELECT r.scope, r.account, bool_or(${isDetail}) AND NOT bool_and(${isDetail})
        AND ${addsUp('debit')} AND ${addsUp('credit')} AS is_itemised
      FROM rows_of r GROUP BY 1, 2),
    levels AS (
      SELECT l.*, coalesce(starts_with(
          lead(l.account) OVER (PARTITION BY l.scope ORDER BY l.account COLLATE "C"), l.account), false) AS has_below,
        EXISTS (SELECT FROM generate_series(1, length(l.account) - 1) n
          JOIN listed above ON above.scope = l.scope AND above.account = left(l.account, n)) AS has_above
      FROM listed l)
    SELECT r.*, NOT has_below AND (NOT is_itemised OR ${isDetail}) AS is_leaf,
      NOT has_above AND (NOT is_itemised OR NOT ${isDetail}) AS is_top
    FROM rows_of r JOIN levels USING (scope, account))`;
}
