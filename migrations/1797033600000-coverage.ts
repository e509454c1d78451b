import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When documents were last seen, which of them can't be seen any more, and who is told so. */
export class Coverage1797033600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from parcel p using delivery d where d.parcel_id = p.id and d.kind = 'coverage'
      and p.lane = d.lane and not exists (
        select from delivery other where other.parcel_id = p.id and other.kind <> 'coverage')`);
    await runner.query(`delete from delivery where kind = 'coverage'`);
    await runner.query(`drop index delivery_coverage, delivery_coverage_told`);
    await runner.query(`drop table coverage_range, coverage_notice, coverage_event`);
    await runner.query(`alter table document drop column lost_verified_at, drop column lost_cause, drop column lost_at,
      drop column unreachable_since, drop column unreachable_detail, drop column unreachable_from,
      drop column unreachable_at, drop column reports_checks, drop column last_verified_at`);
  }
}

const statements = [
  // Last_verified_at: when the archive last looked at it and saw it; a change counts. Unreachable_at: when it last said that
  // it could not see it, and unreachable_from since when. Whether that still holds follows from the two: whoever moves
  // last_verified_at forward need not know of it. Reports_checks: whether the archive ever told of a check, so that its
  // silence says something.
  `alter table document
     add column last_verified_at timestamptz,
     add column reports_checks boolean not null default false,
     add column unreachable_at timestamptz,
     add column unreachable_from timestamptz,
     add column unreachable_detail text,
     add column unreachable_since timestamptz generated always as (
       case when unreachable_at > coalesce(last_verified_at, '-infinity') then greatest(unreachable_from, last_verified_at) end
     ) stored`,
  // What is known already was seen when it last changed.
  `update document d set last_verified_at = least(now(), seen.at)
   from (select document_id, max(time) as at from change group by document_id) seen
   where d.id = seen.document_id`,

  // Since when followers count as told that it can't be seen; null while it can. Lost_verified_at is what last_verified_at
  // was then.
  `alter table document
     add column lost_at timestamptz,
     add column lost_cause text check (lost_cause in ('unverified', 'unreachable')),
     add column lost_verified_at timestamptz,
     add check ((lost_at is null) = (lost_cause is null) and (lost_at is null) = (lost_verified_at is null))`,
  // What the tick asks: who was last seen too long ago, who is unreachable too long, and what of the lost was seen since.
  `create index document_unverified on document (last_verified_at) where reports_checks and lost_at is null`,
  `create index document_unreachable on document (unreachable_since)
     where reports_checks and lost_at is null and unreachable_since is not null`,
  `create index document_found on document (last_verified_at)
     where lost_at is not null and unreachable_since is null and last_verified_at > lost_verified_at`,
  `create index document_lost on document (lost_cause) where lost_at is not null`,

  // Events of checks that were taken in, so that a repeat is known as one. Kept for some days: later, a repeat moves nothing
  // either, since it is no newer than what is known.
  `create table coverage_event (
     source text not null,
     event_id text not null,
     received_at timestamptz not null,
     primary key (source, event_id)
   )`,
  `create index coverage_event_received on coverage_event using brin (received_at)`,

  // That a document was lost, or is back: once for each loss, which its time names.
  `create table coverage_notice (
     id bigint generated always as identity primary key,
     document_id text not null references document,
     about text not null check (about in ('lost', 'back')),
     cause text not null check (cause in ('unverified', 'unreachable')),
     lost_at timestamptz not null,
     verified_at timestamptz,
     since timestamptz not null,
     detail text,
     created_at timestamptz not null,
     planned_at timestamptz,
     unique (document_id, lost_at, about)
   )`,
  `create index coverage_notice_to_plan on coverage_notice (id) where planned_at is null`,
  // A slice of those who are to be told: accounts from (inclusive) until (exclusive).
  `create table coverage_range (
     notice_id bigint not null references coverage_notice,
     number integer not null,
     from_account bigint not null,
     until_account bigint not null,
     primary key (notice_id, from_account)
   )`,
  `create index coverage_range_turn on coverage_range (number, notice_id)`,
  // One delivery of a notice for each destination; and how many a destination had lately.
  `create unique index delivery_coverage on delivery (((notice ->> 'id')::bigint), account_id, destination_id)
     where kind = 'coverage'`,
  `create index delivery_coverage_told on delivery (destination_id, created_at) where kind = 'coverage'`,
];
