import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a provision's changes stands, what went back, and what flaps. */
export class StandingChanges1796774400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from delivery where kind in ('digest', 'echo', 'coverage')`);
    await runner.query(`drop index delivery_alert`);
    await runner.query(
      `alter table delivery drop constraint delivery_kind_check, drop constraint delivery_check, drop column echo_id,
         add check (kind in ('alert', 'test', 'confirm', 'notice', 'summary')),
         add check ((kind = 'alert') = (alert_id is not null)),
         add constraint delivery_alert_id_destination_id_key unique (alert_id, destination_id)`,
    );
    await runner.query(`alter table change drop column verdict, drop column undone_by,
         drop column before_print, drop column after_print`);
    await runner.query(`alter table provision drop column past`);
  }
}

const statements = [
  // As `judgeMove` left it; null for what has none yet.
  `alter table provision add column past jsonb`,
  // What the change meant when it came, and the change that undid it since. Prints are the same for sides of the same severity and
  // words; null in what came before this migration.
  `alter table change
     add column verdict text not null default 'news' check (verdict in ('news', 'reverted', 'flapping', 'quiet')),
     add column before_print text,
     add column after_print text,
     add column undone_by bigint references change`,
  `create index change_undone on change (undone_by) where undone_by is not null`,

  // An echo belongs to the alert whose readers it is for, so an alert and a destination have more than one delivery.
  `alter table delivery
     add column echo_id bigint,
     drop constraint delivery_alert_id_destination_id_key,
     drop constraint delivery_kind_check,
     drop constraint delivery_check,
     add check (kind in ('alert', 'test', 'confirm', 'notice', 'summary', 'digest', 'echo', 'coverage')),
     add check ((kind in ('alert', 'echo')) = (alert_id is not null)),
     add check ((kind = 'echo') = (echo_id is not null))`,
  `create unique index delivery_alert on delivery (alert_id, destination_id, coalesce(echo_id, 0))`,
];
