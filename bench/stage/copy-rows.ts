import type pg from 'pg';

/**
 * Copies rows of a table, whatever columns it has. @param where which rows are copied @param changes what of a copy differs
 * @param source gives `n` and what else the changes are made of
 */
export async function copyRows(
  sql: pg.Client,
  table: string,
  where: string,
  changes: Record<string, string>,
  source: string,
  values: unknown[],
): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  await sql.query(
    `insert into ${table} (${names.join(', ')}) overriding system value
     select ${names.map((name) => changes[name] ?? `original.${name}`).join(', ')}
     from (select * from ${table} where ${where}) original, ${source}`,
    values,
  );
}
