import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Watchlists that sleep for a time, and what a rule has against a change. */
export class Silence1797120000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function left_out, rule_reasons`);
    await runner.query(`drop index retraction_change`);
    await runner.query(`alter table watchlist drop column snoozed_from, drop column snoozed_until`);
  }
}

const statements = [
  // The last snooze. It stays when it is over, so that what was left out meanwhile can be told from what was not.
  `alter table watchlist
     add column snoozed_from timestamptz,
     add column snoozed_until timestamptz,
     add check ((snoozed_from is null) = (snoozed_until is null)),
     add check (snoozed_from <= snoozed_until)`,

  // Why a rule does not want a change: empty exactly when rule_wants says that it does.
  `create function rule_reasons(min_rank smallint, direction text, min_change smallint, kinds text[], keywords tsquery,
     before_rank smallint, after_rank smallint, kind text, changed_words tsvector)
   returns text[] language sql immutable as $$
     select array_remove(array[
       case when not kind = any (kinds) then case kind when 'cosmetic' then 'cosmetic' else 'kind' end end,
       case when greatest(before_rank, after_rank) < min_rank then 'severity' end,
       case when direction = 'rises' and after_rank <= before_rank
         or direction = 'falls' and after_rank >= before_rank then 'direction' end,
       case when abs(after_rank - before_rank) < min_change then 'min-change' end,
       case when keywords is not null and not changed_words @@ keywords then 'keywords' end], null)
   $$`,

  `create index retraction_change on retraction (change_id)`,
  // Why the delivery of an alert does not tell one of its changes: a reason of silence, or "unwanted" where no watchlist of the
  // destination wants it any more. Null when it told it, or is about to. What one told that was sent by itself is kept where that
  // is not all; what a bundle told follows from what stood, was muted and was wanted when it was sent. The texts of cancelled
  // deliveries are those of fan-out, reasonToCancel and DigestReader.
  `create function left_out(delivery_id bigint, change_id bigint) returns text language sql stable as $$
     select case
       when n.state = 'dead' then 'failed'
       when n.kind = 'summary' and n.state <> 'cancelled' then 'cap'
       when n.state = 'due' then null
       when n.state = 'delivered' and n.kind = 'alert' then case
         when (t.change_ids @> array[c.id]) is not false then null
         when back.at <= n.at then back.way else 'muted' end
       when n.state = 'delivered' then case
         when back.at <= n.at then back.way when muted.yes then 'muted' when unwanted.yes then 'unwanted' end
       when n.reason = 'all that it tells of is muted' then 'muted'
       when n.reason = 'it went back before it was told' then case when back.at is null then 'muted' else back.way end
       when n.reason = 'nothing of it is left to tell' then case
         when back.at is not null then back.way when muted.yes then 'muted' else 'unwanted' end
       when n.reason = 'no watchlist wants it any more' then 'unwanted'
       when n.reason like 'the % tier does not hold %' then 'tier'
       else 'destination' end
     from delivery d
     join alert al on al.id = d.alert_id
     join change c on c.id = $2
     left join delivery s on s.id = d.summary_id and d.state = 'cancelled'
     left join delivery_told t on t.delivery_id = d.id
     cross join lateral (select case when s.id is null then d.kind else s.kind end as kind,
       case when s.id is null then d.state else s.state end as state,
       case when s.id is null then d.reason else s.reason end as reason,
       case when s.id is null then d.attempted_at else s.attempted_at end as at) n
     cross join lateral (select case when c.retracted_at is null then 'reverted' else 'retracted' end as way,
       least((select received_at from change undoing where undoing.id = c.undone_by),
         case when c.retracted_at is not null then (select min(r.at) from retraction r where r.change_id = c.id) end) as at) back
     cross join lateral (select exists (
       select from change_subject cs join mute m on m.account_id = d.account_id and m.kind = cs.kind and m.key = cs.key
       where cs.change_id = c.id
         and (n.state = 'cancelled' or m.since <= n.at and (m.until is null or m.until > n.at))) as yes) muted
     cross join lateral (select not exists (
       select from unnest(al.watchlist_ids) as matched (id)
       left join watchlist w on w.id = matched.id
       where w.id is null or w.changed_at > n.at
         or not coalesce(w.snoozed_from <= n.at and w.snoozed_until > n.at, false)
           and exists (select from watchlist_destination wd
             where wd.watchlist_id = w.id and wd.destination_id = d.destination_id)
           and (w.changed_at < al.created_at - interval '1 minute'
             or rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
                 c.before_rank, c.after_rank, c.kind, c.changed_words)
               and exists (select from change_subject cs
                 join follow f on f.watchlist_id = w.id and f.kind = cs.kind and f.key = cs.key
                 where cs.change_id = c.id))) as yes) unwanted
     where d.id = $1
   $$`,
];
