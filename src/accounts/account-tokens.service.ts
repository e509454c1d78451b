import { Injectable } from '@nestjs/common';
import { parseRowId, type AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { lockAccount } from './account-lock.js';
import type { AccountToken, NewAccountToken } from './account-token.js';
import { countTokens, deleteToken, insertToken, listTokens, type TokenRow } from './account-token.store.js';
import { hashOf, newToken } from './token.service.js';

const listName = 'account-tokens';
/** Of one account: enough for a token for each program that anybody runs. */
const mostTokens = 50;

/** The tokens by which programs act for an account, as its owner sees them. */
@Injectable()
export class AccountTokensService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<AccountToken>> {
    const after = keyOfCursor(listName, cursor, (key) => parseRowId(key) !== null);
    const rows = await listTokens(this.database, accountId, after, limit + 1);
    return pageOfRows(listName, rows, limit, (row) => row.id, shown);
  }

  /** @returns with the token, which is shown this once @throws Problem 403 when there are too many */
  async create(accountId: AccountId, name: string): Promise<NewAccountToken> {
    const token = newToken();
    const row = await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      if ((await countTokens(tx, accountId)) >= mostTokens) {
        throw new Problem(403, `An account has at most ${mostTokens} tokens: withdraw one first.`);
      }
      return insertToken(tx, accountId, { name, hash: hashOf(token), now: this.clock.now() });
    });
    return { ...shown(row), token };
  }

  /** From now on it opens nothing. @throws Problem 404 for a token that is none of the account's */
  async withdraw(accountId: AccountId, id: string): Promise<void> {
    const rowId = parseRowId<'token'>(id);
    if (rowId === null || !(await deleteToken(this.database, accountId, rowId))) throw notFound('token');
  }
}

function shown({ id, name, createdAt, lastUsedAt }: TokenRow): AccountToken {
  return { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
