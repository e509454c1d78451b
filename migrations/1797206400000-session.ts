import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that are signed in. */
export class Session1797206400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table session`);
  }
}

const statements = [
  // Of an account, or of whoever brought an operator's token: then it is good for as long as that token is.
  `create table session (
     id bigint generated always as identity primary key,
     account_id bigint references account on delete cascade,
     operator_hash bytea,
     hash bytea not null unique check (length(hash) = 32),
     device text not null,
     created_at timestamptz not null,
     seen_at timestamptz not null,
     expires_at timestamptz not null,
     check ((account_id is null) <> (operator_hash is null))
   )`,
  `create index session_account on session (account_id)`,
  `create index session_expires on session (expires_at)`,
];
