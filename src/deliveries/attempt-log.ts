import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { removeOldMessages } from './delivery-message.store.js';
import { removeOldReports } from './refused-mail.store.js';
import { removeOldTallies } from './throughput.store.js';

/** Months of attempts that are kept, besides the running one. */
const monthsKept = 13;
const tallyKeptMs = 2 * 86_400_000;
const reportKeptMs = 90 * 86_400_000;

/** The monthly partitions there are. */
const LIST_PARTITIONS = `
  select child.relname as name from pg_inherits
  join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
  where parent.relname = 'delivery_attempt'`;

/** Keeps the log of attempts in monthly partitions: a month is dropped whole, which leaves no dead rows behind. */
@Injectable()
export class AttemptLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Tallies go after two days, reports on mails after 90, what messages are known by with the attempts. Makes the partitions of this month and the next, drops those that are too old. May run anywhere at any time. */
  async maintain(): Promise<void> {
    await removeOldTallies(this.database, new Date(this.clock.now().getTime() - tallyKeptMs));
    await removeOldReports(this.database, new Date(this.clock.now().getTime() - reportKeptMs));
    const month = DateTime.fromJSDate(this.clock.now(), { zone: 'utc' }).startOf('month');
    await removeOldMessages(this.database, month.minus({ months: monthsKept }).toJSDate());
    for (const from of [month, month.plus({ months: 1 })]) await this.make(from);
    const oldest = partitionOf(month.minus({ months: monthsKept }));
    const partitions = await this.database.query<{ name: string }>(LIST_PARTITIONS);
    for (const { name } of partitions) {
      if (/_\d{6}$/.test(name) && name < oldest) await this.database.execute(`drop table if exists ${name}`);
    }
  }

  private async make(from: DateTime): Promise<void> {
    const to = from.plus({ months: 1 });
    // Names and bounds can't be parameters of DDL; both are made of numbers here.
    await this.database.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('tocsin attempt partitions'))`);
      const [known] = await tx.query(`select 1 where to_regclass('${partitionOf(from)}') is not null`);
      if (known) return;
      const within = `at >= '${from.toISO()}' and at < '${to.toISO()}'`;
      // Attempts that were made before there was a partition for them lie in the default one, and would forbid it.
      await tx.execute(`lock table delivery_attempt in share row exclusive mode`);
      await tx.execute(`create table ${partitionOf(from)} (like delivery_attempt including all)`);
      await tx.execute(`with moved as (delete from delivery_attempt_default where ${within} returning *)
        insert into ${partitionOf(from)} select * from moved`);
      await tx.execute(`alter table delivery_attempt attach partition ${partitionOf(from)}
        for values from ('${from.toISO()}') to ('${to.toISO()}')`);
    });
  }
}

function partitionOf(month: DateTime): string {
  return `delivery_attempt_${month.toFormat('yyyyMM')}`;
}
