import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountId, TokenId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { SECRETS, type Secrets } from '../platform/secrets.js';
import type { OperatorScope, Principal } from './principal.js';

/** $1 account or null, $2 scope, $3 name, $4 hash, $5 now. */
const INSERT_TOKEN = `
  insert into api_token (account_id, scope, name, hash, created_at) values ($1, $2, $3, $4, $5)`;

/** $1 hash. Index: the unique hash. */
const FIND_TOKEN = `
  select t.id, t.last_used_at as "lastUsedAt", t.scope, t.account_id as "accountId", a.tier
  from api_token t left join account a on a.id = t.account_id
  where t.hash = $1`;

/** Of several calls at once one writes it. $1 token, $2 now, $3 the latest use that is old enough to be written anew. */
const NOTE_USE = `
  update api_token set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)`;

/** How often a token's use is written down: a call must not cost a write. */
const usedEveryMs = 3_600_000;

type TokenRow = {
  id: TokenId;
  lastUsedAt: Date | null;
  scope: OperatorScope | 'account';
  accountId: AccountId | null;
  tier: Tier | null;
};

/** Bearer tokens: 256 random bits, kept only as a SHA-256 hash, which needs no salt at that length. */
@Injectable()
export class TokenService {
  private readonly operatorHash: Buffer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.operatorHash = hashOf(secrets.operatorToken);
  }

  /** @returns the token, to be shown once */
  async create(scope: OperatorScope, name: string): Promise<string> {
    return this.insert(null, scope, name);
  }

  /** @returns the token, to be shown once */
  async createForAccount(accountId: AccountId, name: string): Promise<string> {
    return this.insert(accountId, 'account', name);
  }

  /** @returns who the token stands for, or null when nobody */
  async principalOf(token: string): Promise<Principal | null> {
    const hash = hashOf(token);
    if (timingSafeEqual(hash, this.operatorHash)) return { scope: 'operator' };
    const row = await this.find(hash);
    if (row) await this.noteUse(row);
    return row && principalIn(row);
  }

  /** @param hash of a token, as `hashOf` makes it */
  async principalOfHash(hash: Buffer): Promise<Principal | null> {
    if (timingSafeEqual(hash, this.operatorHash)) return { scope: 'operator' };
    const row = await this.find(hash);
    return row && principalIn(row);
  }

  private async find(hash: Buffer): Promise<TokenRow | null> {
    const [row] = await this.database.query<TokenRow>(FIND_TOKEN, [hash]);
    return row ?? null;
  }

  private async noteUse({ id, lastUsedAt }: TokenRow): Promise<void> {
    const now = this.clock.now();
    const stale = new Date(now.getTime() - usedEveryMs);
    if (lastUsedAt === null || lastUsedAt <= stale) await this.database.execute(NOTE_USE, [id, now, stale]);
  }

  private async insert(accountId: AccountId | null, scope: string, name: string): Promise<string> {
    const token = newToken();
    await this.database.execute(INSERT_TOKEN, [accountId, scope, name, hashOf(token), this.clock.now()]);
    return token;
  }
}

function principalIn({ scope, accountId, tier }: TokenRow): Principal | null {
  if (scope !== 'account') return { scope };
  return accountId && tier ? { scope, accountId, tier } : null;
}

/** 256 random bits, recognisable as ours by whoever looks for leaked ones. */
export function newToken(): string {
  return `toc_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a token. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
