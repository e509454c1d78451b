import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What accounts do not want to hear of for a while, and the messages in chats that can still be changed. */
export class MuteAndMessage1796428800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table slack_click`);
    await runner.query(`drop table delivery_message`);
    await runner.query(`alter table alert drop column acknowledged_by`);
    await runner.query(`drop function unmuted_changes`);
    await runner.query(`alter table account drop column muted_at`);
    await runner.query(`drop table mute`);
  }
}

const statements = [
  // Until when: null for good. One that is over does nothing, and goes with the account's next one.
  `create table mute (
     account_id bigint not null references account on delete cascade,
     kind text not null check (kind in ('provision', 'document')),
     key text not null,
     since timestamptz not null,
     until timestamptz,
     primary key (account_id, kind, key)
   )`,
  // What fan-out asks: who of a range has muted a subject of the revision.
  `create index mute_match on mute (kind, key, account_id)`,
  // When the account last muted something; null when never. A delivery looks at mutes only when there was one since its alert.
  `alter table account add column muted_at timestamptz`,
  `create function unmuted_changes(account bigint, change_ids bigint[], at timestamptz)
   returns bigint[] language sql stable as $$
     select array(
       select given.id from unnest(change_ids) with ordinality as given (id, place)
       where not exists (
         select from change_subject s join mute m on m.account_id = account and m.kind = s.kind and m.key = s.key
         where s.change_id = given.id and (m.until is null or m.until > at))
       order by given.place)
   $$`,

  // Who acknowledged it, for chats that show it; null when that was not in a chat.
  `alter table alert add column acknowledged_by jsonb`,

  // Of channels whose messages can be changed and answered, what the other side knows a delivery's message by. No foreign
  // key: whoever erases a delivery erases it, and old ones are removed. Thread is the provider's id of the message that it
  // answers. Change_ids are those that it tells of, kept where they are not all of the alert's: the rest were muted.
  `create table delivery_message (
     delivery_id bigint primary key,
     provider_id text not null,
     thread text,
     at timestamptz not null,
     change_ids bigint[]
   )`,
  `create index delivery_message_thread on delivery_message (thread) where thread is not null`,
  `create index delivery_message_at on delivery_message using brin (at)`,

  // Clicks that were taken: a signature that comes again is the same click. Kept as long as Slack's signatures are good.
  `create table slack_click (
     signature text primary key,
     at timestamptz not null
   )`,
];
