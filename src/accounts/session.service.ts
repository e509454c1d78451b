import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountId, SessionId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import {
  deleteExpiredSessions,
  endOtherSessions,
  endSession,
  endSessionByHash,
  findSession,
  insertSession,
  listSessions,
  seeSession,
  type ListedSession,
} from './session.store.js';
import { hashOf, TokenService } from './token.service.js';

/** A session ends when it was not used for so long. */
const unusedDays = 30;
/** How often its use is written down: a page must not cost a write. */
const seenEveryMs = 3_600_000;

/** Whom a browser's session stands for. */
export type SignedIn =
  | {
      kind: 'member';
      sessionId: SessionId;
      accountId: AccountId;
      tier: Tier;
      email: string;
      timeZone: string;
    }
  | { kind: 'operator' };

/** Browsers that are signed in: 256 random bits in a cookie, kept here only as a SHA-256 hash. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: TokenService,
  ) {}

  /**
   * @param of an account, or the operator's token that was brought
   * @param device what the browser calls itself, to tell sessions apart
   * @returns the token for the browser to keep
   */
  async begin(of: { accountId: AccountId } | { operatorToken: string }, device: string): Promise<string> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    await insertSession(this.database, {
      of: 'accountId' in of ? of : { operatorHash: hashOf(of.operatorToken) },
      hash: hashOf(token),
      device: device.slice(0, 200),
      now,
      expiresAt: endAfter(now),
    });
    return token;
  }

  /** @returns null for a session that is over, or whose account or operator's token is gone */
  async find(token: string): Promise<SignedIn | null> {
    const now = this.clock.now();
    const row = await findSession(this.database, hashOf(token), now);
    if (!row) return null;
    if (row.operatorHash !== null) {
      const principal = await this.tokens.principalOfHash(row.operatorHash);
      if (principal?.scope !== 'operator') return null;
    }
    if (now.getTime() - row.seenAt.getTime() >= seenEveryMs) {
      await seeSession(this.database, row.id, now, endAfter(now));
    }
    const { id: sessionId, accountId, tier, email, timeZone } = row;
    if (accountId === null || tier === null || email === null || timeZone === null)
      return { kind: 'operator' };
    return { kind: 'member', sessionId, accountId, tier, email, timeZone };
  }

  /** Those that are not over, newest use first. */
  async list(accountId: AccountId): Promise<ListedSession[]> {
    return listSessions(this.database, accountId, this.clock.now());
  }

  /** @throws Problem 404 for a session that is none of the account's */
  async end(accountId: AccountId, id: SessionId): Promise<void> {
    if (!(await endSession(this.database, id, accountId))) throw notFound('session');
  }

  async endOthers(accountId: AccountId, kept: SessionId): Promise<void> {
    await endOtherSessions(this.database, accountId, kept);
  }

  async signOut(token: string): Promise<void> {
    await endSessionByHash(this.database, hashOf(token));
  }

  async forgetExpired(): Promise<void> {
    await deleteExpiredSessions(this.database, this.clock.now());
  }
}

function endAfter(now: Date): Date {
  return new Date(now.getTime() + unusedDays * 86_400_000);
}
