import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which address was asked to confirm when, mailboxes however they are written, and since when a reader wants no mail. */
export class Confirmation1796515200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`create index destination_address on destination (lower(settings ->> 'address'))
      where lower(settings ->> 'address') is not null`);
    await runner.query(`drop index destination_mailbox`);
    // So that whoever comes up again still finds all that goes to a mailbox: the key is an address of it, too.
    await runner.query(`update destination set settings = jsonb_set(settings, '{address}', to_jsonb(mailbox))
      where mailbox is not null`);
    await runner.query(`alter table destination drop column mailbox, drop column unsubscribed_at,
      drop column confirmed_at`);
    await runner.query(`drop table confirmation_mail`);
  }
}

const statements = [
  // Each mail that asked for a confirmation, whatever has become of its destination or account: so that making and deleting
  // destinations sends no more of them. Kept for a day. The hashes are keyed; that of the family is of the address without
  // what stands behind a "+". used: somebody confirmed it since.
  `create table confirmation_mail (
     id bigint generated always as identity primary key,
     account_id bigint references account on delete set null,
     address_hash bytea not null,
     family_hash bytea not null,
     delivery_id bigint not null,
     at timestamptz not null,
     used boolean not null default false
   )`,
  `create index confirmation_mail_family on confirmation_mail (family_hash, at)`,
  `create index confirmation_mail_account on confirmation_mail (account_id, at)`,
  `create index confirmation_mail_at on confirmation_mail (at)`,

  // The key of the mailbox where the address in lower case is not it: quotes without need, letters beyond ASCII. Null
  // else, as for all from before, which were plain. confirmed_at: when its reader last used the link of a mail that asked.
  `alter table destination add column mailbox text, add column unsubscribed_at timestamptz,
     add column confirmed_at timestamptz`,
  `create index destination_mailbox on destination (coalesce(mailbox, lower(settings ->> 'address')))
     where coalesce(mailbox, lower(settings ->> 'address')) is not null`,
  `drop index destination_address`,
];
