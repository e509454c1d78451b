import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that sign in, whom the host archive's accounts are, and how often strangers have tried. */
export class SignIn1797292800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table attempt_count`);
    await runner.query(`drop table account_identity`);
    await runner.query(`drop table sign_in_link`);
  }
}

const statements = [
  // Of an account, or of an address that is to get one: then that address stands here until the link is used or too old.
  `create table sign_in_link (
     hash bytea primary key check (length(hash) = 32),
     browser_hash bytea not null check (length(browser_hash) = 32),
     address_hash bytea not null check (length(address_hash) = 32),
     account_id bigint references account on delete cascade,
     email text,
     time_zone text not null,
     next text not null,
     expires_at timestamptz not null,
     check ((account_id is null) <> (email is null))
   )`,
  `create index sign_in_link_address on sign_in_link (address_hash)`,
  `create index sign_in_link_account on sign_in_link (account_id)`,
  `create index sign_in_link_expires on sign_in_link (expires_at)`,
  `create table account_identity (
     issuer text not null,
     subject text not null,
     account_id bigint not null references account on delete cascade,
     created_at timestamptz not null,
     primary key (issuer, subject)
   )`,
  `create index account_identity_account on account_identity (account_id)`,
  // Not logged: what a crash forgets is that somebody tried a few times.
  `create unlogged table attempt_count (
     key bytea primary key check (length(key) = 32),
     attempts integer not null,
     ends_at timestamptz not null
   )`,
  `create index attempt_count_ends on attempt_count (ends_at)`,
];
