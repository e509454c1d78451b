import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of alerts, for those who were told; changes that the archive took back or corrected. */
export class Echo1796947200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from delivery where kind = 'echo'`);
    await runner.query(`drop function told_by, echo_changes, is_undone, standing_changes`);
    await runner.query(`drop table flapping, delivery_told, echo_range, echo, retraction`);
    await runner.query(
      `alter table change drop column retracted_at, drop column retraction_reason, drop column correction,
         drop column flapping, drop column reminded_at`,
    );
    await runner.query(
      `alter table revision drop column undone_at, drop column corrected_at, drop column first_planned_at, drop column retold_ids`,
    );
  }
}

const statements = [
  // When the first of its changes was undone or retracted, and when one was last corrected. Null for nearly all: whoever looks
  // at changes of a revision looks at these first.
  `alter table revision add column undone_at timestamptz, add column corrected_at timestamptz`,

  // Of a revision that is fanned out once more: when it was first, and the changes that are told anew.
  `alter table revision add column first_planned_at timestamptz, add column retold_ids bigint[]`,

  // Flapping: since when, and how often it went back. Reminded: that it takes effect soon.
  `alter table change
     add column retracted_at timestamptz,
     add column retraction_reason text,
     add column correction integer not null default 0,
     add column flapping jsonb,
     add column reminded_at timestamptz`,
  `create index change_to_remind on change (effective_at)
     where effective_at is not null and after_rank > before_rank and reminded_at is null`,

  // Events that took a change back: the same one again is a duplicate.
  `create table retraction (
     source text not null,
     event_id text not null,
     change_id bigint not null references change,
     at timestamptz not null,
     primary key (source, event_id)
   )`,

  // What became of alerts of a revision. By_change_ids are the changes that undid it.
  `create table echo (
     id bigint generated always as identity primary key,
     kind text not null check (kind in ('reverted', 'retracted', 'corrected', 'reminder')),
     revision_id bigint not null references revision,
     change_ids bigint[] not null,
     by_change_ids bigint[] not null default '{}',
     reason text,
     at timestamptz not null,
     made_at timestamptz not null,
     planned_at timestamptz
   )`,
  `create index echo_to_plan on echo (id) where planned_at is null`,
  `create index echo_revision on echo (revision_id)`,
  // A slice of the alerts of its revision that still has to be told: accounts from (inclusive) until (exclusive).
  `create table echo_range (
     echo_id bigint not null references echo,
     number integer not null,
     from_account bigint not null,
     until_account bigint not null,
     primary key (echo_id, from_account)
   )`,
  `create index echo_range_turn on echo_range (number, echo_id)`,

  // The changes that a delivered message told of, where they are not all of its alert's; of a digest always. No foreign key: whoever
  // erases a delivery erases it.
  `create table delivery_told (
     delivery_id bigint primary key,
     change_ids bigint[] not null
   )`,

  // Provisions that flap, and when they will be stable unless they move again.
  `create table flapping (
     provision_id text primary key references provision,
     stable_at timestamptz not null
   )`,
  `create index flapping_stable on flapping (stable_at)`,

  `create function standing_changes(change_ids bigint[]) returns bigint[] language sql stable as $$
     select array(
       select given.id from unnest(change_ids) with ordinality as given (id, place)
       join change c on c.id = given.id
       where c.undone_by is null and c.retracted_at is null
       order by given.place)
   $$`,

  // Whether all that an alert tells of was undone or retracted.
  `create function is_undone(alert_id bigint) returns boolean language sql stable as $$
     select exists (
       select from alert al join revision r on r.id = al.revision_id
       where al.id = alert_id and r.undone_at is not null and cardinality(standing_changes(al.change_ids)) = 0)
   $$`,

  // What an echo tells one destination: its changes, as far as they were told there, are not muted, and, of what is to come, stand.
  // That something went back is not told once what took it back was retracted.
  `create function echo_changes(echo_id bigint, alert_id bigint, destination_id bigint, unmuted bigint[])
   returns bigint[] language sql stable as $$
     select array(
       select given.id from unnest(case when e.kind in ('corrected', 'reminder') then standing_changes(unmuted) else unmuted end)
         with ordinality as given (id, place)
       where given.id = any (e.change_ids) and (t.change_ids is null or given.id = any (t.change_ids))
         and (e.kind <> 'reverted' or exists (select from change c where c.id = given.id and c.undone_by is not null))
       order by given.place)
     from echo e
     left join delivery o on o.alert_id = $2 and o.destination_id = $3 and coalesce(o.echo_id, 0) = 0
     left join delivery_told t
       on t.delivery_id = case when o.state = 'delivered' then o.id else coalesce(o.summary_id, o.id) end
     where e.id = $1
   $$`,

  // What told a destination of an alert, at the time of an echo: the alert's own delivery, or the bundle that it was gathered into.
  // "due": it is on its way still. What a digest tells is read when it is sent, and has nothing that was undone before: one whose time
  // has not come tells nothing of it, one that is being sent may; what it told is kept. What is due after a correction is read corrected; what was due before may have been
  // read up to a minute before it is attempted. What was sent once, and is being sent once more, was told.
  `create function told_by(echo_id bigint, alert_id bigint, destination_id bigint,
     out state text, out delivery_id bigint, out due_at timestamptz)
   language sql stable as $$
     select
       case
         when o.state = 'delivered' then case
           when e.kind = 'corrected' and (o.due_at >= e.made_at or o.attempted_at > e.made_at + interval '1 minute') then 'untold'
           else 'told' end
         when s.kind = 'summary' and s.state = 'delivered' then 'told'
         when s.kind <> 'summary' and (e.kind in ('reverted', 'retracted') or s.attempted_at <= e.made_at)
           and exists (select from delivery_told t where t.delivery_id = s.id and t.change_ids && e.change_ids) then 'told'
         when exists (select from delivery_attempt a
           where a.delivery_id in (o.id, case s.kind when 'summary' then s.id end) and a.outcome = 'delivered' and a.at <= e.made_at) then 'told'
         when o.state = 'due' then 'due'
         when s.state = 'due' and (s.kind = 'summary' or s.due_at <= e.made_at + interval '1 minute') then 'due'
         else 'untold' end,
       coalesce(s.id, o.id), coalesce(s.due_at, o.due_at)
     from echo e
     join delivery o on o.alert_id = $2 and o.destination_id = $3 and coalesce(o.echo_id, 0) = 0
     left join delivery s on s.id = o.summary_id
     where e.id = $1
   $$`,
];
