import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the operator's page shows of a million accounts and destinations without counting them each time. */
export class KeptCounts1798070400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop trigger account_counted on account`);
    await runner.query(`drop trigger account_counted_anew on account`);
    await runner.query(`drop trigger account_counted_out on account`);
    await runner.query(`drop function count_accounts()`);
    await runner.query(`drop table account_count`);
    await runner.query(`drop index destination_kind`);
    await runner.query(`drop index change_received`);
    await runner.query(`create index change_received on change using brin (received_at)`);
  }
}

const statements = [
  // What came in within a day is some hundreds of a hundred thousand changes: block ranges made it thousands, 30 ms for a page.
  `drop index change_received`,
  `create index change_received on change (received_at)`,

  // The kinds that exist are read off it, from one to the next.
  `create index destination_kind on destination (kind)`,

  // How many accounts there are of each tier: counted in the transaction that makes, changes or erases them.
  `create table account_count (
     tier text primary key,
     accounts bigint not null
   ) with (fillfactor = 50)`,
  // In the order of the key. Most that is written on an account later leaves its tier as it is: then nothing is written here.
  `create function count_accounts() returns trigger language plpgsql as $$
   begin
     if tg_op = 'INSERT' then
       insert into account_count as known (tier, accounts)
       select tier, count(*) from fresh group by tier order by tier
       on conflict (tier) do update set accounts = known.accounts + excluded.accounts;
     elsif tg_op = 'DELETE' then
       insert into account_count as known (tier, accounts)
       select tier, -count(*) from former group by tier order by tier
       on conflict (tier) do update set accounts = known.accounts + excluded.accounts;
     else
       insert into account_count as known (tier, accounts)
       select tier, sum(step) from (select tier, 1 as step from fresh union all select tier, -1 from former) moved
       group by tier having sum(step) <> 0 order by tier
       on conflict (tier) do update set accounts = known.accounts + excluded.accounts;
     end if;
     return null;
   end $$`,
  `create trigger account_counted after insert on account
   referencing new table as fresh for each statement execute function count_accounts()`,
  `create trigger account_counted_anew after update on account
   referencing old table as former new table as fresh for each statement execute function count_accounts()`,
  `create trigger account_counted_out after delete on account
   referencing old table as former for each statement execute function count_accounts()`,
  `insert into account_count (tier, accounts) select tier, count(*) from account group by tier`,
];
