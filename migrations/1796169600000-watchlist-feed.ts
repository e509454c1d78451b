import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The secret addresses of watchlists' feeds, and a way to the newest changes of whatever is followed. */
export class WatchlistFeed1796169600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index change_subject_newest`);
    await runner.query(`drop table watchlist_feed`);
  }
}

const statements = [
  // At most one address a watchlist: a new one takes the place of the former. Its id is what feed readers know the feed
  // by, whatever its address. The tag stands for what the feed said when it was last read, changed_at for since when.
  `create table watchlist_feed (
     watchlist_id bigint primary key references watchlist on delete cascade,
     id uuid not null,
     hash bytea not null unique,
     created_at timestamptz not null,
     tag text,
     changed_at timestamptz,
     check ((tag is null) = (changed_at is null))
   )`,
  `create index change_subject_newest on change_subject (kind, key, change_id)`,
];
