import type { AccountId, AlertId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** Keeps the note of an alert, in place of the one before. $1 account, $2 alert, $3 text, $4 now. Index: the primary keys. */
const SET_NOTE = `
  insert into alert_note (alert_id, account_id, text, at)
  select id, account_id, $3, $4 from alert where account_id = $1 and id = $2
  on conflict (alert_id) do update set text = excluded.text, at = excluded.at`;

/** $1 account, $2 alert. Index: the primary key. */
const REMOVE_NOTE = `delete from alert_note where account_id = $1 and alert_id = $2`;

export async function setNote(
  sql: Sql,
  accountId: AccountId,
  id: AlertId,
  { text, at }: { text: string; at: Date },
): Promise<void> {
  await sql.execute(SET_NOTE, [accountId, id, text, at]);
}

export async function removeNote(sql: Sql, accountId: AccountId, id: AlertId): Promise<void> {
  await sql.execute(REMOVE_NOTE, [accountId, id]);
}
