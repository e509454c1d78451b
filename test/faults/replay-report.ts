import type { Sql } from '../../src/platform/database.js';
import type { Reader } from './replay-readers.js';

type Table = Record<string, string | number>[];

/**
 * What a replay came to, out of the ledger alone: deliveries by their kind, whatever kinds there are, so that each part of the
 * service that sends something of its own has its column.
 *
 * @param weeks that the replay lasted
 */
export async function replayTables(
  sql: Sql,
  readers: readonly Reader[],
  weeks: number,
): Promise<{ told: Table; changes: Table; reverts: Table }> {
  return {
    told: await sentByCadence(sql, readers, weeks),
    changes: await changesByFate(sql),
    reverts: await reverts(sql),
  };
}

/** Messages that arrived, to a reader in a week; and alerts in the inbox, which are there whatever the cadence. */
async function sentByCadence(sql: Sql, readers: readonly Reader[], weeks: number): Promise<Table> {
  const modes = [...new Set(readers.map(({ cadence }) => cadence.mode))];
  const rows: Table = [];
  for (const mode of modes) {
    const ids = readers.filter(({ cadence }) => cadence.mode === mode).map(({ account }) => account.id);
    const each = (count: number) => (count / ids.length / weeks).toFixed(2);
    const sent = await sql.query<{ kind: string; count: number }>(
      `select kind, count(*)::integer as count from delivery
       where account_id = any($1) and state = 'delivered' and kind in (select distinct kind from delivery)
       group by kind order by kind`,
      [ids],
    );
    const [inbox] = await sql.query<{ count: number }>(
      'select count(*)::integer as count from alert where account_id = any($1)',
      [ids],
    );
    rows.push({
      cadence: mode,
      readers: ids.length,
      'in the inbox': each(inbox?.count ?? 0),
      ...Object.fromEntries(sent.map(({ kind, count }) => [`${kind} sent`, each(count)])),
    });
  }
  return rows;
}

/** Of all changes, and of those that somebody follows: why they made no alert. */
async function changesByFate(sql: Sql): Promise<Table> {
  const rows = await sql.query<{ fate: string; count: number; share: number }>(
    `select fate, count(*)::integer as count, count(*)::float8 / sum(count(*)) over () as share
     from (
       select case when not exists (select from alert a where c.id = any(a.change_ids)) then
         case when not exists (select from change_subject s join follow f on f.kind = s.kind and f.key = s.key
             where s.change_id = c.id) then 'followed by nobody'
           when c.late then 'not told: late'
           when c.verdict in ('reverted', 'quiet') then 'not told: ' || c.verdict
           when c.undone_by is not null then 'not told: went back before'
           when c.kind = 'cosmetic' then 'not told: cosmetic' else 'not told: under every rule' end
         when c.verdict = 'flapping' then 'told: flapping'
         when c.undone_by is not null then 'told, and went back' else 'told' end as fate
       from change c) fates
     group by fate order by fate`,
  );
  return rows.map(({ fate, count, share }) => ({
    fate,
    changes: count,
    share: `${(share * 100).toFixed(1)} %`,
  }));
}

/** What went back and how soon: half of it within these hours. */
async function reverts(sql: Sql): Promise<Table> {
  const [row] = await sql.query<{ undone: number; by: number; flapping: number; hours: number | null }>(
    `select count(c.undone_by)::integer as undone, count(distinct c.undone_by)::integer as by,
       (select count(*)::integer from change where verdict = 'flapping') as flapping,
       percentile_cont(0.5) within group (order by extract(epoch from u.time - c.time) / 3600) as hours
     from change c join change u on u.id = c.undone_by`,
  );
  return [
    {
      'changes that went back': row?.undone ?? 0,
      'reverts caught': row?.by ?? 0,
      'of them flapping': row?.flapping ?? 0,
      'median hours until then': row?.hours?.toFixed(1) ?? '–',
    },
  ];
}
