import { Injectable } from '@nestjs/common';
import { AccountService } from '../accounts/account.service.js';
import type { Account } from '../accounts/account.js';
import { SessionService } from '../accounts/session.service.js';
import { listName } from '../archive/list-name.js';
import { parseRowId, type AccountId, type SessionId } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import type { AccountsQuery, ListedAccount } from './accounts-list.js';
import {
  countUse,
  listAccounts,
  listHealth,
  listNewestAlerts,
  listTokens,
  searchAccounts,
  type DestinationHealth,
  type ListedRow,
} from './accounts.store.js';

export type { DestinationHealth } from './accounts.store.js';

const newestAlerts = 10;
const noSession = '0' as SessionId;

/** What the operator reads of one account. */
export type AccountSheet = {
  account: Account;
  use: { watchlists: number; follows: number; destinations: number };
  destinations: DestinationHealth[];
  alerts: { id: string; createdAt: Date; acknowledgedAt: Date | null; changes: number }[];
  tokens: { id: string; name: string; createdAt: Date }[];
  /** How many browsers are signed in. */
  sessions: number;
};

/** All accounts, to the operator: whose they are and how they do, not what they read. */
@Injectable()
export class OperatorAccounts {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
  ) {}

  /** Newest first, or in the order of addresses when one is searched. @throws Problem 422 for another list's cursor */
  async list({ q = '', limit, cursor, ...query }: AccountsQuery): Promise<Page<ListedAccount>> {
    const tier = query.tier ?? null;
    const name = listName('accounts', [q, tier]);
    const asId = parseRowId<'account'>(q);
    if (asId !== null) {
      const found = await this.accounts.get(asId).catch(nobody);
      const isWanted = found !== null && (tier === null || found.tier === tier);
      return { items: isWanted ? [listed(found)] : [], nextCursor: null };
    }
    if (q !== '') {
      const after = keyOfCursor(name, cursor, () => true);
      const rows = await searchAccounts(this.database, { prefix: q, tier, after, limit: limit + 1 });
      return pageOfRows(name, rows, limit, (row) => row.email.toLowerCase(), shownOf);
    }
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const rows = await listAccounts(this.database, tier, before, limit + 1);
    return pageOfRows(name, rows, limit, (row) => row.id, shownOf);
  }

  /** @throws Problem 404 */
  async sheet(id: AccountId): Promise<AccountSheet> {
    return {
      account: await this.accounts.get(id),
      use: await countUse(this.database, id),
      destinations: await listHealth(this.database, id),
      alerts: await listNewestAlerts(this.database, id, newestAlerts),
      tokens: await listTokens(this.database, id),
      sessions: (await this.sessions.list(id)).length,
    };
  }

  /** Signs every browser of the account out. */
  async endSessions(id: AccountId): Promise<void> {
    await this.sessions.endOthers(id, noSession);
  }

  /** @param typed the account's address, as whoever asks for it wrote it down. @throws Problem 422 when it is another */
  async erase(id: AccountId, typed: string): Promise<void> {
    const { email } = await this.accounts.get(id);
    if (typed.trim().toLowerCase() !== email.toLowerCase()) {
      throw new Problem(422, 'Nothing was erased.', [
        { path: 'address', message: 'must be the address of this account, letter by letter' },
      ]);
    }
    await this.accounts.erase(id);
  }
}

function nobody(error: unknown): null {
  if (error instanceof Problem && error.message === notFound('account').message) return null;
  throw error;
}

function shownOf({ createdAt, ...row }: ListedRow): ListedAccount {
  return { ...row, createdAt: createdAt.toISOString() };
}

function listed({ id, email, tier, timeZone, createdAt }: Account): ListedAccount {
  return { id, email, tier, timeZone, createdAt };
}
