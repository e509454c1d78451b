import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How documents moved and changed week by week, so that charts need not read every change. */
export class DocumentWeek1797811200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop trigger change_tallied on change`);
    await runner.query(`drop trigger change_tallied_anew on change`);
    await runner.query(`drop function tally_changes, tally_changes_anew, tally_documents, week_of`);
    await runner.query(`drop index change_effective, document_seen`);
    await runner.query(`drop table document_week`);
  }
}

const statements = [
  // A week is named by its Monday, in UTC. Moved: by how much the exposure rose in it, or fell. Low, medium and high: changes by the
  // graver of the severities before and after, cosmetic ones and those that were taken back left out.
  `create table document_week (
     document_id text not null references document,
     week date not null,
     moved integer not null,
     low integer not null,
     medium integer not null,
     high integer not null,
     primary key (document_id, week)
   ) with (fillfactor = 80)`,
  `create index document_week_week on document_week (week)`,

  `create function week_of(at timestamptz) returns date language sql immutable as $$
     select date_trunc('week', at at time zone 'UTC')::date
   $$`,
  // In the order of the key. Whoever records changes holds the lock of their entity, so two never wait for each other here.
  `create function tally_changes() returns trigger language plpgsql as $$
   begin
     insert into document_week as known (document_id, week, moved, low, medium, high)
     select document_id, week_of(time), sum(document_exposure_after - document_exposure_before),
       count(*) filter (where kind <> 'cosmetic' and greatest(before_rank, after_rank) = 1),
       count(*) filter (where kind <> 'cosmetic' and greatest(before_rank, after_rank) = 2),
       count(*) filter (where kind <> 'cosmetic' and greatest(before_rank, after_rank) = 3)
     from fresh where retracted_at is null
     group by 1, 2 order by 1, 2
     on conflict (document_id, week) do update
     set moved = known.moved + excluded.moved, low = known.low + excluded.low, medium = known.medium + excluded.medium,
       high = known.high + excluded.high;
     return null;
   end $$`,
  // Sums the weeks of documents up anew, out of all their changes. One that was taken back as the last of its provision has moved
  // nothing in the end: what was before it is in force again. One that others came after leaves its step, which theirs go on from.
  `create function tally_documents(documents text[]) returns void language sql as $$
     delete from document_week where document_id = any (documents);
     insert into document_week (document_id, week, moved, low, medium, high)
     select document_id, week_of(time),
       sum(case when retracted_at is null or exists (select from change later where later.provision_id = c.provision_id
           and later.time > c.time and not later.late)
         then document_exposure_after - document_exposure_before else 0 end),
       count(*) filter (where told and greatest(before_rank, after_rank) = 1),
       count(*) filter (where told and greatest(before_rank, after_rank) = 2),
       count(*) filter (where told and greatest(before_rank, after_rank) = 3)
     from change c cross join lateral (select c.kind <> 'cosmetic' and c.retracted_at is null as told) its
     where document_id = any (documents)
     group by 1, 2 order by 1, 2
   $$`,
  // Most that is written on a change later, such as what undid it, moves no week.
  `create function tally_changes_anew() returns trigger language plpgsql as $$
   declare touched text[];
   begin
     touched := array(select distinct n.document_id from fresh n join former f on f.id = n.id
       where n.retracted_at is distinct from f.retracted_at or n.kind <> f.kind
         or n.before_rank <> f.before_rank or n.after_rank <> f.after_rank
         or n.document_exposure_before <> f.document_exposure_before
         or n.document_exposure_after <> f.document_exposure_after);
     if cardinality(touched) > 0 then
       perform tally_documents(touched);
     end if;
     return null;
   end $$`,
  `create trigger change_tallied after insert on change
   referencing new table as fresh for each statement execute function tally_changes()`,
  `create trigger change_tallied_anew after update on change
   referencing old table as former new table as fresh for each statement execute function tally_changes_anew()`,
  `select tally_documents(array(select id from document))`,

  // What takes effect soon; and documents by when they were last seen, those out of sight first.
  `create index change_effective on change (effective_at) where effective_at is not null`,
  `create index document_seen on document
     ((unreachable_since is null), (coalesce(last_verified_at, '-infinity'::timestamptz)), id)`,
];
