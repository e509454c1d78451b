import type { ChangeId, RevisionId, WatchlistId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** Whose feed an address is. Index: the unique hash. $1 hash of the token. */
const FIND_FEED = `
  select f.id, f.watchlist_id as "watchlistId", f.created_at as "createdAt", w.name, a.tier
  from watchlist_feed f join watchlist w on w.id = f.watchlist_id join account a on a.id = w.account_id
  where f.hash = $1`;

/**
 * The newest changes that a watchlist wants, as its follows and its rule are now: those that it would have been alerted
 * to, whether or not it was there in time. They are looked for in the history, and not in the alerts, so that a watchlist
 * shows something on its first day, and so that fan-out, which writes alerts by the million, keeps no index for feeds.
 *
 * However picky the rule, no more is looked at than the newest $3 changes of all that is followed; of each follow $3 too,
 * or fewer when there are many, but never less than twice what is asked for. octet_length reads no text that is stored
 * out of line. $1 watchlist, $2 limit, $3 most changes to look at.
 * Indexes: the primary key of follow, change_subject_newest, the primary key of change.
 */
const FIND_WANTED = `
  with depth as materialized (
    select greatest(2 * $2::bigint, least($3::bigint, 4 * $3::bigint / greatest(count(*), 1))) as each
    from follow where watchlist_id = $1
  ), followed as materialized (
    select distinct newest.change_id from follow f cross join lateral (
      select s.change_id from change_subject s where s.kind = f.kind and s.key = f.key
      order by s.change_id desc limit (select each from depth)) newest
    where f.watchlist_id = $1
    order by newest.change_id desc limit $3
  )
  select c.id, c.revision_id as "revisionId", c.source, c.event_id as "eventId", c.received_at as "receivedAt",
    coalesce((select u.received_at from change u where u.id = c.undone_by), c.retracted_at) as "undoneAt",
    c.retracted_at is not null as "isRetracted", c.correction,
    coalesce(octet_length(c.before_text), 0) + coalesce(octet_length(c.after_text), 0) as "textBytes"
  from followed join change c on c.id = followed.change_id join watchlist w on w.id = $1
  where not c.late and not c.silent and c.verdict in ('news', 'flapping') and rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
    c.before_rank, c.after_rank, c.kind, c.changed_words)
  order by c.id desc limit $2`;

/**
 * Keeps what the feed says now, and since when: each time later than the one before, by whole seconds, which is all that
 * HTTP can tell apart. Nothing when the address was revoked or replaced meanwhile. $1 hash, $2 tag, $3 now.
 */
const KEEP_TAG = `
  update watchlist_feed
  set tag = $2, changed_at = case when tag = $2 then changed_at
    else greatest(date_trunc('second', $3::timestamptz), changed_at + interval '1 second') end
  where hash = $1
  returning changed_at as "changedAt"`;

/** The same without a write, for the many times that nothing changed. $1 hash, $2 tag. */
const FIND_KEPT_TAG = `select changed_at as "changedAt" from watchlist_feed where hash = $1 and tag = $2`;

/** A watchlist's feed as its address leads to it. */
export type Feed = {
  /** A UUID, the same through every address. */
  id: string;
  watchlistId: WatchlistId;
  createdAt: Date;
  /** The watchlist's. */
  name: string;
  tier: Tier;
};

export type WantedChange = {
  id: ChangeId;
  revisionId: RevisionId;
  source: string;
  eventId: string;
  receivedAt: Date;
  /** When what undid it came in; null while it stands. */
  undoneAt: Date | null;
  /** Whether the archive took it back. */
  isRetracted: boolean;
  /** Which telling of it this is, from 0. */
  correction: number;
  textBytes: number;
};

/** @returns null for an address that there is not, or not any more */
export async function findFeed(sql: Sql, hash: Buffer): Promise<Feed | null> {
  const [row] = await sql.query<Feed>(FIND_FEED, [hash]);
  return row ?? null;
}

/** @returns newest first */
export async function findWanted(
  sql: Sql,
  id: WatchlistId,
  limit: number,
  mostLookedAt: number,
): Promise<WantedChange[]> {
  return sql.query<WantedChange>(FIND_WANTED, [id, limit, mostLookedAt]);
}

/** @returns since when the feed says this; null when its address is gone */
export async function keepTag(sql: Sql, hash: Buffer, tag: string, now: Date): Promise<Date | null> {
  const [kept] = await sql.query<{ changedAt: Date }>(FIND_KEPT_TAG, [hash, tag]);
  if (kept) return kept.changedAt;
  const [row] = await sql.query<{ changedAt: Date }>(KEEP_TAG, [hash, tag, now]);
  return row?.changedAt ?? null;
}
