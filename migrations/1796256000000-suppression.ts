import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that get no mail any more, since it bounced there or its reader complained. */
export class Suppression1796256000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index destination_address`);
    await runner.query(`alter table destination drop column resettled_at`);
    await runner.query(`drop table suppression`);
  }
}

const statements = [
  // Of an address, whoever has it as a destination: it outlives them all. The hash is keyed and the detail names nobody, so
  // that of an account that is erased nothing is left that anybody could read. What was lifted is kept: how often an address
  // is lifted is bounded, and a report on a mail from before says nothing new.
  `create table suppression (
     id bigint generated always as identity primary key,
     address_hash bytea not null,
     reason text not null check (reason in ('bounce', 'complaint')),
     detail text not null,
     at timestamptz not null,
     lifted_at timestamptz
   )`,
  `create unique index suppression_open on suppression (address_hash, reason) where lifted_at is null`,
  `create index suppression_lifted on suppression (address_hash, reason, lifted_at) where lifted_at is not null`,

  // Who is written to at an address.
  `create index destination_address on destination (lower(settings ->> 'address'))
     where lower(settings ->> 'address') is not null`,
  // When a destination was given other settings; null when never. A report on an older mail is about another address.
  `alter table destination add column resettled_at timestamptz`,
];
