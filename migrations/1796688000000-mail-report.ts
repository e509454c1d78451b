import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came back after a mail server took it on, tokens for handing that over, and what readers told a mail provider. */
export class MailReport1796688000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table destination drop column provider_stopped_at, drop column provider_stopped_from`,
    );
    await runner.query(`drop table mail_report`);
    await runner.query(`delete from api_token where scope = 'bounces'`);
    await runner.query(`alter table api_token drop constraint api_token_scope_check,
      add constraint api_token_scope_check check (scope in ('operator', 'ingest', 'account'))`);
  }
}

const statements = [
  // Each mail that was refused after all, once for each time that it went out: so that a report that comes twice is noted
  // once, and what a policy refused goes out once more and not for ever. The delivery is null where a provider named the
  // address alone. No foreign key, as with attempts: it holds ids and nothing of anybody, and is removed after 90 days.
  `create table mail_report (
     id bigint generated always as identity primary key,
     delivery_id bigint,
     sent_at timestamptz,
     finding text not null,
     at timestamptz not null
   )`,
  `create unique index mail_report_delivery on mail_report (delivery_id, sent_at, finding)`,
  `create index mail_report_at on mail_report (at)`,

  // May hand over bounces and complaints, and nothing else: it stands on the machine that takes mail in.
  `alter table api_token drop constraint api_token_scope_check,
     add constraint api_token_scope_check check (scope in ('operator', 'ingest', 'bounces', 'account'))`,

  // When the reader last told the mail provider to send no more, and what the status was then. An unsubscription of that very
  // time came from there, and ends when the reader takes it back there.
  `alter table destination
     add column provider_stopped_at timestamptz,
     add column provider_stopped_from text`,
];
