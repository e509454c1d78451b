import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
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
  select t.scope, t.account_id as "accountId", a.tier
  from api_token t left join account a on a.id = t.account_id
  where t.hash = $1`;

type TokenRow = { scope: OperatorScope | 'account'; accountId: AccountId | null; tier: Tier | null };

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
    return this.principalOfHash(hashOf(token));
  }

  /** @param hash of a token, as `hashOf` makes it */
  async principalOfHash(hash: Buffer): Promise<Principal | null> {
    if (timingSafeEqual(hash, this.operatorHash)) return { scope: 'operator' };
    const [row] = await this.database.query<TokenRow>(FIND_TOKEN, [hash]);
    if (!row) return null;
    if (row.scope !== 'account') return { scope: row.scope };
    return row.accountId && row.tier ? { scope: 'account', accountId: row.accountId, tier: row.tier } : null;
  }

  private async insert(accountId: AccountId | null, scope: string, name: string): Promise<string> {
    const token = `toc_${randomBytes(32).toString('base64url')}`;
    await this.database.execute(INSERT_TOKEN, [accountId, scope, name, hashOf(token), this.clock.now()]);
    return token;
  }
}

/** What is kept of a token. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
