import type pg from 'pg';

/** What a mine's posted records come to, and in how many places the sums or cells say otherwise. */
export interface Conserved {
  readonly mine: string;
  readonly records: string;
  /** Yuan, as entered and net of tax. */
  readonly amountYuan: string;
  readonly differing: string;
  /** One place where they differ: period, department, category, item, nature, project, period reported in. */
  readonly place: string | null;
}

const PLACE = ['period', 'department', 'category', 'item', 'nature', 'project', 'reported_in'];
const KEY = ['mine_id', ...PLACE].join(', ');

/**
 * Guarantee 1 over every mine: records = sums (rows, amounts, quantities) = cells (booked cost), exactly and in every
 * place, not only in total. `client` must see all rows, as the owner does.
 */
export async function conservation(client: Pick<pg.ClientBase, 'query'>): Promise<Conserved[]> {
  const { rows } = await client.query<Conserved>(CONSERVATION);
  return rows;
}

const CONSERVATION = `
  WITH booked AS (
    SELECT mine_id, valued_period AS period, department, category, item, nature, coalesce(project, '') AS project,
      posted_period AS reported_in, count(*) AS records, coalesce(sum(amount), 0) AS amount,
      coalesce(sum(quantity), 0) AS quantity
    FROM records WHERE status = 'posted' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
  summed AS (
    SELECT ${KEY}, sum(quantified + unquantified) AS records, sum(amount_of_quantified + amount_of_unquantified) AS amount,
      sum(quantity) AS quantity
    FROM cell_sums GROUP BY ${KEY}),
  calculated AS (SELECT ${KEY}, sum(m_explicit_actual) AS amount FROM cells WHERE nature = 'explicit' GROUP BY ${KEY}),
  compared AS (
    SELECT ${KEY}, coalesce(b.records, 0) AS records, coalesce(b.amount, 0) AS amount,
      coalesce(b.records, 0) <> coalesce(s.records, 0) OR coalesce(b.amount, 0) <> coalesce(s.amount, 0)
        OR coalesce(b.quantity, 0) <> coalesce(s.quantity, 0)
        OR nature = 'explicit' AND coalesce(b.amount, 0) <> coalesce(c.amount, 0) AS differs
    FROM booked b FULL JOIN summed s USING (${KEY}) FULL JOIN calculated c USING (${KEY}))
  SELECT m.mine_id AS mine, coalesce(sum(c.records), 0)::text AS records,
    coalesce(sum(c.amount), 0)::numeric(30, 2)::text AS "amountYuan",
    count(*) FILTER (WHERE c.differs)::text AS differing,
    min(concat_ws(' ', ${PLACE.map((column) => `nullif(c.${column}, '')`).join(', ')})) FILTER (WHERE c.differs) AS place
  FROM mines m LEFT JOIN compared c ON c.mine_id = m.mine_id GROUP BY 1 ORDER BY 1`;
