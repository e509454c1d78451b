import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChatUser } from '../domain/alert-content.js';
import type { ChangeKind } from '../domain/delta.js';
import type { AccountId, AlertId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * Alerts in short, with the change that weighs most: the highest severity, then the biggest move, then rises before falls, as in
 * the subject of a mail. $1 account, $2 ids. Indexes: the primary keys.
 */
const FIND_IN_SHORT = `
  select a.id, a.created_at as "createdAt", a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy",
    cardinality(a.change_ids) as changes, n.alert_id is not null as "hasNote",
    r.undone_at is not null and cardinality(standing_changes(a.change_ids)) = 0 as "isUndone",
    top.kind, top.before_rank as "beforeRank", top.after_rank as "afterRank", top.labels,
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from watchlist w where w.id = any (a.watchlist_ids)), '[]') as watchlists
  from unnest($2::bigint[]) with ordinality as given (id, place)
  join alert a on a.id = given.id and a.account_id = $1
  join revision r on r.id = a.revision_id
  left join alert_note n on n.alert_id = a.id
  cross join lateral (
    select c.kind, c.before_rank, c.after_rank, c.labels from change c where c.id = any (a.change_ids)
    order by greatest(c.before_rank, c.after_rank) desc, abs(c.after_rank - c.before_rank) desc,
      sign(c.before_rank - c.after_rank), c.id limit 1) top
  order by given.place`;

/**
 * Entities of the newest alerts, by name, for whoever wants to see those of one alone. Of each revision its entity is looked up: a join
 * would read all revisions, 15 ms of a hundred thousand in place of 2. $1 account, $2 most alerts. Indexes: alert_account, the primary
 * keys.
 */
const LIST_ENTITIES = `
  select e.id, e.name
  from (select distinct (select r.entity_id from revision r where r.id = a.revision_id) as entity_id
    from (select revision_id from alert where account_id = $1 order by id desc limit $2) a) newest
  join entity e on e.id = newest.entity_id
  order by lower(e.name), e.id`;

const mostAlertsForEntities = 1_000;

/** An alert on one line. */
export type AlertInShort = {
  id: AlertId;
  createdAt: Date;
  acknowledgedAt: Date | null;
  /** Null when it was not in a chat. */
  acknowledgedBy: ChatUser | null;
  /** How many it tells. */
  changes: number;
  hasNote: boolean;
  /** All that it tells went back or was retracted. */
  isUndone: boolean;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  labels: ChangeLabels;
  watchlists: { id: string; name: string }[];
};

/** @returns those that are the account's, in the order of the ids */
export async function findInShort(sql: Sql, accountId: AccountId, ids: readonly AlertId[]) {
  return sql.query<AlertInShort>(FIND_IN_SHORT, [accountId, ids]);
}

export async function listInboxEntities(sql: Sql, accountId: AccountId) {
  return sql.query<{ id: string; name: string }>(LIST_ENTITIES, [accountId, mostAlertsForEntities]);
}
