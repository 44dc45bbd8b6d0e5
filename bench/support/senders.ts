import pg from 'pg';
import { newApiKey, ROLES } from '../../src/modules/access/index.js';

/** Owner's URLs of the services that run, by port. */
const owners = new Map<number, string>();
const keys = new Map<string, Promise<Record<string, string>>>();

const FIRST_MINE = 'chaili';

/** Mines made from here on have no path of approval: what is measured counts at once. */
const NO_PATH = `
  CREATE OR REPLACE FUNCTION left_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
  CREATE OR REPLACE TRIGGER no_path BEFORE INSERT ON approval_steps FOR EACH ROW EXECUTE FUNCTION left_out()`;

/** Lets `senderOf` make keys at a service. */
export function knowOwner(port: number, ownerUrl: string): void {
  owners.set(port, ownerUrl);
}

/** Takes the default path of approval away from the mines that a service makes. */
export async function postAtOnce(port: number): Promise<void> {
  await asOwner(port, (owner) => owner.query(NO_PATH));
}

/** Headers of a program with every right in a mine (none: the first one), written past the service. */
export function senderOf(port: number, mine: string | null): Promise<Record<string, string>> {
  const name = `${port} ${mine ?? FIRST_MINE}`;
  if (!keys.has(name))
    keys.set(
      name,
      asOwner(port, (owner) => makeKey(owner, mine ?? FIRST_MINE)),
    );
  return keys.get(name)!;
}

/** Headers of another program, of the same rights and in the same mine. */
export const anotherSender = (port: number, mine: string): Promise<Record<string, string>> =>
  asOwner(port, (owner) => makeKey(owner, mine));

async function makeKey(owner: pg.Client, mine: string): Promise<Record<string, string>> {
  const { id, text, sha256 } = newApiKey(mine);
  await owner.query(
    `INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at)
     VALUES ($1, $2, 'bench', $3, 'bench', now() + interval '7 days')`,
    [mine, id, sha256],
  );
  await owner.query(
    `INSERT INTO grants (mine_id, principal, role, department, granted_by)
     SELECT $1, $2, role, '', 'bench' FROM unnest($3::text[]) AS r (role)`,
    [mine, `key:${id}`, [...ROLES]],
  );
  return { 'x-api-key': text };
}

async function asOwner<Result>(port: number, work: (owner: pg.Client) => Promise<Result>): Promise<Result> {
  const owner = new pg.Client(owners.get(port));
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
