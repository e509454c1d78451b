import type pg from 'pg';
import { monotonicMs } from '../monotonic.js';

/**
 * The bare limit of fan-out: the rows that fan-out has written, written once more by one plain `INSERT … SELECT` for each
 * table, in one transaction, into empty tables with the same columns, defaults, checks, indexes and fill factor. They come
 * out of unlogged copies, in the order of their ids. The originals are emptied first, so that nothing vacuums meanwhile.
 *
 * @param tables in the order in which they are written
 * @returns milliseconds, the commit included, and how many rows were written
 */
export async function insertSelect(
  sql: pg.Client,
  tables: readonly string[],
): Promise<{ ms: number; rows: number }> {
  const columns = new Map<string, string>();
  for (const table of tables) {
    columns.set(table, await columnsOf(sql, table));
    await sql.query(`create unlogged table rows_of_${table} as select * from ${table} order by id`);
    await sql.query(`create table bare_${table} (like ${table} including all)`);
  }
  await sql.query(`truncate ${tables.join(', ')} cascade`);
  await sql.query('checkpoint');

  let rows = 0;
  const startedAt = monotonicMs();
  await sql.query('begin');
  for (const table of tables) {
    const names = columns.get(table) ?? '';
    const written = await sql.query(
      `insert into bare_${table} (${names}) overriding system value select ${names} from rows_of_${table}`,
    );
    rows += written.rowCount ?? 0;
  }
  await sql.query('commit');
  return { ms: monotonicMs() - startedAt, rows };
}

async function columnsOf(sql: pg.Client, table: string): Promise<string> {
  const { rows } = await sql.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.names ?? '';
}
