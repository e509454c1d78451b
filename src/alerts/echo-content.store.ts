import type { EchoKind } from '../domain/echo-kind.js';
import type { RevisionId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** An echo with the changes that undid what it is about, oldest first. $1 echo. Indexes: primary keys. */
const FIND_ECHO = `
  select e.revision_id as "revisionId", e.kind, e.at, e.reason,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id::text, 'time', c.time) order by c.time, c.id)
      from change c where c.id = any (e.by_change_ids)), '[]') as by
  from echo e where e.id = $1`;

export type EchoRow = {
  revisionId: RevisionId;
  kind: EchoKind;
  at: Date;
  reason: string | null;
  by: { id: string; time: string }[];
};

export async function findEcho(sql: Sql, id: string): Promise<EchoRow> {
  const [row] = await sql.query<EchoRow>(FIND_ECHO, [id]);
  if (!row) throw new Error(`there is no echo ${id}`);
  return row;
}
