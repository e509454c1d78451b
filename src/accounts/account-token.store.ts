import type { AccountId, TokenId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';

/** A page of an account's tokens, oldest first. Index: api_token_account. $1 account, $2 after this id or null, $3 limit. */
const LIST_TOKENS = `
  select id, name, created_at as "createdAt", last_used_at as "lastUsedAt" from api_token
  where account_id = $1 and id > coalesce($2::bigint, 0) order by id limit $3`;

/** Index: api_token_account. $1 account. */
const COUNT_TOKENS = `select count(*)::integer as count from api_token where account_id = $1`;

/** $1 account, $2 name, $3 hash, $4 now. */
const INSERT_TOKEN = `
  insert into api_token (account_id, scope, name, hash, created_at) values ($1, 'account', $2, $3, $4)
  returning id, name, created_at as "createdAt", last_used_at as "lastUsedAt"`;

/** $1 account, $2 token. Index: the primary key. */
const DELETE_TOKEN = `delete from api_token where account_id = $1 and id = $2`;

export type TokenRow = { id: TokenId; name: string; createdAt: Date; lastUsedAt: Date | null };

export async function listTokens(
  sql: Sql,
  accountId: AccountId,
  after: string | null,
  limit: number,
): Promise<TokenRow[]> {
  return sql.query<TokenRow>(LIST_TOKENS, [accountId, after, limit]);
}

export async function countTokens(tx: Transaction, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ count: number }>(COUNT_TOKENS, [accountId]);
  return row?.count ?? 0;
}

export async function insertToken(
  tx: Transaction,
  accountId: AccountId,
  { name, hash, now }: { name: string; hash: Buffer; now: Date },
): Promise<TokenRow> {
  const [row] = await tx.query<TokenRow>(INSERT_TOKEN, [accountId, name, hash, now]);
  if (!row) throw new Error('inserting a token gave no row back');
  return row;
}

/** @returns whether the account had such a token */
export async function deleteToken(sql: Sql, accountId: AccountId, id: TokenId): Promise<boolean> {
  return (await sql.execute(DELETE_TOKEN, [accountId, id])) > 0;
}
