import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { Clock, dayInChina } from '../../../platform/clock/clock.js';
import { Mines, wholeMine, type MineNow } from '../../mines/index.js';
import { loadPrincipal, type Principal } from '../db/principal-queries.js';
import { isSecret, parseApiKey } from './api-key.js';
import type { Caller } from './caller.js';
import { Tokens } from './tokens.js';

interface Remembered {
  readonly accessVersion: string;
  readonly day: string;
  readonly principal: Principal | null;
}

const MAX_REMEMBERED = 5_000;

/** A caller, and the state of the mine that was read on the way. */
export type KnownCaller = Caller & { readonly now: MineNow };

/**
 * Finds out who sends a request. What a caller may do is remembered for as long as the mine's access version stands, so
 * that a change of rights holds from the next request on and a request costs no more than reading that version.
 */
@Injectable()
export class Callers {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly mines: Mines,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `unauthenticated`; `unknown_mine` where X-Mine names another mine than that of the sign-in */
  async of(headers: IncomingHttpHeaders): Promise<KnownCaller> {
    const key = headers['x-api-key'];
    const caller = typeof key === 'string' ? await this.ofKey(key) : await this.ofToken(bearerOf(headers));
    if (caller === null) throw new AppError('unauthenticated', 'unauthenticated');
    const named = headers['x-mine'];
    if (typeof named === 'string' && named !== '' && named !== caller.mine) {
      throw new AppError('not_found', 'unknown_mine', { mine: named });
    }
    return caller;
  }

  private async ofKey(text: string): Promise<KnownCaller | null> {
    const parts = parseApiKey(text);
    if (parts === null) return null;
    const found = await this.principal(parts.mine, `key:${parts.id}`, null);
    if (found?.principal.secretSha256 == null || !isSecret(parts.secret, found.principal.secretSha256)) return null;
    return this.isCurrent(found.principal) ? callerOf(found, parts.mine) : null;
  }

  private async ofToken(token: string | null): Promise<KnownCaller | null> {
    const facts = token === null ? null : await this.tokens.read(token);
    if (facts === null) return null;
    const found = await this.principal(facts.mine, facts.username, facts.session);
    return found !== null && this.isCurrent(found.principal) ? callerOf(found, facts.mine) : null;
  }

  private isCurrent({ expiresAt }: Principal): boolean {
    return expiresAt === null || Date.parse(expiresAt) > this.clock.now().getTime();
  }

  private async principal(mine: string, actor: string, session: string | null) {
    const now = await this.mines.find(mine);
    if (now === null) return null;
    const day = dayInChina(this.clock.now());
    const name = JSON.stringify([mine, actor, session]);
    let known = this.remembered.get(name);
    if (known?.accessVersion !== now.accessVersion || known.day !== day) {
      const principal = await this.uow.run(wholeMine(mine), (tx) => loadPrincipal(tx, mine, actor, session, day));
      known = { accessVersion: now.accessVersion, day, principal };
      if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
      this.remembered.set(name, known);
    }
    return known.principal === null ? null : { principal: known.principal, now };
  }
}

function callerOf({ principal, now }: { readonly principal: Principal; readonly now: MineNow }, mine: string) {
  const { actor, kind, displayName, session, mustChangePassword, roles } = principal;
  return { mine, actor, kind, displayName, session, mustChangePassword, roles, now };
}

function bearerOf({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization ?? '')?.[1] ?? null;
}
