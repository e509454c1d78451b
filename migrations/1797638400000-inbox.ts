import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes on alerts, and the way to the alerts of one entity. */
export class Inbox1797638400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index revision_entity`);
    await runner.query(`drop table alert_note`);
  }
}

const statements = [
  // Beside alert, not in it: a ninth column would make each of millions of rows eight bytes longer, for a few notes.
  `create table alert_note (
     alert_id bigint primary key,
     account_id bigint not null references account on delete cascade,
     text text not null check (length(text) between 1 and 2000),
     at timestamptz not null
   )`,
  `create index alert_note_account on alert_note (account_id)`,

  // The revisions of an entity, newest first: an account has one alert of each at most, found by the unique key of alert. So a
  // filter by entity costs fan-out nothing.
  `create index revision_entity on revision (entity_id, id)`,
];
