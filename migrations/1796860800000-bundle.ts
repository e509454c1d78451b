import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Storms become bundles: what a storm, a window of a digest or quiet hours gather for one destination. */
export class Bundle1796860800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from bundle where kind <> 'storm'`);
    await runner.query(`delete from delivery where kind = 'digest'`);
    await runner.query(
      `drop index bundle_open, bundle_window, bundle_to_plan, bundle_to_end, bundle_account`,
    );
    await runner.query(`drop index watchlist_heartbeat`);
    await runner.query(`alter table watchlist drop column confirm_after`);
    await runner.query(
      `alter table bundle drop constraint bundle_cadence, drop column kind, drop column cadence, drop column until_at`,
    );
    await runner.query(`alter index bundle_began rename to storm_began`);
    await runner.query(`alter index bundle_pkey rename to storm_pkey`);
    await runner.query(`alter table bundle rename to storm`);
    await runner.query(`create unique index storm_open on storm (destination_id) where ended_at is null`);
  }
}

const statements = [
  // The deliveries that a bundle stands for name its own delivery. It is open, and takes more of them, until ended_at.
  `alter table storm rename to bundle`,
  `alter index storm_pkey rename to bundle_pkey`,
  `alter index storm_began rename to bundle_began`,
  `drop index storm_open`,
  // The cadence of a digest, without what does not decide its windows. Until when a digest or quiet hours last: null where that
  // has to be found out, first or anew. Storms end when their summary is sent.
  `alter table bundle
     add column kind text not null default 'storm' check (kind in ('storm', 'digest', 'quiet')),
     add column cadence jsonb,
     add column until_at timestamptz,
     add constraint bundle_cadence check ((kind = 'digest') = (cadence is not null))`,
  // One at a time is open.
  `create unique index bundle_open on bundle (destination_id, kind, cadence) nulls not distinct where ended_at is null`,
  // One digest for each destination, cadence and window.
  `create unique index bundle_window on bundle (destination_id, cadence, until_at) where kind = 'digest'`,
  `create index bundle_to_plan on bundle (account_id) where until_at is null and ended_at is null and kind <> 'storm'`,
  `create index bundle_to_end on bundle (until_at) where until_at is not null and ended_at is null`,
  `create index bundle_account on bundle (account_id) where ended_at is null`,

  // Hours that a change has to stand before an instant watchlist tells it; null for at once.
  `alter table watchlist add column confirm_after smallint check (confirm_after between 1 and 168)`,
  `create index watchlist_heartbeat on watchlist (id) where cadence -> 'heartbeat' = 'true'`,
];
